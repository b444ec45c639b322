"""WARC files: composed, written, read, recovered and verified (ISO 28500:2017, WARC/1.1).

Import the module you need; the package itself imports nothing.
"""
