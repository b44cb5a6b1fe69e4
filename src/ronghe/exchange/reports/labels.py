"""What reports say, in Chinese (the text of record) and English: whole sentences by key."""

from __future__ import annotations

from dataclasses import dataclass

from ronghe.analysis.scheme.choices import CHOICES
from ronghe.analysis.scheme.parts import Text
from ronghe.exchange.reports.certainty_labels import CERTAINTY
from ronghe.exchange.reports.file_labels import NOTICE, WORKBOOK
from ronghe.exchange.reports.page_labels import PAGE
from ronghe.wording import Language, Sentence

LABELS: dict[str, Sentence] = PAGE | CERTAINTY | WORKBOOK | NOTICE
"""Every label by key; a test holds that templates and code use each and no other."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in one language."""

    language: Language

    def __call__(self, key: str, **details: object) -> str:
        """Return a label, its placeholders filled."""
        template = LABELS[key].zh if self.language == "zh" else LABELS[key].en
        return template.format(**details) if details else template

    def title(self, words: Text) -> str:
        """Return a wording of the scheme; Chinese where it has no English."""
        return (words.en or words.zh) if self.language == "en" else words.zh

    def choice(self, choice: str, value: str) -> str:
        """Return what one of the model's fixed choices is called."""
        zh, en = CHOICES[choice][value]
        return en if self.language == "en" else zh

    def joined(self, parts: list[str]) -> str:
        """Join words as a list is written."""
        return self("sep").join(parts)
