"""Report appraisals and reports found by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ronghe.apps.desk.search import Hit, Words, matching
from ronghe.apps.reporting.selectors.reports import appraisals_visible_to, reports_visible_to


def appraisals(user: Any, words: Words) -> Iterator[Hit]:
    """Find the report appraisals that concern somebody."""
    for one in appraisals_visible_to(user).filter(matching(words, "title", "node__name")):
        yield Hit(one.title, _("述职评议"), one.get_absolute_url(), one.node.name)


def reports(user: Any, words: Words) -> Iterator[Hit]:
    """Find the reports somebody may read, by secretary, organisation or year."""
    by = matching(words, "name", "node__name", "appraisal__title")
    for one in reports_visible_to(user).filter(by).order_by("-appraisal__year", "node__path"):
        detail = f"{one.name} · {one.get_stage_display()}"
        yield Hit(str(one), _("述职报告"), one.get_absolute_url(), detail)
