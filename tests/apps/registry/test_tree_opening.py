"""The tree a level at a time, and naming a node where there are many."""

from __future__ import annotations

import pytest
from django import forms

from ronghe.apps.access import Role
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.selectors import twigs_for
from ronghe.apps.registry.services import add_node, move_node
from ronghe.ui.forms import FEW, offer_nodes
from web_world import business_below, days


def drawn(twigs, depth=0):
    """Return what is drawn, as (depth, name)."""
    return [one for twig in twigs for one in [(depth, twig.name), *drawn(twig.below, depth + 1)]]


@pytest.fixture
def crowded(here):
    """A township with more below it than is drawn."""
    for number in range(FEW + 1):
        business_below(here.nodes["township"], code=f"Q{number:03}")
    return here


def test_the_tree_is_opened_down_to_where_ones_posts_are(here):
    assert drawn(twigs_for(here[Role.BRANCH_SECRETARY])) == [
        (0, "here"),
        (1, "here township"),
        (2, "here village"),
        (3, "here branch"),
    ]


def test_for_the_whole_county_only_its_first_level_is_open(here):
    names = [name for _depth, name in drawn(twigs_for(here[Role.ORGANISATION]))]

    assert names == ["here", "here department", "here township", "here township_beside"]


def test_a_node_that_is_asked_for_is_opened_with_all_above(here):
    shown = twigs_for(here[Role.ORGANISATION], to=here.nodes["village"].pk)

    assert (3, "here branch") in drawn(shown)
    assert (2, "here village_beside") not in drawn(shown)


def test_a_past_day_is_opened_as_it_was(here):
    village, beside = here.nodes["village"], here.nodes["township_beside"]
    move_node(village, parent=beside, since=days(0), by=here[Role.ORGANISATION])

    before = twigs_for(here[Role.ORGANISATION], to=here.nodes["township"].pk, day=days(-1))
    after = twigs_for(here[Role.ORGANISATION], to=here.nodes["township"].pk)

    assert (2, "here village") in drawn(before)
    assert (2, "here village") not in drawn(after)


def test_of_many_below_a_part_is_drawn_and_the_page_lists_all(signed_in, crowded):
    browser, township = signed_in(crowded[Role.ORGANISATION]), crowded.nodes["township"]

    tree = browser.get(f"/organisations/{township.pk}/twig/?open=1").content.decode()
    second = browser.get(f"/organisations/{township.pk}/?page=2").content.decode()

    assert "其余的列在组织页面上" in tree
    assert "Q060" not in tree
    assert "Q060" in second


def test_searching_lists_what_was_found_with_what_is_above(signed_in, crowded):
    page = signed_in(crowded[Role.ORGANISATION]).get("/organisations/?q=Q06")

    assert "Q060" in page.content.decode()
    assert "here / here township" in page.content.decode()


def test_the_tree_takes_as_many_queries_for_many_as_for_few(
    signed_in, crowded, django_assert_max_num_queries
):
    browser = signed_in(crowded[Role.ORGANISATION])

    with django_assert_max_num_queries(14):
        browser.get(f"/organisations/?open={crowded.nodes['township'].pk}")
    with django_assert_max_num_queries(10):
        browser.get("/organisations/?q=Q")


# --- naming one of many ------------------------------------------------------------------------


class Choice(forms.Form):
    """A form with a node to choose."""

    node = forms.ModelChoiceField(queryset=Node.objects.none(), label="组织")

    def __init__(self, said, nodes):
        super().__init__({"node": said})
        offer_nodes(self, "node", nodes)


@pytest.mark.parametrize("said", ["Q007", "Q007（Q007）", "  Q007 ", "007"])
def test_of_many_nodes_one_is_named_by_code_label_or_a_part(crowded, said):
    form = Choice(said, Node.objects.filter(kind="enterprise"))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["node"].code == "Q007"


@pytest.mark.parametrize(("said", "told"), [("Q00", "请写明代码"), ("没有的", "没有这个组织")])
def test_a_name_that_means_several_or_none_is_refused(crowded, said, told):
    form = Choice(said, Node.objects.filter(kind="enterprise"))

    assert told in form.errors["node"][0]


def test_suggestions_are_of_the_right_kind_and_within_reach(signed_in, crowded, there):
    business_below(there.nodes["township"], code="Q999")
    browser = signed_in(crowded[Role.ORGANISATION])

    def suggested(kind):
        return browser.get(f"/organisations/suggested/?field=to&kind={kind}&to=Q0").content.decode()

    assert "Q007（Q007）" in suggested("enterprise")
    assert "Q999" not in suggested("enterprise")
    assert "Q007" not in suggested("branch")


def test_a_new_village_appears_where_it_was_added(signed_in, here):
    add_node(
        parent=here.nodes["township"],
        code="new",
        name="新村",
        kind="village",
        level=3,
        since=days(0),
        by=here[Role.ADMINISTRATOR],
    )

    shown = signed_in(here[Role.PARTY_SECRETARY]).get("/organisations/").content.decode()

    assert "新村" in shown
