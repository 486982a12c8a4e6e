"""Adding articles in the background: the ingest queue, feeds, and announcements."""
