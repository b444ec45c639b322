"""The gate of reading: real pages with truth, readers of others beside ours, floors that rise."""
