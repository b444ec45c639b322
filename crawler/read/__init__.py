"""Pages into readings: bytes in, links and article out; no Scrapy in here."""
