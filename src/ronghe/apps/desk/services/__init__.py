"""Changing what the desk keeps."""
