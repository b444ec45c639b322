"""Tests of the wire room; servers that send exactly the bytes they are told."""
