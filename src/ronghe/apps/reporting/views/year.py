"""The secretary's year: what is due when, what is recorded, results and why; as a calendar too."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from ronghe.apps.records.calendars import Day, calendar_of
from ronghe.apps.records.numbers import plain
from ronghe.apps.registry.models import Node
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models.reports import THEMES
from ronghe.apps.reporting.selectors import facts
from ronghe.apps.reporting.selectors import year as selectors
from ronghe.apps.reporting.telling import tell
from ronghe.apps.reporting.yearplan import by_matter, by_month
from ronghe.ui.components import Tab

LOST = 5


@login_required
def year(request: HttpRequest) -> HttpResponse:
    """Show the year of an organisation to its secretary."""
    node, chosen = _asked(request)
    entries = selectors.entries_for(request.user, node, chosen)
    known = facts.facts_for(request.user, node, chosen)
    told = groupby((one for one in tell(known) if not one.is_gap), key=lambda one: one.theme)
    titles = dict(THEMES)
    results = [
        one for at in (chosen, chosen - 1) for one in facts.results_for(request.user, node, at)
    ]
    context = {
        "node": node,
        "year": chosen,
        "places": _tabs(request, node, chosen),
        "years": [_address(node, at) for at in (chosen - 1, chosen + 1)],
        "months": by_month(entries),
        "rows": by_matter(entries),
        "told": [(titles[theme], list(rows)) for theme, rows in told],
        "results": [_result(one) for one in results],
        "figures": selectors.figures_for(request.user, node, chosen),
        "calendar": f"{reverse('reporting:year_ics')}?{urlencode({'at': node.pk, 'year': chosen})}",
    }
    return render(request, "reporting/year.html", context)


@login_required
def year_ics(request: HttpRequest) -> HttpResponse:
    """Send the year as a calendar file."""
    node, chosen = _asked(request)
    entries = selectors.entries_for(request.user, node, chosen)
    days = [
        Day(f"{node.pk}-{chosen}-{one.key}", one.day, f"{one.title}（{_words(one.state)}）")
        for one in entries
    ]
    name = _("%(place)s %(year)d年") % {"place": node.name, "year": chosen}
    response = HttpResponse(calendar_of(days, name=name), content_type="text/calendar")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.ics") or ""
    return response


def _asked(request: HttpRequest) -> tuple[Node, int]:
    """Return the organisation and year that are asked for, one's own and today's without."""
    if not request.user.has_perm(powers.WRITE):
        raise PermissionDenied
    at, asked = request.GET.get("at", ""), request.GET.get("year", "")
    node = selectors.place_led_by(request.user, int(at) if at.isascii() and at.isdigit() else None)
    fits = asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= 2100
    return node, int(asked) if fits else timezone.localdate().year


def _tabs(request: HttpRequest, node: Node, chosen: int) -> list[Tab]:
    places = selectors.places_led_by(request.user)
    if len(places) < 2:
        return []
    return [Tab(one.name, _address(one, chosen), one == node) for one in places]


def _address(node: Node, chosen: int) -> str:
    return f"{reverse('reporting:year')}?{urlencode({'at': node.pk, 'year': chosen})}"


def _words(state: str) -> str:
    return {
        "done": _("已记录"),
        "now": _("这一期还没有记录"),
        "late": _("没有记录"),
        "ahead": _("还没到"),
    }[state]


def _result(result: Any) -> dict[str, Any]:
    """Return a result with where its points were lost."""
    lost = [(title, plain(points)) for title, points in facts.lost_by(result)[:LOST]]
    return {"result": result, "grade": facts.grade_of(result), "lost": lost,
            "total": plain(facts.points(result)), "round": result.run.round}  # fmt: skip
