"""Which heading means which column of the catalogue, which file or sheet name which table."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.tables import TableSpec


def trimmed(text: str) -> str:
    """Take away surrounding spaces of every kind and the byte order mark."""
    return text.strip().strip("\ufeff").strip()


def key(text: str) -> str:
    """Reduce a name to what counts: no surrounding space, no full width, no case."""
    return unicodedata.normalize("NFKC", trimmed(text)).casefold()


def table_named(text: str, catalogue: Mapping[str, TableSpec]) -> TableSpec | None:
    """Find the table that a file or sheet name means: NAME, or NAME-anything; the longest."""
    wanted = key(text)
    names = {key(name): spec for spec in catalogue.values() for name in (spec.name, spec.title)}
    fitting = [name for name in names if wanted == name or wanted.startswith(f"{name}-")]
    return names[max(fitting, key=len)] if fitting else None


def recognised(headings: Sequence[str], spec: TableSpec) -> int:
    """Count the headings that name a column of the table."""
    known = {key(name) for column in spec.columns for name in (column.name, column.title)}
    return sum(key(heading) in known for heading in headings)


@dataclass(frozen=True, slots=True)
class Header:
    """The position of each column, by English name, in the catalogue's order; and its heading."""

    positions: dict[str, int]
    headings: tuple[str, ...]

    def heading(self, column: str) -> str:
        """Return a column's heading as the file has it."""
        return self.headings[self.positions[column]]


def read_header(
    headings: Sequence[str | None], spec: TableSpec, where: Place
) -> tuple[Header, list[Problem]]:
    """Match a row of headings with the table's columns; each has one problem of a sort at most."""
    shown = tuple(trimmed(heading or "") for heading in headings)
    meaning = {key(n): c.name for c in spec.columns for n in (c.title, c.name)}
    found = [(meaning.get(key(heading)), place) for place, heading in enumerate(shown)]
    times = Counter(name for name, _ in found if name)
    positions = {name: place for name, place in reversed(found) if name}
    problems = [
        Problem(
            "column-repeated",
            Place(where.source, where.sheet, where.row, shown[positions[name]]),
            found="、".join(shown[place] for other, place in found if other == name),
            expected=1,
            details={"times": count},
        )
        for name, count in times.items()
        if count > 1
    ]
    if missing := [c for c in spec.columns if c.required and c.name not in positions]:
        found_text = "、".join(heading for heading in shown[:30] if heading) or "∅"
        wanted = "、".join(f"{column.title} ({column.name})" for column in missing)
        problems.append(Problem("column-missing", where, found_text, wanted))
    unused = [heading or f"#{i + 1}" for i, heading in enumerate(shown) if not found[i][0]]
    if unused and positions:
        problems.append(
            Problem("column-not-used", where, "、".join(unused[:30]), severity="warning")
        )
    ordered = {c.name: positions[c.name] for c in spec.columns if c.name in positions}
    return Header(ordered, shown), problems
