"""Sheets of measures × units: what a department owns, for all units at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Reach
from ronghe.apps.records.models import Import, Measure, MeasureDefinition, Target, Unit
from ronghe.apps.records.numbers import period_of, plain, whole
from ronghe.apps.records.permissions import DELIVER_FIGURES, SET_TARGETS
from ronghe.apps.records.selectors.figures import definitions_delivered_by, standing_to_deliver
from ronghe.apps.records.selectors.units import levels_of
from ronghe.apps.records.services.figures import (
    FigureRow,
    deliver_measures,
    set_targets,
    why_not,
)
from ronghe.apps.records.services.importing import finish_import, keep_import, table_of
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.records.sheets import Column, Table, Template
from ronghe.apps.records.snapshot.tree import tree_of
from ronghe.apps.registry.models import Node

TOGETHER = 20
"""Rows delivered together, with one audit entry."""
POWERS = {Import.What.MEASURES: DELIVER_FIGURES, Import.What.TARGETS: SET_TARGETS}


def columns_for(definitions: Iterable[MeasureDefinition]) -> list[Column]:
    """Return the columns of a sheet of these measures."""
    columns = [
        Column("unit", _("单位代码"), _("考核对象的代码，已经填好"), True),
        Column("name", _("名称"), _("只供查看，不读")),
    ]
    for one in definitions:
        told = _("单位：%(unit)s；最多%(scale)d位小数；没有的空着")
        of = {"unit": one.unit_of_measurement or "—", "scale": one.scale}
        columns.append(Column(one.code, heading_of(one), told % of))
    return columns


def heading_of(definition: MeasureDefinition) -> str:
    """Return the heading of a measure's column."""
    unit = definition.unit_of_measurement
    return f"{definition.title}（{unit}）" if unit else definition.title


def levels_for(what: str, *, by: Any) -> list[tuple[str, str]]:
    """Return the levels of the measures that a person delivers, each with its words."""
    known = {one.lowest_level: one.get_lowest_level_display() for one in _definitions(what, by)}
    return list(known.items())


def figure_template(what: str, period: str, level: str, *, by: Any) -> Template:
    """Return a sheet of the measures of a level with its units, and the figures there are."""
    period_of(period)
    definitions = [one for one in _definitions(what, by) if one.lowest_level == level]
    if not definitions:
        raise PermissionDenied
    codes = [one.code for one in definitions]
    units = _units_to_fill(definitions, level, by.reach(POWERS[Import.What(what)]))
    model = Measure if what == Import.What.MEASURES else Target
    held = model.objects.filter(
        definition__in=definitions, period=period, current=True
    ).select_related("definition", "unit")
    known = {(one.unit.code, one.definition.code): plain(one.amount) for one in held}
    rows = [[unit, name, *(known.get((unit, code), "") for code in codes)] for unit, name in units]
    told = [_("期间：%(period)s") % {"period": period}, *_guide()]
    return Template(_("数据报送表"), told, columns_for(definitions), units, rows)


def _units_to_fill(
    definitions: Sequence[MeasureDefinition], level: str, reach: Reach
) -> list[tuple[str, str]]:
    """Return code and name of the units of a level: one's own, or all where one owns a measure."""
    county = definitions[0].county
    all_of_them = reach.covers(county.path) or any(one.owner for one in definitions)
    places = {} if all_of_them else _paths(county)
    return [
        (code, name)
        for code, name, kind, at, *_rest in tree_of(county, timezone.localdate()).rows
        if at == level
        and kind not in ("member", "area")
        and (all_of_them or reach.covers(places.get(code, "")))
    ]


def _paths(county: Node) -> dict[str, str]:
    found = dict(Node.objects.filter(county=county).values_list("code", "path"))
    found.update(Unit.objects.filter(county=county).values_list("code", "node__path"))
    return found


def _guide() -> list[str]:
    return [
        _("每个单位一行，每项数据一列；没有的空着，不要填0。"),
        _("按原件填，不要四舍五入；与已有数值相同的不变，不同的会替换并留下原来的。"),
        _("上传后先检查，有错的行会退回，改好可以直接再传。"),
    ]


