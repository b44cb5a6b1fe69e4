"""How results are written: points, spans, numbers inside drawings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from ronghe.apps.appraisal.models import Result
from ronghe.wording.explanation import interval

register = template.Library()


@register.filter
def points(thousandths: int | None) -> str:
    """Write thousandths of a point as points; a dash where there are none."""
    if thousandths is None:
        return "—"
    text = f"{Decimal(thousandths).scaleb(-3):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def signed(thousandths: int) -> str:
    """Write a difference in thousandths with its sign."""
    return f"+{points(thousandths)}" if thousandths > 0 else points(thousandths)


@register.filter
def span(result: Result) -> str:
    """Write a rank interval: 2–4, or 3 where it is one rank."""
    return interval(result.low, result.high)


@register.filter
def looked_up(code: str, names: Mapping[str, Any]) -> str:
    """Return what a code is called, itself where it has no name."""
    return str(names.get(code, code))
