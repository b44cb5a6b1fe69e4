"""What components show: small values that views build and hand to a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape, unescape
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """A stage (阶段) of something under way.

    ``state`` is ``done``, ``now``, ``held`` (it cannot go on; ``note`` says why) or ``later``.
    """

    title: Words
    state: str
    note: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of a history (沿革): what happened when, in more words and by whom if known."""

    when: date | datetime | Words
    title: Words
    detail: Words = ""
    who: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing, each at its own address."""

    title: Words
    url: str
    current: bool = False
    count: int | None = None


def order_of(
    request: HttpRequest, columns: Mapping[str, Sequence[str]], *, default: str
) -> tuple[str, list[str]]:
    """Return how ``?sort=`` wants a list sorted: its key, and the fields to order by.

    ``columns`` names the fields of each sortable column; a key with a leading ``-`` is
    descending. Hand the key to the page as ``sort``.
    """
    key = request.GET.get("sort", default)
    if key.removeprefix("-") not in columns:
        key = default
    fields = list(columns[key.removeprefix("-")])
    return key, [_turned(one) for one in fields] if key.startswith("-") else fields


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t([dh])\b([^>]*)>(.*?)</t\1>", re.DOTALL)


def labelled(table: str) -> SafeString:
    """Give every cell of a table the heading of its column, shown where rows stand as cards.

    ``table`` is rendered HTML: a head, then bodies whose cells hold no further table.
    """
    head, start, body = table.partition("<tbody")
    labels = [_label(found) for found in _HEADING.findall(head)]

    def row(found: re.Match[str]) -> str:
        names = iter(labels)
        return _CELL.sub(lambda cell: _labelled_cell(cell, names), found[0])

    return mark_safe(head + start + _ROW.sub(row, body))  # noqa: S308 - what was safe stays so


def _label(heading: str) -> str:
    """Return the words of a heading; one that is only heard is not shown either."""
    return "" if "visually-hidden" in heading else unescape(strip_tags(heading)).strip()


def _labelled_cell(cell: re.Match[str], labels: Iterator[str]) -> str:
    kind, attributes, inside = cell.groups()
    label = escape(next(labels, ""))
    inner = f"<div>{inside}</div>" if inside.strip() else ""
    return f'<t{kind}{attributes} data-label="{label}">{inner}</t{kind}>'


def is_empty(value: Any) -> bool:
    """Tell whether there is nothing to show; nought and False are something."""
    return value is None or value == ""
