"""The article, title and date of a web page, told from its markup."""
