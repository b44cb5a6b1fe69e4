"""``report.xlsx``: ranking, points with formulas, raw inputs, rules in words, the run's account.

Text is written as text and never read as a formula; formulas are our own and carry their values,
so that a viewer that computes nothing shows the same numbers.
"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ronghe.analysis.scheme.model import Gate, Indicator, Veto
from ronghe.analysis.scheme.sources import MeasureSource
from ronghe.analysis.scoring.program import GROWTH_SCALE
from ronghe.analysis.scoring.sql import name
from ronghe.exchange.reports.certainty import certainty_in_words, chance_columns, grade_titles
from ronghe.exchange.reports.folder import RunFolder
from ronghe.exchange.reports.formulas import ScoreColumn, ScoreSheet, leaf_titles
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.sheets import FONT, Sheets
from ronghe.exchange.reports.told import (
    account_lines,
    approval_in_words,
    condition_in_words,
    consequences,
    grade_title,
)
from ronghe.exchange.svg import text_width
from ronghe.wording.rules import number, rule_in_words, source_in_words


def write_workbook(run: RunFolder, say: Labels, path: Path) -> None:
    """Write the workbook."""
    looks = {"default_format_properties": {"font_name": FONT, "font_size": 11}}
    book = xlsxwriter.Workbook(str(path), looks)
    made = datetime.combine(run.scheme.period.until, time())
    book.set_properties({"title": say.title(run.scheme.title), "created": made})
    writer = _Writer(book, run, say)
    writer.summary()
    writer.scores()
    writer.inputs()
    writer.indicators()
    writer.account()
    book.close()


WIDE = 62
"""At what percentage of its size a wide sheet is printed."""

_LOOKS = {"points": "points", "sum": "sum", "flag": "whole", "total": "sum"}


class _Writer(Sheets):
    """Writes the five sheets."""

    def summary(self) -> None:
        """Write totals, ranks, grades and how sure they are, with figures over them as formulas."""
        say, run = self.say, self.run
        sheet = self.sheet("summary", "　".join(approval_in_words(run, say)))
        titles = [say(k) for k in ("unit", "name", "group", "parent", "total", "rank", "grade")]
        sure = self._sure_columns()
        titles += [title for title, _ in sure.values()]
        self.head(sheet, 6, titles, (16, 24, 18, 16, 12, 8, 14, *[11] * len(sure)))
        rows = self.rows(["unit", "name", "peer_group", "parent", "total", "rank", "grade", *sure])
        for at, (unit, label, group, parent, total, rank, grade, *more) in enumerate(rows, start=7):
            self.names(sheet, at, unit, label, group)
            self.text(sheet, at, 3, run.parents.get(parent, parent or ""))
            self.number(sheet, at, 4, total, 3, "points")
            self.number(sheet, at, 5, rank, 0, "whole")
            self.text(sheet, at, 6, grade_title(run.scheme, grade, say), "centred")
            for place, (value, (_, looks)) in enumerate(zip(more, sure.values(), strict=True), 7):
                self.number(sheet, at, place, value, 4 if looks == "percent" else 0, looks)
        last = max(8, 7 + len(rows))
        self._figures(sheet, rows, last)
        self._certainty_note(sheet, len(titles) - 1)
        sheet.autofilter(6, 0, last - 1, len(titles) - 1)
        sheet.freeze_panes(7, 2)
        sheet.repeat_rows(6)
        sheet.fit_to_pages(1, 0)

    def _sure_columns(self) -> dict[str, tuple[str, str]]:
        """Return the columns that say how sure ranks and grades are, with title and looks."""
        say, run = self.say, self.run
        if not run.sure:
            return {}
        found = {
            "rank_low": (say("interval-low"), "whole"),
            "rank_high": (say("interval-high"), "whole"),
            "band": (say("band"), "whole"),
        }
        for column, title in zip(chance_columns(run), grade_titles(run, say), strict=False):
            found[column] = (say("chance-of", grade=title), "percent")
        return found

    def _certainty_note(self, sheet: Any, last: int) -> None:
        """Say over the table what intervals and bands mean, and how many units are listed."""
        told = " ".join(filter(None, (certainty_in_words(self.run, self.say), self.listed_note())))
        if self.run.sure:
            sheet.set_row(5, 48)
            sheet.merge_range(5, 0, 5, last, told, self.formats["said"])
        else:
            self.text(sheet, 5, 0, told, "note")

    def _figures(self, sheet: Any, rows: list[tuple[Any, ...]], last: int) -> None:
        """Write count, mean, highest, lowest and the number of each grade above the table."""
        say = self.say
        totals = [row[4] for row in rows if row[4] is not None]
        cells = f"E8:E{last}"
        mean = sum(totals) / len(totals) / 1000 if totals else ""
        ends = (max(totals) / 1000, min(totals) / 1000) if totals else ("", "")
        figures: list[tuple[str, str, float | str, str]] = [
            (say("number-of-units"), f"=COUNTA(A8:A{last})", len(rows), "whole"),
            (say("mean"), f'=IFERROR(AVERAGE({cells}),"")', mean, "points"),
            (say("highest"), f'=IF(COUNT({cells}),MAX({cells}),"")', ends[0], "points"),
            (say("lowest"), f'=IF(COUNT({cells}),MIN({cells}),"")', ends[1], "points"),
        ]
        grading = self.run.scheme.grading
        for place, grade in enumerate(grading.grades if grading else (), start=1):
            column = xl_col_to_name(len(figures))
            formula = f"=SUMPRODUCT(--EXACT(G8:G{last},{column}4))"
            given = sum(1 for row in rows if row[6] == place)
            figures.append((say.title(grade.title), formula, given, "whole"))
        self.text(sheet, 2, 0, say("check"), "note")
        for place, (title, formula, value, looks) in enumerate(figures):
            self.text(sheet, 3, place, title, "head")
            sheet.write_formula(4, place, formula, self.formats[looks], value)

    def scores(self) -> None:
        """Write every indicator's points, with subtotals, pools and totals as formulas."""
        say = self.say
        note = say("scores-note", exempt=say("cell-exempt"), lacking=say("cell-lacking"))
        sheet = self.sheet("scores", note + self.listed_note())
        layout = ScoreSheet(self.run, say, first=3, full_row=4)
        self._score_heads(sheet, layout)
        rows = self.rows(["unit", "name", "peer_group", *(name(c.column) for c in layout.columns)])
        exempt = self._exemptions()
        for at, (unit, label, group, *values) in enumerate(rows, start=6):
            self.names(sheet, at, unit, label, group)
            for place, column in enumerate(layout.columns):
                gap = "exempt" if (unit, column.column) in exempt else "lacking"
                self._score(sheet, at, place + 3, column, values[place], gap)
        self._score_means(sheet, layout, rows)
        sheet.autofilter(5, 0, max(6, 5 + len(rows)), 2 + len(layout.columns))
        sheet.freeze_panes(6, 2)
        sheet.repeat_rows(2, 5)
        sheet.repeat_columns(0, 1)
        sheet.set_print_scale(WIDE)

    def _score(
        self, sheet: Any, at: int, place: int, column: ScoreColumn, value: int | None, gap: str
    ) -> None:
        """Write a formula with its value, a number, or why there is none."""
        looks = _LOOKS[column.kind]
        if column.formula:
            held = "" if value is None else value / 1000
            sheet.write_formula(at, place, column.formula(at + 1), self.formats[looks], held)
        elif value is None:
            self.text(sheet, at, place, self.say(f"cell-{gap}"), "centred")
        else:
            self.number(sheet, at, place, value, 0 if column.kind == "flag" else 3, looks)

    def _exemptions(self) -> set[tuple[str, str]]:
        """Return which units an indicator's points do not apply to, by unit and column."""
        found = set()
        for scored in self.run.program.scored:
            code = scored.indicator.code
            if f"exempt__{code}" in self.run.columns:
                query = f"select unit from outcome where {name('exempt__' + code)} = 1"
                found |= {(unit, f"points__{code}") for (unit,) in self.run.rows(query)}
        return found

    def _score_heads(self, sheet: Any, layout: ScoreSheet) -> None:
        say = self.say
        self.head(sheet, 5, [say("unit"), say("name"), say("group")], (14, 20, 14))
        sheet.set_row(5, 62)
        for row, key in ((2, "belongs-to"), (3, "points"), (4, "average-shown")):
            self.text(sheet, row, 1, say(key), "head")
        for place, column in enumerate(layout.columns, start=3):
            head = "head" if column.kind in ("points", "flag") else "head-sum"
            self.text(sheet, 2, place, column.part_of, head)
            self.text(sheet, 5, place, column.title, head)
            if column.full is None:
                sheet.write_blank(3, place, None, self.formats["points"])
            else:
                sheet.write_number(3, place, float(column.full), self.formats["points"])
            sheet.set_column(place, place, 9 if column.kind in ("points", "flag") else 10.5)
        sheet.set_row(2, 32)

    def _score_means(self, sheet: Any, layout: ScoreSheet, rows: list[tuple[Any, ...]]) -> None:
        last = max(7, 6 + len(rows))
        for place, column in enumerate(layout.columns, start=3):
            if column.kind == "flag":
                continue
            letters = xl_col_to_name(place)
            values = [row[place] for row in rows if row[place] is not None]
            mean = sum(values) / len(values) / 1000 if values else ""
            formula = f'=IFERROR(SUBTOTAL(101,{letters}7:{letters}{last}),"")'
            sheet.write_formula(4, place, formula, self.formats["sum"], mean)

    def inputs(self) -> None:
        """Write the raw inputs of every indicator, gate and veto at their own scale."""
        say, run = self.say, self.run
        sheet = self.sheet("inputs", self.listed_note())
        titles = {one.code: one.title for one in run.scheme.scored()}
        titles |= {gate.code: gate.title for gate in run.scheme.gates}
        titles |= {veto.code: veto.title for veto in run.scheme.vetoes}
        self.head(sheet, 3, [say("unit"), say("name"), say("group")], (14, 20, 14))
        sheet.set_row(3, 62)
        self.text(sheet, 2, 1, say("measured-in"), "head")
        shown = self._input_columns()
        for place, (column, _, measured_in) in enumerate(shown, start=3):
            view, code = column.split("__", 1)
            self.text(sheet, 2, place, measured_in, "head")
            self.text(sheet, 3, place, say(f"input-{view}", title=say.title(titles[code])), "head")
            sheet.set_column(place, place, 12)
        rows = self.rows(["unit", "name", "peer_group", *(name(c) for c, _, _ in shown)])
        for at, (unit, label, group, *values) in enumerate(rows, start=4):
            self.names(sheet, at, unit, label, group)
            for place, value in enumerate(values):
                scale = shown[place][1]
                self.number(sheet, at, place + 3, value, scale, f"decimal-{scale}")
        sheet.autofilter(3, 0, max(4, 3 + len(rows)), 2 + len(shown))
        sheet.freeze_panes(4, 2)
        sheet.repeat_rows(2, 3)
        sheet.repeat_columns(0, 1)
        sheet.set_print_scale(WIDE)

    def _input_columns(self) -> list[tuple[str, int, str]]:
        """Return each column of inputs with its scale and its unit of measurement."""
        units = {measure.code: measure.unit for measure in self.run.scheme.measures}
        found = [
            (
                i.column,
                i.scale,
                units[i.source.measure] if isinstance(i.source, MeasureSource) else "",
            )
            for i in self.run.program.inputs
        ]
        held = {column: (scale, unit) for column, scale, unit in found}
        for column, _ in self.run.program.derived:
            view, code = column.split("__", 1)
            scale, unit = (GROWTH_SCALE, "%") if view == "growth" else held[f"value__{code}"]
            found.append((column, scale, unit))
        return found

    def indicators(self) -> None:
        """Write what each indicator, pool item, gate and veto means, in words."""
        say, scheme = self.say, self.run.scheme
        sheet = self.sheet("indicators")
        keys = (
            "kind", "code", "title", "belongs-to", "points", "source", "rule", "gap-treatment",
            "supplier", "basis", "citation", "note",
        )  # fmt: skip
        widths = (11, 18, 20, 24, 8, 34, 44, 22, 16, 14, 30, 24)
        self.head(sheet, 2, [say(key) for key in keys], widths)
        lines = [
            self._indicator(i, say("kind-indicator"), above)
            for i, above in leaf_titles(scheme.indicators, say)
        ]
        for pool in scheme.pools:
            kind = say(f"kind-{pool.kind}")
            lines += [self._indicator(item, kind, say.title(pool.title)) for item in pool.items]
        lines += [self._rule(gate, say("gate"), gate.citation) for gate in scheme.gates]
        lines += [self._rule(veto, say("veto"), veto.authority) for veto in scheme.vetoes]
        for at, line in enumerate(lines, start=3):
            for place, word in enumerate(line):
                self.text(sheet, at, place, word, "wrapped")
            tallest = max(
                text_width(word, 2) // width + 1 for word, width in zip(line, widths, strict=True)
            )
            sheet.set_row(at, 16 * min(12, tallest))
        sheet.autofilter(2, 0, max(3, 2 + len(lines)), len(keys) - 1)
        sheet.freeze_panes(3, 3)
        sheet.repeat_rows(2)
        sheet.fit_to_pages(1, 0)

    def _indicator(self, one: Indicator, kind: str, above: str) -> list[str]:
        say, scheme = self.say, self.run.scheme
        return [
            kind,
            one.code,
            say.title(one.title),
            above,
            number(one.points),
            source_in_words(one.source, scheme, say.language),
            rule_in_words(one.rule, one.points, say.language),
            say(f"gap-{one.missing}"),
            one.supplier,
            one.basis,
            one.citation,
            one.note,
        ]

    def _rule(self, rule: Gate | Veto, kind: str, citation: str) -> list[str]:
        say, scheme = self.say, self.run.scheme
        return [
            kind,
            rule.code,
            say.title(rule.title),
            "",
            "",
            condition_in_words(rule, scheme, say),
            consequences(rule, scheme, say),
            "",
            "",
            "",
            citation,
            "",
        ]

    def account(self) -> None:
        """Write what the run was computed from and with."""
        say, run = self.say, self.run
        sheet = self.sheet("run", say("sources-note"))
        self.head(sheet, 2, [say("item"), say("value")], (30, 90))
        scheme = run.scheme
        plan_item, document = approval_in_words(run, say)
        lines = [
            (say("scheme"), f"{say.title(scheme.title)} {scheme.scheme} {scheme.version}"),
            (say("period"), f"{scheme.period.label} {scheme.period.since} – {scheme.period.until}"),
            (say("plan-item"), plan_item),
            (say("approval"), document),
            *account_lines(run, say),
            *(
                (say("file-named", name=file), sha)
                for file, sha in sorted(run.account["files"].items())
            ),
        ]
        for at, (label, value) in enumerate(lines, start=3):
            self.text(sheet, at, 0, label)
            self.text(sheet, at, 1, value, "wrapped")
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        sheet.fit_to_pages(1, 0)
