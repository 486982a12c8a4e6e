"""Labelled web pages: which of them have a complete article."""
