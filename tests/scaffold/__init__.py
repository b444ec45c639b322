"""Tests of `khobao new`: unknown papers, the profile that is written of them, the crawl with it."""
