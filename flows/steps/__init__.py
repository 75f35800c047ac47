"""The plain steps of a round, each killed at any moment and run again without a trace."""
