"""Forms that write a delivery without a server: a page that saves a file."""
