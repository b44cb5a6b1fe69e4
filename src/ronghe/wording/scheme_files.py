"""Sentences about scheme files: YAML, Excel."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
