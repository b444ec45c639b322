"""The report of what the nights brought: facts first (facts.py), then a page or a mail of them.

One module a section: a frozen dataclass, a function that gathers it from the index, one that draws
it. words.toml has every word in every language, style.css the looks.
"""
