"""Audit entries as a CSV file that says who took it, when and what it shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.models import Entry

MOST = 50_000
_ACTS_IN_A_SHEET = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(entries: Iterable[Entry], *, watermark: str) -> Iterator[str]:
    """Write the watermark (水印), the headings, a line for each entry."""
    yield "\ufeff" + _line([watermark])
    yield _line(
        [
            _("序号"),
            _("时间"),
            _("事项"),
            _("经办人"),
            _("委托人"),
            _("在哪里"),
            _("对象"),
            _("摘要值"),
        ]
    )
    for entry in entries:
        yield _line(
            [
                str(entry.number or ""),
                timezone.localtime(entry.at).isoformat(timespec="seconds"),
                str(SENTENCES.get(entry.action, entry.action)),
                str(entry.actor or ""),
                str(entry.principal or ""),
                str(entry.place or ""),
                f"{entry.target_type} {entry.target_id or ''}".strip(),
                entry.digest,
            ]
        )


def _line(cells: list[str]) -> str:
    """Write a line; a cell that a spreadsheet would carry out gets a mark in front."""
    safe = [f"'{cell}" if cell.startswith(_ACTS_IN_A_SHEET) else cell for cell in cells]
    text = io.StringIO()
    csv.writer(text).writerow(safe)
    return text.getvalue()
