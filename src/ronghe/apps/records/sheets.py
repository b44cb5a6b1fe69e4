"""Sheets that explain themselves: templates to fill in, refused rows to mend. No database."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.apps.records.catalogue import Kind
from ronghe.exchange.small_tables import read_small_tables

MOST_ROWS = 20_000
_ROWS_WITH_CHOICES = 5000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its code, heading, what goes in, and what can be chosen."""

    code: str
    title: str
    told: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook to fill in: what it is, its columns, the units, rows that are there already."""

    title: str
    told: Sequence[str]
    columns: Sequence[Column]
    units: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: the code of each column, and rows with the numbers people see."""

    codes: list[str]
    rows: list[tuple[int, list[str]]]

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what a row says, by column."""
        return {code: cell for code, cell in zip(self.codes, cells, strict=False) if code}


def record_columns(kind: Kind) -> list[Column]:
    """Return the columns of a sheet of records of a kind."""
    day = _("写成2026-03-01的样子")
    columns = [
        Column("unit", _("单位"), _("代码或名称，见“单位”表，可下拉选择"), True),
        Column("day", _("日期"), day, True),
    ]
    if not kind.credits:
        many = _("数量，单位是%(unit)s，最多%(scale)d位小数") % {
            "unit": kind.unit,
            "scale": kind.scale,
        }
        columns.append(Column("quantity", _("数量"), many, True))
    if kind.actors != "none":
        one = _("主要经办的一个人的姓名") if kind.actors == "one" else _("姓名，用顿号隔开")
        columns.append(Column("actors", _("参与人"), one))
    if kind.served:
        columns.append(Column("served", _("服务对象"), _("户、企业或项目")))
    for further in kind.fields:
        choices = tuple(str(words) for _code, words in further.choices)
        columns.append(Column(further.code, str(further.title), "", further.required, choices))
    if kind.rated:
        scale = tuple(str(number) for number in range(6))
        columns.append(
            Column("quality", _("评价"), _("服务对象给的0至5，没有问就空着"), False, scale)
        )
    columns.append(Column("source", _("来源"), _("台账、文号或登记表编号")))
    return columns


def written(template: Template) -> bytes:
    """Write a template, or refused rows, as a workbook."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        filling, units = book.add_worksheet(_("填写")), book.add_worksheet(_("单位"))
        _explain(book.add_worksheet(_("说明")), template, bold, wrap)
        units.write_row(0, 0, [_("单位代码"), _("名称")], bold)
        units.set_column(0, 1, 24)
        for at, (code, name) in enumerate(template.units, start=1):
            units.write_string(at, 0, code)
            units.write_string(at, 1, name)
        _fill(filling, template, bold, units.get_name())
    return kept.getvalue()


def _explain(sheet: Any, template: Template, bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70, wrap)
    sheet.write_string(0, 0, template.title, bold)
    at = 1
    for line in template.told:
        sheet.write_string(at, 1, line, wrap)
        at += 1
    for column in template.columns:
        needed = _("（必填）") if column.required else ""
        sheet.write_string(at, 0, f"{column.title}{needed}", bold)
        sheet.write_string(at, 1, column.told, wrap)
        at += 1


def _fill(sheet: Any, template: Template, bold: Any, units: str) -> None:
    reasons = [_("退回原因")] if template.reasons else []
    sheet.write_row(0, 0, [*(column.title for column in template.columns), *reasons], bold)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(template.columns), 18)
    for at, column in enumerate(template.columns):
        place = (1, at, _ROWS_WITH_CHOICES, at)
        if column.code == "unit" and template.units:
            names = f"='{units}'!$B$2:$B${len(template.units) + 1}"
            sheet.data_validation(
                *place, {"validate": "list", "source": names, "error_type": "warning"}
            )
        elif column.choices:
            rule: dict[str, Any] = {
                "validate": "list",
                "source": list(column.choices),
                "error_type": "warning",
            }
            sheet.data_validation(*place, rule)
    for number, cells in enumerate(template.rows, start=1):
        for at, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, at, cell)
        if number in template.reasons:
            sheet.write_string(number, len(template.columns), template.reasons[number])


def read(content: bytes, name: str, columns: Sequence[Column]) -> Table:
    """Read a filled-in sheet, found by its headings; other columns are passed over.

    Raises ProblemsError where the file cannot be read, ValidationError where it has no such sheet.
    """
    suffix = ".csv" if name.casefold().endswith(".csv") else ".xlsx"
    with TemporaryDirectory(prefix="ronghe-") as folder:
        path = Path(folder, f"sheet{suffix}")
        path.write_bytes(content)
        found = read_small_tables(path, unreadable="roster-unreadable")
    known = {one.title.casefold(): one.code for one in columns}
    known |= {one.code.casefold(): one.code for one in columns}
    for _place, rows in found:
        for at, (_number, cells) in enumerate(rows):
            codes = [known.get("".join(cell.split()).casefold(), "") for cell in cells]
            if "unit" in codes and len([one for one in codes if one]) > 1:
                below = [(n, [cell.strip() for cell in row]) for n, row in rows[at + 1 :]]
                return _whole(Table(codes, [(n, row) for n, row in below if any(row)]))
    titles = "、".join(one.title for one in columns if one.required)
    told = _("没有找到列名行：应有“%(titles)s”等列。请用这里下载的模板。") % {"titles": titles}
    raise ValidationError({"file": told})


def _whole(table: Table) -> Table:
    if not table.rows:
        raise ValidationError({"file": _("表里没有填写任何一行。")})
    if len(table.rows) > MOST_ROWS:
        told = _("一次最多%(most)d行，请分几个文件。") % {"most": MOST_ROWS}
        raise ValidationError({"file": told})
    return table
