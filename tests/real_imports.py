"""Workbooks of records and of a roster, sent to a running installation as people send them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from stdnum.cn import ric

from installations import Browser, Installation

DAY = "2026-03-01"


def send_records(place: Installation, site: str, many: int) -> tuple[int, int]:
    """Send a sheet of records as the organisation department and take it over.

    Returns the import and the job that takes it over.
    """
    branches = [code for (code,) in place.rows(f"{_BRANCHES} LIMIT 200")]
    head = ["unit", "day", "quantity", "source"]
    rows = [[branches[n % len(branches)], DAY, "1.5", f"虚构{n}"] for n in range(many)]
    browser = _organisation(place, site)
    sheet = _workbook([head, *rows])
    sent = browser.upload("/records/imports/new/?kind=volunteer_service", "台账.xlsx", sheet)
    assert sent == 200
    begun = place.rows("SELECT max(id) FROM records_import")[0][0]
    assert browser.post(f"/records/imports/{begun}/start/") == 200
    return begun, _last_job(place, "records.import")


def send_roster(place: Installation, site: str, many: int) -> tuple[Browser, int, int]:
    """Send a roster of people nobody knows yet; returns who sent it, the file and its job."""
    branch = place.rows(f"{_BRANCHES} LIMIT 1")[0][0]
    name = place.rows(f"SELECT name FROM registry_node WHERE code = '{branch}'")[0][0]
    head = ["姓名", "公民身份号码", "人员类别", "所在党支部", "入党日期"]
    rows = [[f"虚构{n}", number(n), "正式党员", name, "2010-07-01"] for n in range(many)]
    browser = _organisation(place, site)
    assert browser.upload("/members/imports/new/", "名册.xlsx", _workbook([head, *rows])) == 200
    begun = place.rows("SELECT max(id) FROM members_rosterimport")[0][0]
    assert browser.get(f"/members/imports/{begun}/") == 200
    return browser, begun, _last_job(place, "members.roster_compared")


def number(serial: int) -> str:
    """Return an identity number of nobody in particular, with its check character."""
    first = f"360426{19910101 + serial // 500 % 28:08d}{serial % 500:03d}"
    return first + ric.calc_check_digit(first + "0")


_BRANCHES = "SELECT code FROM registry_node WHERE kind = 'branch' ORDER BY code"


def _organisation(place: Installation, site: str) -> Browser:
    browser = Browser(site)
    browser.sign_in("zuzhi", place.password())
    return browser


def _last_job(place: Installation, kind: str) -> int:
    return int(place.rows(f"SELECT max(id) FROM desk_job WHERE kind = '{kind}'")[0][0])


def _workbook(rows: Iterable[Sequence[Any]]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return kept.getvalue()
