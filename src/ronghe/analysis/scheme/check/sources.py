"""Checks of sources, conditions and the period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ronghe.analysis.scheme.check.findings import Findings, scored, sources, strikes
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.model import Condition, Scheme
from ronghe.analysis.scheme.sources import (
    BallotSource,
    MeasureSource,
    RecordKind,
    RecordsSource,
    SchemeSource,
)

_PREVIOUS: Loc = ("period", "previous")


def check_period(scheme: Scheme, findings: Findings) -> None:
    """The period runs forwards and differs from the one before."""
    period = scheme.period
    _check_order(period.since, period.until, ("period",), findings)
    if period.previous and period.previous == period.label:
        findings.add(
            "previous-is-current", _PREVIOUS, period.previous, rests_on=[("period", "label")]
        )


def _check_order(since: date, until: date, loc: Loc, findings: Findings) -> None:
    if since > until:
        findings.add("dates-reversed", (*loc, "since"), since, until, rests_on=[(*loc, "until")])


def check_sources(scheme: Scheme, findings: Findings) -> None:
    """What sources name is declared, and their options fit together."""
    for loc, source, title in sources(scheme):
        match source:
            case MeasureSource():
                _check_measure(source, loc, scheme, findings)
            case RecordsSource():
                _check_records(source, loc, scheme, findings)
            case BallotSource():
                _check_ballot(source, loc, findings)
            case SchemeSource() if source.scheme == scheme.scheme:
                findings.add(
                    "scheme-uses-itself",
                    (*loc, "scheme"),
                    source.scheme,
                    rests_on=[("scheme",)],
                    title=title,
                )


def _check_measure(source: MeasureSource, loc: Loc, scheme: Scheme, findings: Findings) -> None:
    known: dict[str, Loc] = {m.code: ("measures", i, "code") for i, m in enumerate(scheme.measures)}
    if source.measure not in known:
        at = (*loc, "measure")
        findings.unknown("measure-not-declared", at, source.measure, known, ("measures",))
    if source.period == "previous" and not scheme.period.previous:
        findings.add("previous-not-named", (*loc, "period"), rests_on=[_PREVIOUS])


def _check_records(source: RecordsSource, loc: Loc, scheme: Scheme, findings: Findings) -> None:
    kinds = {kind.code: kind for kind in scheme.record_kinds}
    known = _kind_codes(scheme)
    for index, code in enumerate(source.of):
        at = (*loc, "of", index)
        if code not in kinds:
            findings.unknown("record-kind-not-declared", at, code, known, ("record_kinds",))
        elif code in source.of[:index]:
            findings.add("named-twice", at, code)
    if source.cap and source.function not in ("count", "sum"):
        findings.add("cap-without-count", (*loc, "cap"), source.function)
    if source.function == "share" and source.quality_at_least is None:
        findings.add("share-without-quality", (*loc, "quality_at_least"))
    if source.function in ("sum", "mean"):
        _check_alike([c for c in known if c in source.of], kinds, loc, findings)
    _check_days(source, loc, scheme, findings)


def _kind_codes(scheme: Scheme) -> dict[str, Loc]:
    """Return the codes of the record kinds, each with the place where it stands."""
    return {kind.code: ("record_kinds", i, "code") for i, kind in enumerate(scheme.record_kinds)}


def _check_alike(
    used: list[str], kinds: Mapping[str, RecordKind], loc: Loc, findings: Findings
) -> None:
    """Quantities that are added up have one scale and one unit of measurement."""
    for code, key in (("mixed-scales", "scale"), ("mixed-units", "unit")):
        values = {str(getattr(kinds[one], key)) or "—" for one in used}
        if len(values) > 1:
            rests_on = [("record_kinds", index, key) for index in range(len(kinds))]
            findings.add(code, (*loc, "of"), " / ".join(sorted(values)), rests_on=rests_on)


def _check_days(source: RecordsSource, loc: Loc, scheme: Scheme, findings: Findings) -> None:
    period = scheme.period
    if source.since and source.until:
        _check_order(source.since, source.until, loc, findings)
    for key, day in (("since", source.since), ("until", source.until)):
        if day and not period.since <= day <= period.until:
            span = f"{period.since} – {period.until}"
            rests_on: list[Loc] = [("period", "since"), ("period", "until")]
            findings.add("day-outside-period", (*loc, key), day, span, rests_on=rests_on)


def _check_ballot(source: BallotSource, loc: Loc, findings: Findings) -> None:
    for name, points in source.grades.items():
        if points > 100:
            findings.add("vote-over-100", (*loc, "grades", name), points, 100, name=name)
    total = sum(source.groups.values(), Decimal(0))
    if total not in (1, 100):
        findings.add("ballot-weights", (*loc, "groups"), total, 100, severity="warning")


def check_conditions(scheme: Scheme, findings: Findings) -> None:
    """Every condition of a gate (前置条件) or veto (一票否决) makes exactly one comparison."""
    for _, strike, at, condition in strikes(scheme):
        count = len(_comparisons(condition))
        if count != 1:
            findings.add("condition-not-one", at, count, 1, title=strike.title)


def _comparisons(condition: Condition) -> dict[str, Decimal]:
    return condition.model_dump(exclude_none=True)


def check_obligations(scheme: Scheme, findings: Findings) -> None:
    """Obligations (attendance, training hours) may be a precondition, never points."""
    kinds = {kind.code: kind for kind in scheme.record_kinds}
    for loc, indicator in scored(scheme):
        if not isinstance(indicator.source, RecordsSource):
            continue
        for index, code in enumerate(indicator.source.of):
            if code in kinds and kinds[code].nature == "obligation":
                findings.add(
                    "obligation-scored",
                    (*loc, "source", "of", index),
                    kinds[code].title,
                    title=indicator.title,
                )


def check_unused(scheme: Scheme, findings: Findings) -> None:
    """Measures and record kinds that nothing uses ask for data in vain."""
    if not findings.complete:
        return
    measures, kinds = set[str](), set[str]()
    for _, source, _ in sources(scheme):
        if isinstance(source, MeasureSource):
            measures.add(source.measure)
        elif isinstance(source, RecordsSource):
            kinds.update(source.of)
    for index, measure in enumerate(scheme.measures):
        if measure.code not in measures:
            at: Loc = ("measures", index)
            findings.add("unused-measure", at, measure.title, severity="warning")
    for index, kind in enumerate(scheme.record_kinds):
        if kind.code not in kinds:
            at = ("record_kinds", index)
            findings.add("unused-record-kind", at, kind.title, severity="warning")
