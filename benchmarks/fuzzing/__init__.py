"""The ways in that are fuzzed, and inputs for them."""
