"""Whole numbers as people read them: points, percentages, shares, days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ronghe.analysis.scoring.expressions import rounded
from ronghe.wording import Language

GAP = "—"
"""What stands for a missing value."""


def decimal_text(value: int | None, scale: int, digits: int | None = None) -> str:
    """Write a whole number held at a scale, with so many digits, rounded half away from zero.

    >>> decimal_text(-1250, 3, 2), decimal_text(7, 0), decimal_text(None, 3)
    ('-1.25', '7', '—')
    """
    if value is None:
        return GAP
    digits = scale if digits is None else digits
    shown = rounded(value * 10**digits, 10**scale)
    whole, part = divmod(abs(shown), 10**digits)
    sign = "-" if shown < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def points_text(thousandths: int | None, digits: int = 3) -> str:
    """Write thousandths of a point as points."""
    return decimal_text(thousandths, 3, digits)


def percent_text(hundredths: int | None) -> str:
    """Write hundredths of a percent with one digit.

    >>> percent_text(8345)
    '83.5%'
    """
    return GAP if hundredths is None else decimal_text(hundredths, 2, 1) + "%"


def share_text(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage with one digit; of nothing, a gap."""
    return percent_text(rounded(10_000 * part, whole)) if whole else GAP


def mean(total: int | None, count: int) -> int | None:
    """Return the mean of whole numbers, rounded half away from zero; of none, a gap."""
    return rounded(int(total), count) if total is not None and count else None


def fraction_text(share: Fraction) -> str:
    """Write a share as a percentage with as many digits as it needs, at most two.

    >>> fraction_text(Fraction(1, 3)), fraction_text(Fraction(3, 10))
    ('33.33%', '30%')
    """
    shown = decimal_text(rounded(share.numerator * 10_000, share.denominator), 2)
    return shown.rstrip("0").rstrip(".") + "%"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(day: date, language: Language) -> str:
    """Write a day as documents do: 2025年12月31日, 31 December 2025."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