def begin_figures(
    table: Table, *, what: str, period: str, source: str, file_name: str, by: Any
) -> Import:
    """Keep a sheet of figures, with what is wrong in it; nothing is delivered yet."""
    period_of(period)
    if not source.strip():
        raise ValidationError({"source": _("请写明数字出自哪份文件或报表。")})
    begun = Import(what=what, period=period, source=source.strip()[:200], by=by)
    begun.file_name = file_name[:200]
    good, problems = review_figures(table, what, by=by)
    keep_import(begun, table, problems, len(good))
    return begun


def review_figures(
    table: Table, what: str, *, by: Any
) -> tuple[list[list[FigureRow]], dict[int, list[str]]]:
    """Return the figures of each good row, and what is wrong by row."""
    definitions = {one.code: one for one in _definitions(what, by)}
    units = _units(next(iter(definitions.values())).county)
    good: list[list[FigureRow]] = []
    problems: dict[int, list[str]] = {}
    seen: set[str] = set()
    for number, cells in table.rows:
        said = table.said(cells)
        code = said.get("unit", "")
        try:
            if code not in units or code in seen:
                told = (
                    _("单位“%(code)s”出现了两次。")
                    if code in seen
                    else _("没有代码为“%(code)s”的单位。")
                )
                raise ValidationError(told % {"code": code})
            seen.add(code)
            row = _figures(said, units[code], definitions, what, by)
        except ValidationError as wrong:
            problems[number] = list(wrong.messages)
        else:
            good += [row] if row else []
    return good, problems


def enter_figures(begun: Import, job: Any) -> int:
    """Deliver the good rows of a sheet in batches; a second try finds what is there the same."""
    good, problems = review_figures(table_of(begun), begun.what, by=begun.by)
    deliver = deliver_measures if begun.what == Import.What.MEASURES else set_targets
    given: dict[str, Any] = {"period": begun.period, "source": begun.source, "batch": begun}
    parts = [good[at : at + TOGETHER] for at in range(0, len(good), TOGETHER)]
    job.each(parts, lambda part: deliver(list(chain(*part)), by=begun.by, **given))
    finish_import(begun, job, good=len(good), problems=problems)
    return len(good)


def _definitions(what: str, by: Any) -> list[MeasureDefinition]:
    found = list(definitions_delivered_by(by).order_by("county", "code"))
    if what not in POWERS or not by.has_perm(POWERS[Import.What(what)]) or not found:
        raise PermissionDenied
    return [one for one in found if one.county_id == found[0].county_id]


def _units(county: Node) -> dict[str, Unit | Node]:
    """Return what a code stands for: a unit, or an organisation that has none yet."""
    found: dict[str, Unit | Node] = {
        one.code: one for one in Node.objects.filter(county=county, closed=None)
    }
    found[county.code] = county
    stated = Unit.objects.filter(county=county).select_related("node")
    return {**found, **{one.code: one for one in stated}}


def _figures(
    said: Any, place: Unit | Node, definitions: dict[str, MeasureDefinition], what: str, by: Any
) -> list[FigureRow]:
    """Return the figures of one row, or raise with everything that is wrong with it."""
    unit = place if isinstance(place, Unit) else unit_of(place)
    level = levels_of([unit])[unit.pk]
    wrong, figures = [], []
    for code, definition in definitions.items():
        if not said.get(code):
            continue
        row = FigureRow(unit, definition, said[code])
        try:
            value = whole(row.value, definition.scale, field="value")
        except ValidationError as refused:
            wrong += [f"{definition}：{told}" for told in refused.messages]
            continue
        told = why_not(row, value, level, positive=what == Import.What.TARGETS)
        if (
            not told
            and standing_to_deliver(by, POWERS[Import.What(what)], definition, unit) is None
        ):
            told = _("不由您报送。")
        wrong += [f"{definition}：{told}"] if told else []
        figures.append(row)
    if wrong:
        raise ValidationError(wrong)
    return figures


def refused_rows(begun: Import, problems: dict[int, list[str]]) -> tuple[Table, Sequence[str]]:
    """Return the rows to be mended with the reasons beside them."""
    table = table_of(begun)
    rows = [(n, cells) for n, cells in table.rows if n in problems]
    return Table(table.codes, rows), [" ".join(problems[n]) for n, _cells in rows]
