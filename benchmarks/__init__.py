"""HOW FAST: each benchmark beside its floor; `python -m benchmarks` runs them all.

A benchmark is a module with `prepare(folder, rows)`, which makes what it needs, and
`measure(folder, rows, repeat)`, which returns a `Ratio` for each thing measured. The floor is the
least that the same answer can cost with the tools that we use: it runs in the same process, in
turn with ours, so that both meet the same machine.
"""
