"""Deliveries damaged in many ways, and what must hold of the reading of each of them."""
