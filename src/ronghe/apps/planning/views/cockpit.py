"""Pages of the cockpit: a county at a glance, and one place with what drives its scores."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.fusing import Fused, fused
from ronghe.apps.appraisal.models import Round
from ronghe.apps.planning import pictures
from ronghe.apps.planning.alongside import linked_line
from ronghe.apps.planning.attention import stuck_in
from ronghe.apps.planning.lines import dimension_lines, measure_groups, place_rows
from ronghe.apps.planning.outcomes import Outcomes, outcomes_of
from ronghe.apps.planning.permissions import SEE_COCKPIT
from ronghe.apps.planning.selectors import cockpit as selectors
from ronghe.apps.registry.models import Node
from ronghe.ui.components import Tab
from ronghe.wording import Language


@login_required
def cockpit(request: HttpRequest) -> HttpResponse:
    """Show a county: five dimensions, what is stuck, the map of places, ranks, fusion."""
    if not selectors.counties_led_by(request.user):
        return _places(request)
    county = selectors.county_led_by(request.user, request.GET.get("county", ""))
    outcomes = outcomes_of(county)
    period = _period(request, outcomes)
    stuck = stuck_in(request.user, county)
    round_ = selectors.computed_round(request.user, county)
    context: dict[str, Any] = {
        "county": county,
        "counties": selectors.counties_led_by(request.user),
        "stuck": [one for one in stuck if not one.in_time],
        "coming": [one for one in stuck if one.in_time],
        "round": round_,
        "fused": round_ and _fused(request, round_),
        "period": period,
        **_method(outcomes, period),
    }
    if period:
        context |= _outcome(request, outcomes, county, period)
    return render(request, "planning/cockpit.html", context)


def _places(request: HttpRequest) -> HttpResponse:
    """Show who leads no county their townships; the only one at once."""
    if not request.user.has_perm(SEE_COCKPIT):
        raise PermissionDenied
    places = list(selectors.places_led_by(request.user))
    if len(places) == 1:
        return redirect("planning:place", places[0].pk)
    return render(request, "planning/places.html", {"places": places})


def _fused(request: HttpRequest, round_: Round | None) -> Fused | None:
    language: Language = "en" if get_language() == "en" else "zh"
    return fused(round_, language, request.user) if round_ else None


def _outcome(request: HttpRequest, outcomes: Outcomes, county: Node, period: str) -> dict[str, Any]:
    """Return the pictures and rows of a year."""
    standings = outcomes.standings(period)
    chosen = request.GET.get("by", "")
    part = next((one for one in outcomes.dimensions if one.code == chosen), None)
    if part is None:
        tiles = pictures.tiles_of_bands(outcomes, standings)
    else:
        tiles = pictures.tiles_of_scores(outcomes, period, part)
    at = {"county": county.pk, "year": period}
    views = [("", _("总体")), *((one.code, pictures.named(one)) for one in outcomes.dimensions)]
    here = part.code if part else ""
    return {
        "years": _years(request, outcomes, period),
        "dimensions": [
            (one, f"{_address(request, **at, by=one.code)}#map")
            for one in dimension_lines(outcomes, period)
        ],
        "tabs": [
            Tab(title, f"{_address(request, **at, by=code)}#map", code == here)
            for code, title in views
        ],
        "tiles": tiles,
        "radar": pictures.radar(outcomes, period),
        "ranks": pictures.ranks(outcomes, standings) if any(standings) else None,
        "rows": place_rows(outcomes, standings, period),
    }


@login_required
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a place: its dimensions beside the median, its courses, and what drives each."""
    shown = selectors.place_led_by(request.user, pk)
    county = shown.county or shown
    outcomes = outcomes_of(county)
    period = _period(request, outcomes)
    round_ = selectors.computed_round(request.user, county)
    context: dict[str, Any] = {
        "place": shown,
        "county": county,
        "period": period,
        "round": round_,
        "line": linked_line(request.user, _fused(request, round_), shown),
    }
    context |= _method(outcomes, period)
    if period:
        standing = outcomes.standings(period)[outcomes.at(shown)]
        courses = [("", _("总指数"))]
        courses += [(one.code, pictures.named(one)) for one in outcomes.dimensions]
        context |= {
            "years": _years(request, outcomes, period),
            "total": outcomes.score(period, "", outcomes.at(shown)),
            "middle": outcomes.middle(period, ""),
            "band": pictures.band(standing),
            "interval": pictures.interval(standing),
            "radar": pictures.radar(outcomes, period, shown),
            "drivers": pictures.drivers(outcomes, period, shown),
            "courses": [pictures.course(outcomes, code, name, shown) for code, name in courses],
            "groups": measure_groups(outcomes, period, shown),
        }
    return render(request, "planning/place.html", context)


def _method(outcomes: Outcomes, period: str) -> dict[str, Any]:
    """Return what each dimension is made of, and what has no figures this year."""
    made = [
        (pictures.named(part), [pictures.named(one) for one in part.nodes() if not one.children])
        for part in outcomes.dimensions
    ]
    absent = [pictures.named(one) for one in outcomes.years.absent(period)] if period else []
    return {"made": made, "absent": absent}


def _period(request: HttpRequest, outcomes: Outcomes) -> str:
    """Return the year asked for, else the last with figures; empty without any."""
    asked = request.GET.get("year", "")
    return asked if asked in outcomes.periods else (outcomes.periods or [""])[-1]


def _years(request: HttpRequest, outcomes: Outcomes, period: str) -> list[Tab]:
    return [
        Tab(_("%(period)s年") % {"period": one}, _address(request, year=one), one == period)
        for one in outcomes.periods
    ]


def _address(request: HttpRequest, **chosen: Any) -> str:
    """Return the page's address with what is chosen, the rest as it was."""
    query = request.GET.copy()
    for name, value in chosen.items():
        query[name] = str(value)
    return f"{request.path}?{query.urlencode()}"
