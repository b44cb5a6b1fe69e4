"""The rulebook (规则库): statutory thresholds and rules as dated, cited values.

Code asks for the value on the day of the event and never carries the number itself. How to read,
override and confirm values is in ``docs/reference/rulebook.md``.
"""

from __future__ import annotations

from ronghe.rulebook.book import Rulebook
from ronghe.rulebook.catalogue import Proxy, Statistic, recognise, statistics
from ronghe.rulebook.loading import load
from ronghe.rulebook.local import localise, read_value, weakens, write_overrides, write_value
from ronghe.rulebook.model import Document, Rule, Term, Value, Wording

__all__ = [
    "Document",
    "Proxy",
    "Rule",
    "Rulebook",
    "Statistic",
    "Term",
    "Value",
    "Wording",
    "load",
    "localise",
    "read_value",
    "recognise",
    "statistics",
    "weakens",
    "write_overrides",
    "write_value",
]
