"""Changing what procedures keep."""
