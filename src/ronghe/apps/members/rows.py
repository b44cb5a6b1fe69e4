"""Rows of a roster file: which column is what, and what a row says. No database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.members.models import Stage
from ronghe.apps.members.numbers import checked_id_number, checked_phone

FIELDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "name": (gettext_lazy("姓名"), ("姓名", "党员姓名", "name")),
    "id_number": (
        gettext_lazy("身份证号"),
        ("公民身份号码", "身份证号", "身份证号码", "公民身份证号码", "identitynumber"),
    ),
    "organisation": (
        gettext_lazy("所在党组织"),
        ("所在党支部", "所在党组织", "党组织名称", "组织关系所在党组织", "党支部", "branch"),
    ),
    "stage": (gettext_lazy("人员类别"), ("人员类别", "党员类别", "类别", "category")),
    "since": (
        gettext_lazy("入党日期"),
        ("入党日期", "加入党组织日期", "加入中共组织日期", "joined"),
    ),
    "phone": (gettext_lazy("手机号"), ("手机号码", "手机号", "联系电话", "手机", "telephone")),
}
"""What is taken from a roster: its title, and the headings it is known by."""

NEEDED = ("name", "id_number", "organisation", "stage")
_STAGES = {
    "正式党员": Stage.FULL,
    "预备党员": Stage.PROBATIONARY,
    "发展对象": Stage.TARGET,
    "入党积极分子": Stage.ACTIVIST,
    "积极分子": Stage.ACTIVIST,
    "入党申请人": Stage.APPLICANT,
    "申请人": Stage.APPLICANT,
}
_DAY = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")

Mapped = Mapping[str, int]
"""The number of the column of each field, from 0."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row of a roster says of a person."""

    row: int
    name: str
    id_number: str
    organisation: str
    stage: str
    since: date | None
    phone: str


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Return the columns whose headings are known."""
    plain = [heading.casefold() for heading in headings]
    found = {}
    for field, (_title, known) in FIELDS.items():
        columns = [plain.index(one) for one in known if one in plain]
        if columns:
            found[field] = columns[0]
    return found


def entry_of(number: int, cells: Sequence[str], mapping: Mapped) -> Entry:
    """Read a row by a mapping of columns. Raises ValidationError with all that is wrong."""
    said = {
        field: cells[at].strip() if at is not None and at < len(cells) else ""
        for field in FIELDS
        for at in [mapping.get(field)]
    }
    wrong: list[str] = []
    for field in NEEDED:
        if not said[field]:
            wrong.append(_("没有%(field)s。") % {"field": FIELDS[field][0]})
    id_number = _checked(checked_id_number, said["id_number"], wrong)
    phone = _checked(checked_phone, said["phone"], wrong)
    stage = _STAGES.get(said["stage"], "")
    if said["stage"] and not stage:
        wrong.append(_("不认识人员类别“%(said)s”。") % {"said": said["stage"]})
    if wrong:
        raise ValidationError(wrong)
    since = day_in(said["since"])
    return Entry(number, said["name"], id_number, said["organisation"], stage, since, phone)


def day_in(text: str) -> date | None:
    """Return the day a cell names, however it is written; None where it names none."""
    found = _DAY.match(text)
    if found is None:
        return None
    year, month, day = (int(one) for one in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(check: Callable[[str], str], number: str, wrong: list[str]) -> str:
    if not number:
        return ""
    try:
        return check(number)
    except ValidationError as refusal:
        wrong.extend(refusal.messages)
        return ""
