"""The tests, by room; gazette/ holds the fictional newspapers that they crawl."""
