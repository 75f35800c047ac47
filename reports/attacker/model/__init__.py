"""Decoded rows → a system of whole numbers: counted cells between bounds, in sums that must hold.

`cells` takes from every row what it says of its counts. `unpublished` adds the cells that no row
tells and that must be there, `hierarchies` says which cells are parts of which, and `relations`
makes rows of it that add up to 0. `bounds` leaves every cell between what its own release and
public knowledge allow. Together they are a `system.System`.
"""
