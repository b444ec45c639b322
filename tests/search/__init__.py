"""What a person types, and what must be found: the query language, ranking, days, SQL functions."""
