"""Exact numbers: decimals to whole numbers of the last declared digit, and periods to days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 10**15
"""Beyond this no figure of a county lies; it is a slip of the keyboard."""

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12]))?")


def whole(amount: Decimal | int | str, scale: int, *, field: str) -> int:
    """Return an amount as a whole number of its last declared digit.

    Raises ValidationError for text that is no number and for digits too many: nothing is rounded.
    """
    try:
        shifted = Decimal(str(amount).strip().replace(",", "")).scaleb(scale)
    except InvalidOperation as error:
        raise ValidationError({field: _("“%(found)s”不是数字。") % {"found": amount}}) from error
    if not shifted.is_finite() or abs(shifted) >= LARGEST:
        raise ValidationError({field: _("“%(found)s”太大，请核对。") % {"found": amount}})
    if shifted != shifted.to_integral_value():
        told = _("“%(found)s”的小数位数太多，最多%(scale)d位；请按原件填，不要四舍五入。")
        raise ValidationError({field: told % {"found": amount, "scale": scale}})
    return int(shifted)


def plain(amount: Decimal) -> str:
    """Write an exact number without needless zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Period:
    """A period (期间): its label, its days, both inclusive, and the label of the one before."""

    label: str
    since: date
    until: date
    previous: str = ""

    @property
    def words(self) -> str:
        """Return the period as people say it."""
        return period_words(self.label)


def period_of(label: str) -> Period:
    """Return a period by its label: ``2025``, ``2025H1``, ``2025Q3`` or ``2025-07``.

    The one before is that of a year before, as growth is told. Raises ValidationError.
    """
    found = _PERIOD.fullmatch(label)
    if found is None or not 1900 <= int(found["year"]) <= 2999:
        told = _("期间应写成2025（年）、2025H1（半年）、2025Q3（季）或2025-07（月）。")
        raise ValidationError({"period": told})
    year = int(found["year"])
    first, last = _months(found)
    if not 1 <= first <= 12:
        raise ValidationError({"period": _("没有这个月份。")})
    until = date(year, last, calendar.monthrange(year, last)[1])
    return Period(label, date(year, first, 1), until, f"{year - 1}{label[4:]}")


def period_words(label: str) -> str:
    """Return a period as people say it."""
    found = _PERIOD.fullmatch(label)
    if found is None:
        return label
    if found["month"]:
        return _("%(year)s年%(month)d月") % {"year": found["year"], "month": int(found["month"])}
    if found["quarter"]:
        return _("%(year)s年第%(quarter)s季度") % found.groupdict()
    if found["half"]:
        words = _("%(year)s年上半年") if found["half"] == "1" else _("%(year)s年下半年")
        return words % {"year": found["year"]}
    return _("%(year)s年") % {"year": found["year"]}


def last_period(every: str, today: date) -> Period:
    """Return the last period that has ended: of a ``year``, ``half``, ``quarter`` or ``month``."""
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[every]
    ended = today.year * 12 + (today.month - 1) // months * months - 1
    year, number = ended // 12, ended % 12 // months + 1
    words = {"year": "", "half": f"H{number}", "quarter": f"Q{number}", "month": f"-{number:02d}"}
    return period_of(f"{year}{words[every]}")


def _months(found: re.Match[str]) -> tuple[int, int]:
    if found["month"]:
        return int(found["month"]), int(found["month"])
    if found["quarter"]:
        return 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"])
    if found["half"]:
        return 6 * int(found["half"]) - 5, 6 * int(found["half"])
    return 1, 12
