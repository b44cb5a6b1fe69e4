"""A business raises a difficulty on its phone without script; axe finds nothing on its pages."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from browser.test_accessibility import SIZES, violations
from records_world import a_definition
from ronghe.apps.access import Role


def asked(county):
    """Let a figure be asked of every business; return the business."""
    a_definition(county, title="用工人数", scale=0, owner=None, lowest_level="enterprise")
    return county.nodes["enterprise"]


def test_a_difficulty_is_said_once_on_a_phone_without_script(open_page, county):
    node = asked(county)
    page = open_page(java_script_enabled=False, viewport=SIZES["phone"])
    sign_in(page, county.people[Role.ENTERPRISE])
    page.goto(f"/organisations/{node.pk}/")
    page.get_by_role("link", name="反映困难").click()
    page.get_by_label("什么事").fill("旺季招不到工人")
    page.get_by_label("哪方面").select_option(label="用工")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("旺季招不到工人")).to_be_visible()

    page.goto(f"/organisations/{node.pk}/")
    expect(page.get_by_text("旺季招不到工人")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_a_business(open_page, county):
    node = asked(county)
    page, found = open_page(), {}
    sign_in(page, county.people[Role.ENTERPRISE])
    for path in (
        f"/organisations/{node.pk}/",
        f"/records/businesses/{node.pk}/figures/",
        f"/records/organisations/{node.pk}/figures/",
        f"/records/new/entry/?kind=difficulty_raised&unit={node.pk}",
    ):
        page.goto(path)
        found[path] = violations(page)

    assert not any(found.values()), found
