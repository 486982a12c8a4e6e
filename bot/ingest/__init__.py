"""Bringing articles into the library: the queue, the feeds, and their announcements."""
