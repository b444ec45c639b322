"""Pages of papers with what must be read in them: <key>.toml, <key>/<name>.html and <name>.json.

Written by `khobao new`, compared with the page by a person (``reviewed``); pages.py finds them all.
"""
