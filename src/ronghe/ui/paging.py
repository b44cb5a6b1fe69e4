"""Long lists, a page at a time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS = 50


def page_of(rows: Any, request: HttpRequest) -> Page[Any]:
    """Return the page that ``?page=`` asks for: the first or last where there is no such page."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
