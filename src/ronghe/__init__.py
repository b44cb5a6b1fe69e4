"""Ronghe 融合: Party building and the grass-roots economy in one set of books."""

__version__ = "0.1.0"
