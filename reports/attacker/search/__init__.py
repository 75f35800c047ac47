"""A system → the feasibility interval of every cell: the least and the most that it can be.

`recovery` divides the system in components and remembers which were safe before. In each of them
`feasibility` first narrows by rows, then widens by cheap `moves` from a point that fits
(`fitting`), and asks the linear programme of `solver` only after what is still open.
"""
