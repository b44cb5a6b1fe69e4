"""The sentences of audited actions: each app declares its own beside its services."""

from __future__ import annotations

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
"""The action in words, by its code."""


def declare(**sentences: str | Promise) -> None:
    """Declare what actions are called: ``accounts__post_given=_("任命")`` for its code."""
    SENTENCES.update({code.replace("__", "."): words for code, words in sentences.items()})
