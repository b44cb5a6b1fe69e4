"""Sealing: secrets are encrypted in the field, with keys outside the database."""
