"""The walk over a paper: which address next, how politely, and what to make of the answer."""
