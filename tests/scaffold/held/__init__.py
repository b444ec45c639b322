"""Papers held out: written before anybody looked at how they would fare, each a system of its own.

The figures of the first contact, of the program as it was, stand in README.md beside the later.
"""
