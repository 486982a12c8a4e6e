"""What cogs, forms and buttons call: answering, adding, permissions, filters, cooldowns."""
