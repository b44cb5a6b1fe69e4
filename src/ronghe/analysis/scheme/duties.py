"""Indicators against the township's duty lists (履职事项清单): only basic duties are appraised."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from ronghe.analysis.errors import Problem, Severity
from ronghe.analysis.scheme.check.findings import scored, strikes
from ronghe.analysis.scheme.check.places import Loc, PlaceOf, by_path
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.parts import Text

DutyKind = Literal["basic", "assisting", "withdrawn"]
"""基本履职事项, 配合履职事项, 上级部门收回事项."""

DUTY_KINDS: tuple[DutyKind, ...] = get_args(DutyKind)

ALIKE = Fraction(2, 3)
"""From this share of common pairs of characters on, a title looks like a duty's."""

_WITHDRAWN = "duties.withdrawn_appraised"
_ASSISTING = "duties.assisting_appraised_as_basic"
_LISTS = "duties.lists"


@dataclass(frozen=True, slots=True)
class Duty:
    """An item of a duty list: its number, its wording, its list, the heading it stands under."""

    code: str
    title: str
    kind: DutyKind
    heading: str = ""


def check_duties(
    scheme: Scheme, duties: Sequence[Duty], place_of: PlaceOf | None = None
) -> list[Problem]:
    """Check what a scheme appraises against the duty lists of those appraised.

    Parameters
    ----------
    scheme
        A scheme; the `basis` of each indicator names duties by number or wording, several apart
        by ``；``, ``;``, ``、`` or line ends.
    duties
        All items of the three lists. A number counts only where one item has it.
    place_of
        Where each part stands; without it problems name the path.

    Returns
    -------
    Errors for withdrawn duties, by basis or by a title that contains one's wording; warnings for
    assisting duties, for titles that look like a withdrawn duty, and for a basis that is empty,
    on no list, or only a heading.
    """
    place_of = place_of or by_path(scheme)
    lists = _Lists(duties)
    problems: list[Problem] = []
    for loc, indicator in scored(scheme):
        problems += _check_indicator(indicator, loc, lists, place_of)
    for loc, strike, _, _ in strikes(scheme):
        found = lists.withdrawn_in(strike.title)
        problems += [_withdrawn(strike.title, found, (*loc, "title"), place_of)] if found else []
    return problems


class _Lists:
    """The duties by what a basis may call them."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self.duties = tuple(duties)
        numbers = Counter(_plain(duty.code) for duty in self.duties if duty.code)
        self._named: dict[str, Duty] = {}
        for duty in sorted(self.duties, key=lambda duty: DUTY_KINDS.index(duty.kind)):
            self._named.setdefault(_plain(duty.title), duty)
            if numbers[_plain(duty.code)] == 1:
                self._named.setdefault(_plain(duty.code), duty)
        self._headings = {_plain(duty.heading) for duty in self.duties if duty.heading}

    def named(self, words: str) -> Duty | None:
        """Find the duty that a part of a basis names: its wording, its number, or both."""
        plain = _plain(words)
        if plain in self._named:
            return self._named[plain]
        both = (d for d in self.duties if plain == _plain(d.code + d.title) and d.code)
        return next(both, None)

    def is_heading(self, words: str) -> bool:
        """Whether the words are only a heading, under which all three lists have items."""
        return _plain(words) in self._headings

    def withdrawn_in(self, title: Text) -> Duty | None:
        """Find the withdrawn duty whose wording a title contains, idle words apart."""
        said = _core(title.zh)
        return next((d for d in self._withdrawn() if _core(d.title) in said), None)

    def withdrawn_like(self, title: Text) -> Duty | None:
        """Find the withdrawn duty that a title resembles most, if any resembles it enough."""
        near = [(_likeness(title.zh, duty.title), duty) for duty in self._withdrawn()]
        best = max(near, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= ALIKE else None

    def _withdrawn(self) -> Iterator[Duty]:
        return (d for d in self.duties if d.kind == "withdrawn" and len(_core(d.title)) > 3)


def _check_indicator(
    indicator: Indicator, loc: Loc, lists: _Lists, place_of: PlaceOf
) -> Iterator[Problem]:
    at, title = (*loc, "basis"), indicator.title
    parts = [part.strip() for part in re.split(r"[;；、\n]", indicator.basis) if part.strip()]
    whole = lists.named(indicator.basis) if indicator.basis else None
    found = [whole] if whole else [lists.named(part) for part in parts]
    for part, duty in zip([indicator.basis] if whole else parts, found, strict=True):
        if duty is None:
            code = "duty-only-a-heading" if lists.is_heading(part) else "duty-not-listed"
            yield _problem(code, title, part, at, place_of, citation=_LISTS)
        elif duty.kind == "withdrawn":
            yield _withdrawn(title, duty, at, place_of)
        elif duty.kind == "assisting":
            yield _problem("duty-assisting", title, duty.title, at, place_of, citation=_ASSISTING)
    if not parts:
        yield _problem("duty-not-named", title, None, at, place_of, citation=_LISTS)
    if any(duty and duty.kind == "withdrawn" for duty in found):
        return
    if duty := lists.withdrawn_in(title):
        yield _withdrawn(title, duty, (*loc, "title"), place_of)
    elif duty := lists.withdrawn_like(title):
        where = (*loc, "title")
        yield _problem(
            "duty-looks-withdrawn", title, duty.title, where, place_of, citation=_WITHDRAWN
        )


def _withdrawn(title: Text, duty: Duty, loc: Loc, place_of: PlaceOf) -> Problem:
    return _problem(
        "duty-withdrawn", title, duty.title, loc, place_of, severity="error", citation=_WITHDRAWN
    )


def _problem(
    code: str,
    title: Text,
    found: str | None,
    loc: Loc,
    place_of: PlaceOf,
    *,
    citation: str,
    severity: Severity = "warning",
) -> Problem:
    return Problem(code, place_of(loc), found, None, {"title": title}, severity, citation)


_NOISE = re.compile(r"[\s\W_]+")
_IDLE = re.compile(
    r"工作|开展|组织|情况|完成|达标|指标|数量|次数|个数|户数|人数|比例|覆盖|及时|任务|推进|落实|做好|负责"
    r"|[率数量额]$|^对|的"
)


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _core(title: str) -> str:
    """Drop the words that any title may have."""
    return _IDLE.sub("", _plain(title))


def _likeness(one: str, other: str) -> Fraction:
    """Return the share of pairs of neighbouring characters that the shorter title shares."""
    first, second = (Counter(map("".join, pairwise(_core(text)))) for text in (one, other))
    shorter = min(first.total(), second.total())
    return Fraction((first & second).total(), shorter) if shorter > 1 else Fraction(0)
