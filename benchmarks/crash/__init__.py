"""The parts of ``benchmarks.crashes``: what is killed, when, and what is checked afterwards."""
