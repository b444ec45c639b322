"""`khobao check`: does a profile still understand its paper? About 20 pages, and nothing is kept.

    source    what a page is asked of: the web (scaffold/visit.py) or the archive
    tour      which pages, in which order; what each lists, what each article says
    leaks     lines in texts that are no article's
    count     shares of fields, disagreements of two readers, selectors that match
    verdict   what no longer fits, by thresholds with their reasons
    tell      the table for a person, the object for a program
    check     the deed itself      command   its words on the command line

Nothing here writes into an archive.
"""
