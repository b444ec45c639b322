"""`python -m crawler`: the front door, where the `khobao` command is not on the path."""

from crawler.start import main

main(prog_name="khobao")
