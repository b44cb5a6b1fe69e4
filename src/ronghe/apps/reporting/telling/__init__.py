"""From records to sentences (自动起草). Pure: facts in, sentences with their sources out.

Reports are Chinese official texts, so the sentences are Chinese; nothing is said that no record,
figure or result says.
"""

from ronghe.apps.reporting.telling.facts import Facts, Figure, Item, Outcome, Required, Work
from ronghe.apps.reporting.telling.report import Theme, Told, tell

__all__ = ["Facts", "Figure", "Item", "Outcome", "Required", "Theme", "Told", "Work", "tell"]
