"""Changing joint plans: ``plans``; naming the entry a record advances: ``advancing``."""
