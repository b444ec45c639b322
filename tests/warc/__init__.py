"""WARC files: written, read, cut, killed, mutated, and shown to the tools of others."""
