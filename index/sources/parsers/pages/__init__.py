"""What is told from the markup of a web page: its article, title and date."""
