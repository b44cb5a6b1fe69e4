"""What a warning of the linter consists of, and what several of its rules ask of an indicator."""

from __future__ import annotations

from typing import Any, NamedTuple

from ronghe.analysis.scheme.check.findings import simple_rules
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.rules import Goalposts
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource, Source


class Finding(NamedTuple):
    """Something to be warned about: code, place, the part's title, values, the rule's key."""

    code: str
    loc: Loc
    title: Text
    found: Any = None
    expected: Any = None
    citation: str = ""
    details: dict[str, Any] = {}


def fewer_is_better(loc: Loc, indicator: Indicator) -> bool:
    """Whether a smaller value gives more points under one of the indicator's rules."""
    rules = [at.rule for at in simple_rules(loc, indicator)]
    return any(
        getattr(rule, "direction", "more") == "less"
        or (isinstance(rule, Goalposts) and rule.high < rule.low)
        for rule in rules
    )


def is_counted(source: Source) -> bool:
    """Whether a source counts things, in place of judging them."""
    if isinstance(source, RecordsSource):
        return source.function in ("count", "sum", "distinct")
    return isinstance(source, MeasureSource)


def source_titles(source: Source, scheme: Scheme) -> list[Text]:
    """Return the titles of the measures or kinds of records that a source takes."""
    if isinstance(source, MeasureSource):
        return [m.title for m in scheme.measures if m.code == source.measure]
    if isinstance(source, RecordsSource):
        return [k.title for k in scheme.record_kinds if k.code in source.of]
    return []
