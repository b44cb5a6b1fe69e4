"""What somebody wants to record, checked against its kind. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.records.catalogue import KINDS, Field, Kind
from ronghe.apps.records.numbers import whole

Errors = dict[str, list[str]]
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """The contents of a record: what, when, how much, by whom, for whom."""

    kind: str
    day: date
    quantity: Decimal | int | str = 1
    quality: int | None = None
    actors: Sequence[Any] = ()
    served: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


def checked(draft: Draft) -> dict[str, Any]:
    """Return the columns of a record, its actors apart.

    Raises ValidationError with everything that is wrong, by field.
    """
    kind, wrong = kind_named(draft.kind), Errors()
    quantity = _quantity(draft, kind, wrong)
    _check_day(draft.day, wrong)
    _check_people(draft, kind, wrong)
    values = _values(draft.values, kind, wrong)
    if draft.quality is not None and (not kind.rated or not 0 <= draft.quality <= 5):
        wrong["quality"] = [_("评价是0至5的整数，只有为别人做的事才有评价。")]
    if wrong:
        raise ValidationError(wrong)
    return {
        "kind": kind.code,
        "day": draft.day,
        "quantity": quantity,
        "scale": kind.scale,
        "quality": draft.quality,
        "served": draft.served.strip()[:100],
        "values": values,
        "source": draft.source.strip()[:200],
    }


def kind_named(code: str) -> Kind:
    """Return a kind of the catalogue, or raise ValidationError."""
    if code not in KINDS:
        raise ValidationError({"kind": _("目录里没有“%(code)s”这一类纪实。") % {"code": code}})
    return KINDS[code]


def _quantity(draft: Draft, kind: Kind, wrong: Errors) -> int:
    try:
        quantity = whole(draft.quantity, kind.scale, field="quantity")
    except ValidationError as refusal:
        wrong.update(refusal.message_dict)
        return 0
    if quantity <= 0:
        wrong["quantity"] = [_("数量须大于0。")]
    return quantity


def _check_day(day: date, wrong: Errors) -> None:
    if day > timezone.localdate():
        wrong["day"] = [_("日期不能晚于今天；做完了再登记。")]
    elif day < EARLIEST:
        wrong["day"] = [_("日期太早，请核对年份。")]


def _check_people(draft: Draft, kind: Kind, wrong: Errors) -> None:
    many = len(draft.actors)
    if kind.actors == "none" and many:
        wrong["actors"] = [_("这一类纪实记在单位名下，不填人员。")]
    if kind.actors == "one" and many > 1:
        wrong["actors"] = [_("只填主要经办的一个人，免得一件事计几次。")]
    if kind.served is False and draft.served.strip():
        wrong["served"] = [_("这一类纪实没有服务对象。")]


def _values(given: Mapping[str, Any], kind: Kind, wrong: Errors) -> dict[str, str]:
    kept = {}
    known = {one.code: one for one in kind.fields}
    for code in given.keys() - known.keys():
        wrong[code] = [_("这一类纪实没有“%(code)s”这一栏。") % {"code": code}]
    for code, one in known.items():
        try:
            said = _said(given.get(code), one)
        except ValidationError as refusal:
            wrong[code] = refusal.messages
            continue
        if said:
            kept[code] = said
        elif one.required:
            wrong[code] = [_("请填写“%(title)s”。") % {"title": one.title}]
    return kept


def _said(given: Any, one: Field) -> str:
    """Return what a further field says, as text; numbers and days in their one way of writing."""
    if given is None or str(given).strip() == "":
        return ""
    text = str(given).strip()[:300]
    if one.type == "number":
        whole(text, 6, field=one.code)
    elif one.type == "day":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise ValidationError(_("日期应写成2026-03-01的样子。")) from error
    elif one.type == "choice" and text not in dict(one.choices):
        raise ValidationError(_("不在可选的范围内。"))
    return text
