"""What we know of newspapers: one TOML file a paper, code only where words are not enough.

::

    profile.py    the words a TOML file may use            catalog.py   finds the files
    site.py       the questions the walk asks of an address  pager.py   the pages of a category
    platforms/    shared answers of publishing systems     vn/ <cc>/    one file a paper

Importing this package opens no socket, no clock and no database, and loads neither Scrapy nor
lxml (tests/spiders/test_walls.py).
"""
