"""WHAT IT MEANS: pure functions, polars in, polars out."""
