"""What is computed over many records: pure functions over plain rows. No I/O, no clock."""
