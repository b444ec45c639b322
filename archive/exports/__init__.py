"""What we give out: one record a version of an article, a file per format.

export     the door: format, place, choice of articles -> how many records
selection  which versions, fixed at one moment; their records, page by page
record     the fields of a record, in order
jsonl csv  how records become bytes
target     a file that is there whole or not at all
"""
