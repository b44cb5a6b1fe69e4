"""The columns of the sheet of scores, and the formulas by which a reader can check every sum.

The formulas say in a spreadsheet what the engine computed: a group adds up its children, folded
(折算) where the scheme says so; what is a gap leaves its weight to the others beside it; pools
are capped; gates zero groups or cap the total. A cell that is a gap holds text or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xlsxwriter.utility import xl_col_to_name

from ronghe.analysis.scheme.model import Group, Indicator, Node, Pool, Scheme
from ronghe.exchange.reports.folder import RunFolder
from ronghe.exchange.reports.labels import Labels
from ronghe.wording.rules import number

Kind = Literal["points", "sum", "flag", "total"]
Formula = Callable[[int], str]
"""A formula for a row, counted as the spreadsheet counts them."""


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One column: what it shows of the results, under which heading, by which formula."""

    column: str
    kind: Kind
    title: str
    part_of: str
    full: Decimal | None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class _Child:
    """What a group adds up: a cell's letters, its full points and what they count as."""

    letters: str
    full: Decimal
    counts_as: Decimal | None

    def term(self, row: int, full_row: int, *, guarded: bool) -> str:
        cell = f"{self.letters}{row}"
        if self.counts_as is None:
            return f"N({cell})" if guarded else cell
        held = f"N({cell})" if guarded else cell
        return f"ROUND({held}*{number(self.counts_as)}/{self.letters}${full_row},3)"

    def weight(self, row: int, full_row: int) -> str:
        worth = number(self.counts_as) if self.counts_as else f"{self.letters}${full_row}"
        return f"ISNUMBER({self.letters}{row})*{worth}"


class ScoreSheet:
    """Lays out the columns of the sheet of scores, from `first` on, with their formulas.

    Parameters
    ----------
    first
        The number of the first column, from 0.
    full_row
        The row, as the spreadsheet counts, that holds the full points.
    """

    def __init__(self, run: RunFolder, say: Labels, first: int, full_row: int) -> None:
        self.run, self.say, self.full_row = run, say, full_row
        self.first = first
        self.columns: list[ScoreColumn] = []
        self.letters: dict[str, str] = {}
        scheme = run.scheme
        for gate in scheme.gates:
            self._flag(gate.code, say("gate-flag", title=say.title(gate.title)))
        for veto in scheme.vetoes:
            self._flag(veto.code, say("veto-flag", title=say.title(veto.title)))
        for node in scheme.indicators:
            self._node(node, "")
        self._add(
            "tree",
            "sum",
            say("tree-sum"),
            "",
            scheme.points,
            self._rolled_up(scheme.indicators, ()),
        )
        for pool in scheme.pools:
            self._pool(pool)
        self._add("total", "total", say("total"), "", None, self._total(scheme))

    def _add(
        self,
        column: str,
        kind: Kind,
        title: str,
        part_of: str,
        full: Decimal | None,
        formula: Formula | None = None,
    ) -> None:
        self.letters[column] = xl_col_to_name(self.first + len(self.columns))
        self.columns.append(ScoreColumn(column, kind, title, part_of, full, formula))

    def _flag(self, code: str, title: str) -> None:
        self._add(f"failed__{code}", "flag", title, "", None)

    def _node(self, node: Node, part_of: str) -> None:
        title = self.say.title(node.title)
        if isinstance(node, Indicator):
            self._add(f"points__{node.code}", "points", title, part_of, node.points)
            return
        for child in node.children:
            self._node(child, title)
        failing = tuple(g.code for g in self.run.scheme.gates if node.code in g.zeroes)
        formula = self._rolled_up(node.children, failing)
        heading = self.say("subtotal", title=title)
        self._add(f"node__{node.code}", "sum", heading, part_of, node.points, formula)

    def _pool(self, pool: Pool) -> None:
        title = self.say.title(pool.title)
        for item in pool.items:
            self._add(
                f"points__{item.code}", "points", self.say.title(item.title), title, item.points
            )
        first, last = (self.letters[f"points__{pool.items[n].code}"] for n in (0, -1))
        cap = number(pool.cap)
        heading = self.say("pool-sum", title=title, cap=cap)
        self._add(
            f"pool__{pool.code}",
            "sum",
            heading,
            "",
            pool.cap,
            lambda row: f"=MIN(SUM({first}{row}:{last}{row}),{cap})",
        )

    def _children(self, nodes: list[Node]) -> list[_Child]:
        return [
            _Child(
                self.letters[f"{'node' if isinstance(n, Group) else 'points'}__{n.code}"],
                n.points,
                n.counts_as if isinstance(n, Group) else None,
            )
            for n in nodes
        ]

    def _rolled_up(self, nodes: list[Node], failing: tuple[str, ...]) -> Formula:
        """Add up children; where one can be a gap, by the weight of those that are there."""
        children, full_row = self._children(nodes), self.full_row
        own = xl_col_to_name(self.first + len(self.columns))
        flags = [self.letters[f"failed__{code}"] for code in failing]
        gaps = self._has_gaps(nodes)

        def formula(row: int) -> str:
            there = self._sum(children, row, guarded=gaps)
            struck = _any_of([f"{flag}{row}=1" for flag in flags])
            if not gaps:
                return f"=IF({struck},0,{there})" if struck else f"={there}"
            weight = "+".join(child.weight(row, full_row) for child in children)
            spread = f"ROUND(({there})*{own}${full_row}/({weight}),3)"
            body = f"IF({struck},0,{spread})" if struck else spread
            return f'=IF({weight}=0,"",{body})'

        return formula

    def _sum(self, children: list[_Child], row: int, *, guarded: bool) -> str:
        plain = all(child.counts_as is None for child in children)
        numbers = [_column_number(child.letters) for child in children]
        if plain and len(children) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"SUM({children[0].letters}{row}:{children[-1].letters}{row})"
        return "+".join(child.term(row, self.full_row, guarded=guarded) for child in children)

    def _has_gaps(self, nodes: list[Node]) -> bool:
        columns = [f"{'node' if isinstance(n, Group) else 'points'}__{n.code}" for n in nodes]
        gap = " or ".join(f'"{column}" is null' for column in columns)
        return bool(self.run.rows(f"select count(*) from outcome where {gap}")[0][0])

    def _total(self, scheme: Scheme) -> Formula:
        tree = self.letters["tree"]
        pools = [(pool.kind, self.letters[f"pool__{pool.code}"]) for pool in scheme.pools]
        caps = [
            (self.letters[f"failed__{gate.code}"], number(gate.cap_points))
            for gate in scheme.gates
            if gate.cap_points is not None
        ]

        def formula(row: int) -> str:
            signed = "".join(f"{'+' if kind == 'bonus' else '-'}{c}{row}" for kind, c in pools)
            total = f"MAX(0,{tree}{row}{signed})"
            for flag, cap in caps:
                total = f"IF({flag}{row}=1,MIN({cap},{total}),{total})"
            return f'=IF(ISNUMBER({tree}{row}),{total},"")'

        return formula


def _any_of(conditions: list[str]) -> str:
    if len(conditions) < 2:
        return "".join(conditions)
    return f"OR({','.join(conditions)})"


def _column_number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found


def leaf_titles(nodes: list[Node], say: Labels, above: str = "") -> Iterator[tuple[Indicator, str]]:
    """Yield every indicator of the tree with the titles of the groups above it."""
    for node in nodes:
        if isinstance(node, Indicator):
            yield node, above
        else:
            title = say.title(node.title)
            yield from leaf_titles(node.children, say, f"{above} / {title}" if above else title)
