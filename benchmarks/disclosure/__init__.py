"""HOW SAFE: what the attacker finds in simulated municipalities, held beside the truth.

`python -m benchmarks.disclosure` prints every target of the specification with its figure. Only
here the exact counts and what was published of them lie side by side.
"""
