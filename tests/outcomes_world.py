"""Yearly figures of townships, for the cockpit's tests, whoever delivers them."""

from __future__ import annotations

from ronghe.apps.planning.outcomes import document
from ronghe.apps.records.models import Measure, MeasureDefinition
from ronghe.apps.records.services.stating import unit_of
from web_world import County

YEARS = ("2024", "2025")


def township_figures(county: County, *, skip: tuple[str, ...] = (), years=YEARS) -> None:
    """Deliver every measure of the dimensions: the township grows, the one beside stays lower.

    ``skip`` names measures that have no figure in the last year.
    """
    node, department = county.nodes["county"], county.nodes["department"]
    for number, indicator in enumerate(document().indicators(), start=10):
        what = MeasureDefinition.objects.create(
            county=node,
            code=indicator.code,
            title=indicator.title.zh,
            scale=1,
            unit_of_measurement="个",
            lowest_level="township",
            owner=department,
        )
        for year, period in enumerate(years):
            if indicator.code in skip and period == years[-1]:
                continue
            for key, value in (("township", number + 5 * year), ("township_beside", number - 2)):
                given = {"unit": unit_of(county.nodes[key]), "period": period, "source": "报表"}
                Measure.objects.create(definition=what, value=10 * value, **given)
