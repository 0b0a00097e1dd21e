"""Who may see and change what: pure functions over grants. No I/O, no clock of its own."""
