"""Charts as template tags: ``{% load charts %}{% chart trend %}{% tiles map %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from ronghe.exchange import figures
from ronghe.ui.charts import Chart, Tiles

register = template.Library()


@register.inclusion_tag("ui/components/chart.html", takes_context=True)
def chart(context: Any, shown: Chart, *, beside: bool = False) -> dict[str, Any]:
    """Show a chart: drawn without script, live with it, its figures in a table.

    The table opens below, or stands ``beside`` the chart where there is room.
    """
    return {
        "chart": shown,
        "picture": mark_safe(shown.svg()),  # noqa: S308 - every text in it is escaped
        "option": shown.option(),
        "table": shown.table(),
        "beside": beside,
        "looks": _first(context, "looks"),
        "script": _first(context, "script"),
    }


@register.inclusion_tag("ui/components/tiles.html", takes_context=True)
def tiles(context: Any, shown: Tiles) -> dict[str, Any]:
    """Show a map of named tiles with its legend."""
    return {"map": shown, "looks": _first(context, "looks")}


@register.simple_tag
def spark(title: str, values: Sequence[float | None]) -> SafeString:
    """Show a course small, for ``stat``; the page needs another chart or ``{% chart_style %}``."""
    return mark_safe(figures.spark(title, values))  # noqa: S308 - every text in it is escaped


@register.inclusion_tag("ui/components/chart_style.html", takes_context=True)
def chart_style(context: Any) -> dict[str, Any]:
    """Load the looks of charts on a page that has only small ones."""
    return {"looks": _first(context, "looks")}


def _first(context: Any, part: str) -> bool:
    """Tell whether nothing before on the page has loaded the looks, or the script."""
    first = not context.render_context.get(f"charts_{part}", False)
    context.render_context[f"charts_{part}"] = True
    return first
