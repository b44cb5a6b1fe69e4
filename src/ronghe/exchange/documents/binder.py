"""A ledger binder (台账): tables under headings, as PDF with bookmarks or as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from ronghe.exchange.documents.masking import masked
from ronghe.exchange.printing import write_pdf
from ronghe.exchange.workbook import Sheet, write_sheets

FONTS = "'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif"
STYLE = """
@page { size: A4; margin: 22mm 16mm 20mm 20mm;
  @top-left { content: %(mark)s; font-size: 8pt; color: #555; }
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font-family: %(fonts)s; font-size: 9.5pt; line-height: 1.45; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 6mm; }
h2 { font-size: 13pt; margin: 7mm 0 2mm; break-after: avoid; }
.mark { position: fixed; top: 45%%; left: 5%%; width: 90%%; text-align: center; font-size: 26pt;
  color: rgb(0 0 0 / 6%%); transform: rotate(-30deg); }
table { border-collapse: collapse; table-layout: fixed; width: 100%%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: .4pt solid #444; padding: 1mm 1.5mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the binder: its heading, columns with shares of the width, rows of texts."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


def write_binder_pdf(
    path: Path, *, title: str, mark: str, about: Sequence[tuple[str, str]], tables: Iterable[Table]
) -> None:
    """Write the binder as a PDF; `mark` (水印) says on every page who took it and when."""
    quoted = '"' + mark.replace("\\", "").replace('"', "") + '"'
    facts = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in about)
    body = "".join(_table(one) for one in tables)
    style = STYLE % {"mark": escape(quoted, quote=False), "fonts": FONTS}
    write_pdf(
        path,
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<style>{style}</style></head><body><div class="mark">{escape(mark)}</div>'
        f"<h1>{escape(title)}</h1><table>{facts}</table>{body}</body></html>",
    )


def write_binder_excel(
    path: Path,
    *,
    title: str,
    mark: str,
    about: Sequence[tuple[str, str]],
    tables: Iterable[Table],
    day: date,
) -> None:
    """Write the binder as a workbook: a sheet that says what it is, then a sheet for each table."""
    first = Sheet(title[:28], ["", ""], [(mark, ""), *about], widths=[24, 80])
    sheets = [first]
    for number, one in enumerate(tables, start=1):
        widths = [4.0 * share for _name, share in one.columns]
        rows = ([masked(cell) for cell in row] for row in one.rows)
        name = f"{number} {one.title}"[:28]
        sheets.append(Sheet(name, [head for head, _share in one.columns], rows, widths=widths))
    write_sheets(path, sheets, created=day, title=title)


def _table(one: Table) -> str:
    whole = sum(share for _name, share in one.columns)
    columns = "".join(
        f'<col style="width: {100 * share / whole:.2f}%">' for _name, share in one.columns
    )
    head = "".join(f"<th>{escape(name)}</th>" for name, _share in one.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(masked(cell))}</td>" for cell in row) + "</tr>"
        for row in one.rows
    )
    return (
        f"<h2>{escape(one.title)}</h2><table><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
