"""Twelve papers for the first sight: `khobao new` and `khobao crawl`, and nothing edited between."""
