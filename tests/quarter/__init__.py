"""A quarter of four papers on servers of their own, with a ledger of all that happened there."""
