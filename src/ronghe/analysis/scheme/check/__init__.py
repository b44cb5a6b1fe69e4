"""Checks of a scheme (考核方案): everything that is wrong with it, at once and with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ronghe.analysis.errors import Problem
from ronghe.analysis.scheme.check.findings import Findings
from ronghe.analysis.scheme.check.grading import check_approval, check_grading, check_strikes
from ronghe.analysis.scheme.check.parsing import attempt, parse_scheme, tidy
from ronghe.analysis.scheme.check.pay import check_pay
from ronghe.analysis.scheme.check.places import Loc, PlaceOf, Places, by_path, readable
from ronghe.analysis.scheme.check.rules import check_rules
from ronghe.analysis.scheme.check.salvage import salvage
from ronghe.analysis.scheme.check.sources import (
    check_conditions,
    check_obligations,
    check_period,
    check_sources,
    check_unused,
)
from ronghe.analysis.scheme.check.statistics import StatisticLike, check_statistics
from ronghe.analysis.scheme.check.together import check_together
from ronghe.analysis.scheme.check.tree import (
    check_codes,
    check_peer_groups,
    check_points,
    check_texts,
)
from ronghe.analysis.scheme.model import Scheme

__all__ = [
    "Loc",
    "PlaceOf",
    "Places",
    "StatisticLike",
    "by_path",
    "check",
    "check_together",
    "examine",
    "parse_scheme",
    "readable",
]

_CHECKS = (
    check_period,
    check_codes,
    check_points,
    check_peer_groups,
    check_texts,
    check_sources,
    check_conditions,
    check_obligations,
    check_unused,
    check_rules,
    check_grading,
    check_strikes,
    check_approval,
    check_pay,
)


def check(
    scheme: Scheme,
    place_of: PlaceOf | None = None,
    *,
    statistics: Sequence[StatisticLike] = (),
    unread: Iterable[Loc] = (),
) -> list[Problem]:
    """Check what the types of a scheme cannot say.

    Parameters
    ----------
    scheme
        A scheme that `parse_scheme` has read.
    place_of
        Where each part stands; without it problems name the path.
    statistics
        The catalogue of official statistics in force; none: published levels are taken from the
        scheme's own measures.
    unread
        Locations that do not hold what was written; nothing that rests on them is reported.

    Returns
    -------
    Errors and warnings in the order of the checks; an empty list for a sound scheme.
    """
    findings = Findings(place_of or by_path(scheme), unread)
    for one in _CHECKS:
        one(scheme, findings)
    check_statistics(scheme, statistics, findings)
    return findings.problems


def examine(
    document: Mapping[str, Any],
    place_of: PlaceOf | None = None,
    *,
    statistics: Sequence[StatisticLike] = (),
) -> tuple[Scheme | None, list[Problem]]:
    """Read and check a plain document in one go, even where parts of it cannot be read.

    Parameters
    ----------
    document, place_of
        As for `parse_scheme`.
    statistics
        As for `check`.

    Returns
    -------
    The scheme (None where the document is refused) and all its problems: those of structure
    first, then whatever can be said of the rest.
    """
    tidied = tidy(document)
    place_of = place_of or by_path(tidied)
    scheme, problems = attempt(tidied, place_of)
    if scheme is not None:
        return scheme, [*problems, *check(scheme, place_of, statistics=statistics)]
    saved = salvage(tidied)
    if saved is not None:
        rest, unread = saved
        problems += check(rest, place_of, statistics=statistics, unread=unread)
    return None, problems
