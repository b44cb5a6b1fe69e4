"""Sentences of the area lint."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
