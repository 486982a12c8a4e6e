"""Digests: new articles grouped into stories, and figures and quotations that have changed."""
