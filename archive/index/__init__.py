"""The rows of index.db: the only INSERT and UPDATE in the house, one module a table or two.

Every row is made by ``apply`` from a WARC record and its place, whether the record was written a
moment ago or is read again by `khobao rebuild`: one road, so both end with the same rows.
"""
