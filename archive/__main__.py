"""`python -m archive`: search, show, export, verify and status without the crawler's libraries."""

from archive.interrupt import quiet

with quiet():
    from archive.cli import main

main(prog_name="python -m archive")
