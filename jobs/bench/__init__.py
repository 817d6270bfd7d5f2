"""The benchmark of the second floor: what the answers of `jobs` cost, on invented questions drawn from a fixed seed."""
