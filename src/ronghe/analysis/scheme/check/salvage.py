"""A refused document made readable, so that the rest of it can be checked in the same go."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from ronghe.analysis.scheme.check.parsing import Fault, faults
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.check.shape import substitute
from ronghe.analysis.scheme.model import Scheme

_ROUNDS = 10
"""Dropping a wrong value can bring to light that it was needed: each round mends one layer."""


def salvage(document: Any) -> tuple[Scheme, list[Loc]] | None:
    """Drop what the model refuses, and put a stand-in where something is needed.

    Returns
    -------
    The scheme and the locations that do not hold what was written; None where nothing could be
    read at all.
    """
    copy = deepcopy(document)
    unread: list[Loc] = []
    for _ in range(_ROUNDS):
        try:
            return Scheme.model_validate(copy), unread
        except ValidationError as refusal:
            for fault in faults(refusal):
                if not fault.loc:
                    return None
                _mend(copy, fault)
                unread.append(fault.loc)
    return None


def _mend(document: Any, fault: Fault) -> None:
    *above, last = fault.loc
    here = document
    for step in above:
        here = here[step]
    instead = substitute(fault.holder, last)
    if instead is not None:
        here[last] = instead
    else:
        del here[last]
