"""HOW FAST: each benchmark is one file; `python -m benchmarks` runs them."""
