"""Rules that only warn: somebody with the power goes on with a stated reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NeedsReasonError(ValidationError):
    """What a service would do departs from a rule, and no reason was stated.

    The messages say what departs, each with the rule's citation.
    """


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that does not fit: its key, what departs in words, where it stands."""

    key: str
    words: str
    citation: str

    def __str__(self) -> str:
        return _("%(words)s（%(citation)s）") % {"words": self.words, "citation": self.citation}


def passed(doubts: Iterable[Doubt], reason: str) -> dict[str, Any]:
    """Return what is kept of doubts passed with a reason; NeedsReasonError without one."""
    found = list(doubts)
    if found and not reason.strip():
        raise NeedsReasonError({"reason": [str(one) for one in found]})
    kept = reason.strip() if found else ""
    return {"departs": [one.key for one in found], "reason": kept}
