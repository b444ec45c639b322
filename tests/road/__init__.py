"""The whole road: real papers on loopback, the real `khobao` in processes of its own."""
