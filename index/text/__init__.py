"""Functions of plain text: sentences, datelines, dates, text fragments and similarity."""
