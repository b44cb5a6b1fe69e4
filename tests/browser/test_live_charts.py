"""Charts are drawings until somebody points at one."""

from __future__ import annotations

from browser.conftest import sign_in
from ronghe.apps.access import Role


def test_a_chart_comes_alive_when_pointed_at(county, open_page):
    page = open_page()
    sign_in(page, county[Role.MEMBER])
    page.goto("/style-guide/")
    assert page.locator("canvas").count() == 0

    page.locator("[data-chart]").first.hover()

    page.locator("[data-chart] canvas").first.wait_for()
