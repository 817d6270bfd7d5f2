"""Foreign files read into records: bytes in, records and faults out."""
