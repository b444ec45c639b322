"""The report: what it says of archives made for it, how it reads, that it is the same each time."""
