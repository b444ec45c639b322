"""Shared answers of publishing systems: ``<name>.toml`` in the words of a profile, ``<name>.py``
where a category's pages need code. A system's module is found by its name; there is no list."""
