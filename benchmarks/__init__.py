"""Measurements beside peers and beside the bare scan of the same data; `python -m benchmarks` runs them."""
