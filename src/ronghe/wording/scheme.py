"""Sentences of the area scheme: its document, its checks, its files."""

from __future__ import annotations

from ronghe.wording import Sentence, scheme_checks, scheme_document, scheme_files

SENTENCES: dict[str, Sentence] = {
    **scheme_document.SENTENCES,
    **scheme_checks.SENTENCES,
    **scheme_files.SENTENCES,
}
