"""Buttons and forms.

All that a button needs stands in its ``custom_id``, or in the bot's storage under a key that stands
there: so it works after a restart, and on a message of last month. What it shows is looked up when
it is pressed.
"""
