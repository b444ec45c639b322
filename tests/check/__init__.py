"""Tests of `khobao check`: fictional papers as they are, redesigned, broken, shut, and held."""
