"""Records for researchers: their fields, their bytes, and what happens when a write fails."""
