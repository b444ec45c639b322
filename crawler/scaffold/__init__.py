"""`khobao new`: from the address of an unknown paper to a profile that says what it trusts.

    visit     ask politely, few times          shapes    addresses sorted by their template
    survey    which pages, in which order      forms     addresses -> regexes
    clues     what links say of addresses      kinds     article, list, or neither
    feeders   feeds, sitemaps                  answers   the words of [walk]
    menus     category links                   turning   page 2 of a category
    clock     time zone, order of dates        blocks    selectors that articles share
    readings  what articles say together       draft     the answers as TOML
    fields    section, authors, tags, dateline: trails, signed, tagged, datelines
    place     key and file                     tell      what a person should know
    fixture   a page and its reading           scaffold  the deed itself

Nothing here writes into an archive; only ``scaffold`` writes files.
"""
