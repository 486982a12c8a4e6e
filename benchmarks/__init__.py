"""Measurements: slow, and apart from the tests."""
