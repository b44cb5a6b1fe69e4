"""The dated tree: adding, moving, and last year's tree as it was."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.registry.models import Node, ParentLink
from ronghe.apps.registry.selectors import tree_on, tree_visible_to
from ronghe.apps.registry.services import add_node, move_node
from web_world import days, grow


def parents(rows):
    """Return each node's indentation and name, as the tree shows them."""
    return [(row.depth, row.node.name) for row in rows]


def add(here, parent, **changed):
    given_ = {"code": "new", "name": "新村", "kind": "village", "level": 3, "since": days(0)}
    return add_node(parent=here.nodes[parent], by=here[Role.ORGANISATION], **{**given_, **changed})


def test_an_added_node_lies_at_the_end_of_its_parents_path(here):
    node = add(here, "township")

    assert node.path == f"{here.nodes['township'].path}{node.pk}/"


def test_a_move_takes_everything_below_along(here):
    move_node(
        here.nodes["village"],
        parent=here.nodes["township_beside"],
        since=days(0),
        by=here[Role.ORGANISATION],
    )

    branch = Node.objects.get(pk=here.nodes["branch"].pk)
    assert branch.path.startswith(here.nodes["township_beside"].path)


def test_a_move_leaves_the_tree_of_the_day_before_as_it_was(here):
    user = here[Role.ORGANISATION]
    before = parents(tree_on(user, days(-1)))

    move_node(here.nodes["village"], parent=here.nodes["township_beside"], since=days(0), by=user)

    assert parents(tree_on(here[Role.ORGANISATION], days(-1))) == before
    assert parents(tree_on(here[Role.ORGANISATION], days(0))) != before


def test_todays_tree_is_the_same_by_paths_and_by_links(here):
    user = here[Role.ORGANISATION]
    move_node(here.nodes["village"], parent=here.nodes["township_beside"], since=days(0), by=user)

    assert parents(tree_on(user, days(0))) == parents(tree_visible_to(user))


def test_before_it_was_founded_a_node_is_not_in_the_tree(here):
    add(here, "township")

    names = [row.node.name for row in tree_on(here[Role.ORGANISATION], days(-1))]
    assert "新村" not in names


def test_a_township_secretary_sees_the_own_township_and_what_is_above(here):
    seen = {row.node.pk for row in tree_visible_to(here[Role.PARTY_SECRETARY])}

    below = ("county", "township", "village", "branch", "enterprise")
    assert seen == {here.nodes[name].pk for name in below}


def test_two_counties_do_not_see_each_others_trees(here, there):
    for role in Role:
        seen = {row.node.county_id_or_own for row in tree_visible_to(here[role])}
        assert seen == {here.nodes["county"].pk}


def test_the_same_code_may_stand_in_two_counties_but_not_twice_in_one(here, there):
    add(here, "township", code="unique")
    add(there, "township", code="unique")

    with pytest.raises(ValidationError):
        add(here, "village", code="unique")


@pytest.mark.parametrize(
    ("moved", "parent", "since", "field"),
    [
        ("township", "branch", 0, "parent"),
        ("township", "township", 0, "parent"),
        ("village", "township", 0, "parent"),
        ("county", "township", 0, "parent"),
        ("township", "village_beside", 0, "level"),
        ("village", "township_beside", 1, "since"),
        ("village", "township_beside", -400, "since"),
    ],
)
def test_an_impossible_move_is_refused_and_changes_nothing(here, moved, parent, since, field):
    before = list(ParentLink.objects.values())

    with pytest.raises(ValidationError) as refusal:
        move_node(
            here.nodes[moved],
            parent=here.nodes[parent],
            since=days(since),
            by=here[Role.ORGANISATION],
        )

    assert list(refusal.value.message_dict) == [field]
    assert list(ParentLink.objects.values()) == before


def test_nothing_is_moved_into_another_county(here, there):
    with pytest.raises(PermissionDenied):
        move_node(
            here.nodes["village"],
            parent=there.nodes["township"],
            since=days(0),
            by=here[Role.ORGANISATION],
        )


def test_a_child_is_never_above_its_parent(here):
    with pytest.raises(ValidationError):
        add(here, "village", level=2)


def test_changes_to_the_tree_are_audited(here):
    node = add(here, "township")

    entry = Entry.objects.get(action="registry.node_added", target_id=node.pk)
    assert entry.actor == here.people[Role.ORGANISATION]
    assert entry.details["parent"] == here.nodes["township"].pk


def test_the_tree_page_shows_a_past_day(signed_in, here):
    browser = signed_in(here[Role.ORGANISATION])
    add(here, "township")

    past = browser.get(f"/organisations/?on={days(-1).isoformat()}").content.decode()

    assert "新村" not in past
    assert "新村" in browser.get("/organisations/").content.decode()


def test_a_refused_move_is_answered_with_422_at_the_field(signed_in, here):
    browser = signed_in(here[Role.ORGANISATION])

    sent = {"parent": here.nodes["township"].pk, "since": days(0).isoformat()}
    page = browser.post(f"/organisations/{here.nodes['village'].pk}/move/", sent)

    assert page.status_code == 422
    assert page.context["form"].errors["parent"] == ["现在就隶属于这个组织。"]


def test_the_tree_needs_as_many_queries_for_fifty_nodes_as_for_one(
    signed_in, here, django_assert_max_num_queries
):
    for number in range(50):
        add(here, "village", code=str(number), name=str(number))
    browser = signed_in(here[Role.ORGANISATION])

    with django_assert_max_num_queries(10):
        browser.get("/organisations/")


class TestMoves(TestCase):
    """Whatever is moved where, paths and links agree and nothing is lost."""

    @given(moves=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4))
    def test_after_any_moves_every_path_ends_with_its_parents(self, moves):
        county = grow("any")
        names = list(county.nodes)
        for day, (moved, parent) in enumerate(moves):
            try:
                move_node(
                    county.nodes[names[moved]],
                    parent=county.nodes[names[parent]],
                    since=days(day - 10),
                    by=county[Role.ORGANISATION],
                )
            except ValidationError:
                continue

        for link in ParentLink.objects.filter(until=None).select_related("child", "parent"):
            assert link.child.path == f"{link.parent.path}{link.child_id}/"
        assert ParentLink.objects.filter(until=None).count() == Node.objects.count() - 1
