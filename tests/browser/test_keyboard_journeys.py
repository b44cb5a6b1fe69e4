"""Journeys by keyboard alone: what has the focus is seen, nothing holds it, Escape closes menus."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from records_world import a_definition
from ronghe.apps.access import Role
from ronghe.apps.records.models import Measure

MOST = 80
"""So many presses of the tabulator lead anywhere on these pages."""

FOCUS = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const words = (it.labels?.[0] ?? it).innerText ?? "";
  return {
    tag: it.tagName, words: words.trim(), inside: !!it.closest("main"),
    seen: it === document.body || (box.width > 0 && box.right > 0
      && (style.outlineStyle !== "none" || style.boxShadow !== "none")),
  };
}"""


def focus_of(page):
    return page.evaluate(FOCUS)


def tab_to(page, words):
    """Press the tabulator until something with these words has the focus, always seen."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        focus = focus_of(page)
        assert focus["seen"], focus
        if focus["tag"] not in ("BODY", "MAIN") and words in focus["words"]:
            return
    raise AssertionError(f"no focus on {words}")


def test_from_the_desk_to_what_was_entered(open_page, county):
    a_definition(county, title="用工人数", scale=0, owner=None, lowest_level="enterprise")
    page = open_page()
    sign_in(page, county.people[Role.ENTERPRISE])

    tab_to(page, "去填报")
    page.keyboard.press("Enter")
    expect(page.get_by_label("用工人数")).to_be_visible()
    tab_to(page, "用工人数")
    page.keyboard.type("35")
    tab_to(page, "报送")
    page.keyboard.press("Enter")

    expect(page.get_by_text("已报送；各部门共用")).to_be_visible()
    assert Measure.objects.get().value == 35


def test_the_first_stop_leads_past_the_navigation(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto("/records/new/")

    page.keyboard.press("Tab")
    assert focus_of(page)["words"] == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert focus_of(page)["inside"]


def test_escape_closes_the_menu_and_gives_the_focus_back(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    name = county.people[Role.BRANCH_SECRETARY].name
    tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="我的账号")).to_be_hidden()
    assert focus_of(page)["words"] == name


def test_nothing_on_the_page_of_an_organisation_holds_the_focus(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.ORGANISATION])
    page.goto(f"/organisations/{county.nodes['branch'].pk}/")
    stops = []
    for _press in range(MOST):
        page.keyboard.press("Tab")
        stops.append(focus_of(page))
        if stops[-1]["tag"] == "BODY":
            break

    assert stops[-1]["tag"] == "BODY"
    assert all(one["seen"] for one in stops)
