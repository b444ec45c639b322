"""Tests of the fictional papers themselves: they keep their promises, traps included."""
