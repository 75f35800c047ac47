"""Pages of an edition taken over by the next, where all that they were drawn from is the same."""
