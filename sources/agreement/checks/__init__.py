"""What must hold between the files of an agreement: one file per part, each `faults(known)`."""
