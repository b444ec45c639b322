"""What the archive promises, on real files."""
