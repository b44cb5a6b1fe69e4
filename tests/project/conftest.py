"""Installations of their own, for the tests that start and kill processes."""

from installations import grown, installation  # noqa: F401 - fixtures
