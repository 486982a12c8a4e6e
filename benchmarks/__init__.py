"""Benchmarks: slow measurements, which are no part of the tests; see ``benchmarks/README.md``."""
