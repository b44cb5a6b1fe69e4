"""What a scheme asks of people: entries, how often, evidence, and what is asked more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource

TIMES_A_YEAR = {"none": 0, "yearly": 1, "half-yearly": 2, "quarterly": 4, "monthly": 12}

There = Literal["", "records", "owner", "others"]
"""Why a figure need not be filled in: the work's records, a department, votes and other results."""


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """What one indicator asks for one unit appraised (考核对象).

    Attributes
    ----------
    supplier
        Who fills in; empty: the unit itself.
    code, title
        The indicator.
    entries
        Entries (填报项) each time, besides what is there anyway.
    times
        How often a year.
    evidence
        none, sampled or required.
    there
        Where the figure comes from without being asked for; empty: it is asked for.
    also_in
        The indicators before it that ask for the same figure.
    """

    supplier: str
    code: str
    title: Text
    entries: int
    times: int
    evidence: Literal["none", "sampled", "required"]
    there: There
    also_in: tuple[Text, ...]

    @property
    def yearly(self) -> int:
        """Entries a year."""
        return self.entries * self.times

    @property
    def proofs(self) -> int:
        """Pieces of evidence a year that must be handed in: at least one each time."""
        return max(self.times, 1) if self.evidence == "required" else 0


@dataclass(frozen=True, slots=True)
class SupplierBurden:
    """What one supplier (填报人) is asked for in a year, for one unit."""

    supplier: str
    indicators: int
    entries: int
    proofs: int
    repeats: int


def burden(scheme: Scheme) -> tuple[BurdenRow, ...]:
    """Count what a scheme asks (填报负担), one row an indicator, in the scheme's order.

    Records that the work leaves, figures that their owner delivers for all units, votes, expert
    scores and other schemes' results are there already: the first entry of such an indicator is
    the figure itself and costs nothing; entries beyond it count.
    """
    rows, seen = [], dict[str, list[Text]]()
    for indicator in scheme.scored():
        things = list(asked(indicator, scheme))
        also = {title.zh: title for thing in things for title in seen.get(thing, ())}
        for thing in things:
            seen.setdefault(thing, []).append(indicator.title)
        rows.append(
            BurdenRow(
                supplier=supplier(indicator, scheme),
                code=indicator.code,
                title=indicator.title,
                entries=extra_entries(indicator, scheme),
                times=TIMES_A_YEAR[indicator.frequency],
                evidence=indicator.evidence,
                there=there(indicator, scheme),
                also_in=tuple(also.values()),
            )
        )
    return tuple(rows)


def by_supplier(rows: Iterable[BurdenRow]) -> tuple[SupplierBurden, ...]:
    """Add the rows up by supplier, those asked for most first."""
    groups: dict[str, list[BurdenRow]] = {}
    for row in rows:
        groups.setdefault(row.supplier, []).append(row)
    sums = [
        SupplierBurden(
            supplier=name,
            indicators=len(mine),
            entries=sum(row.yearly for row in mine),
            proofs=sum(row.proofs for row in mine),
            repeats=sum(bool(row.also_in) for row in mine),
        )
        for name, mine in groups.items()
    ]
    return tuple(sorted(sums, key=lambda one: (-one.entries, -one.proofs, one.supplier)))


def supplier(indicator: Indicator, scheme: Scheme) -> str:
    """Return who fills in: as stated, else the measure's owner; empty: the unit itself."""
    if indicator.supplier or not isinstance(indicator.source, MeasureSource):
        return indicator.supplier
    return _owner(indicator.source.measure, scheme)


def _owner(measure: str, scheme: Scheme) -> str:
    return next((m.owner for m in scheme.measures if m.code == measure), "")


def there(indicator: Indicator, scheme: Scheme) -> There:
    """Return where a figure comes from without being asked for; empty if it is asked for."""
    if isinstance(indicator.source, RecordsSource):
        return "records"
    if not isinstance(indicator.source, MeasureSource):
        return "others"
    owner = _owner(indicator.source.measure, scheme)
    return "owner" if owner and indicator.supplier in ("", owner) else ""


def extra_entries(indicator: Indicator, scheme: Scheme) -> int:
    """Count the entries asked for each time besides the figure that is there anyway."""
    if indicator.frequency == "none":
        return 0
    return max(indicator.fields - (1 if there(indicator, scheme) else 0), 0)


def asked(indicator: Indicator, scheme: Scheme) -> Iterator[str]:
    """Yield the measures and kinds of records that somebody is asked to fill in for it."""
    source = indicator.source
    if not extra_entries(indicator, scheme):
        return
    if isinstance(source, MeasureSource):
        yield f"measure {source.measure} {source.period}"
    elif isinstance(source, RecordsSource):
        yield from (f"record {code}" for code in source.of)
