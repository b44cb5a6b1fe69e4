"""Audit: who saw, changed and decided what."""
