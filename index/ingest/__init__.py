"""Articles into a store: adding them, following a folder, and what was corrected."""
