"""Parts shared by the parsers of PDF and Word documents and of e-books."""
