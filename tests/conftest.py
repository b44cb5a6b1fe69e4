"""What every test shares: examples are the same in every run, and time never fails a test."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["web_world", "keeping_world"]

settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")
