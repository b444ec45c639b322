"""Tests of crawler/read."""
