"""Searching: part of a name or its initials, only within reach, in a bounded number of queries."""

from __future__ import annotations

import pytest

from ronghe.apps.access import Role
from ronghe.apps.desk.search import fits, found_by, initials, words_in
from ronghe.apps.registry.models import Node
from web_world import on_roster


def titles(user, typed):
    return {hit.title for group in found_by(user, words_in(typed)) for hit in group.hits}


@pytest.mark.parametrize(
    ("text", "letters"),
    [("枣树村党支部", "zscdzb"), ("李长山", "lcs"), ("融合2026", "rh2026"), ("王喆", "w?")],
)
def test_initials_are_those_of_the_sounds(text, letters):
    assert initials(text) == letters


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("枣树", True),
        ("zsc", True),
        ("ZSC", True),
        ("村 支部", True),
        ("村 社区", False),
        ("zz", False),
    ],
)
def test_every_word_has_to_fit_the_text_or_its_initials(typed, found):
    assert fits(words_in(typed), "枣树村党支部") is found


def test_organisations_are_found_by_part_of_the_name_initials_or_code(here):
    village = here.nodes["village"]
    Node.objects.filter(pk=village.pk).update(name="枣树村")
    officer = here[Role.TOWNSHIP_OFFICER]

    assert titles(officer, "枣树") == titles(officer, "zsc") == {"枣树村"}
    assert "枣树村" in titles(officer, village.code)


def test_nothing_of_another_county_is_found(here, there):
    on_roster(there.nodes["branch"], name="王小河")
    for role in Role:
        assert titles(here[role], "there") == set()
        assert "王小河" not in titles(here[role], "王小河")


def test_members_are_found_only_by_those_who_may_see_the_roster(here):
    on_roster(here.nodes["branch"], name="王小河")

    found = {role for role in Role if "王小河" in titles(here[role], "wxh")}

    assert found == {
        Role.ORGANISATION,
        Role.PARTY_SECRETARY,
        Role.TOWNSHIP_OFFICER,
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
    }


def test_people_are_found_only_by_those_who_may_see_them(here):
    assert "here-member" in titles(here[Role.ADMINISTRATOR], "here-member")
    assert "here-member" not in titles(here[Role.VIEWER], "here-member")


def test_rules_are_found_by_their_words(here):
    assert titles(here[Role.MEMBER], "支部 党员")


def test_nothing_is_found_for_no_words(here):
    assert found_by(here[Role.ADMINISTRATOR], words_in("  ")) == []


def test_searching_asks_as_often_for_many_as_for_few(
    here, signed_in, django_assert_max_num_queries
):
    for number in range(40):
        on_roster(here.nodes["branch"], name=f"王小{number}")
    browser = signed_in(here[Role.ORGANISATION])

    with django_assert_max_num_queries(24):
        groups = browser.get("/search/?q=wx").context["groups"]

    members = next(group for group in groups if group.what == "党员")
    assert (len(members.hits), members.more) == (20, True)
    assert "还有更多" in browser.get("/search/?q=王小").content.decode()


def test_the_box_stands_on_every_page(here, signed_in):
    page = signed_in(here[Role.MEMBER]).get("/me/").content.decode()

    assert 'action="/search/"' in page
    assert "没有找到。" in signed_in(here[Role.MEMBER]).get("/search/?q=qqqq").content.decode()
