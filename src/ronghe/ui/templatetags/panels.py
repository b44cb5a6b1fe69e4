"""The place on an object's page where other apps show their panels."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from ronghe.ui.panels import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Any, shown: Any) -> SafeString:
    """Show what other apps have about an object."""
    drawn = panels_for(context["request"], shown)
    return format_html_join("", "{}", ((mark_safe(one),) for one in drawn))  # noqa: S308
