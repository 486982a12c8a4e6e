"""The commands: an extension for each theme."""
