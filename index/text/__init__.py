"""Texts: sentence splitting, datelines, dates, links and similarity; knows nothing of articles."""
