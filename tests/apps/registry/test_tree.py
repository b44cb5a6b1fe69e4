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
from ronghe.apps.registry.services import (
    add_node,
    close_node,
    merge_node,
    move_node,
    rename_node,
    split_node,
)
from web_world import days, grow


def parents(rows):
    """Return each node's indentation and name, as the tree shows them."""
    return [(row.depth, row.name) for row in rows]


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

    opened = f"/organisations/?open={here.nodes['township'].pk}"
    past = browser.get(f"{opened}&on={days(-1).isoformat()}").content.decode()

    assert "新村" not in past
    assert "新村" in browser.get(opened).content.decode()


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


# --- renaming, splitting, merging, closing ------------------------------------------------------


@pytest.fixture
def by(here):
    return here[Role.ORGANISATION]


@pytest.fixture
def yesterday(here, by):
    """The tree as it stood yesterday, before the test changed anything."""
    return parents(tree_on(by, days(-1)))


def test_a_renamed_node_keeps_its_old_name_on_earlier_days(here, by, yesterday):
    rename_node(here.nodes["village"], name="新枣树村", since=days(0), by=by)

    assert parents(tree_on(by, days(-1))) == yesterday
    assert (2, "新枣树村") in parents(tree_on(by, days(0)))


def test_each_of_two_former_names_stands_on_its_days(here, by):
    village = here.nodes["village"]
    rename_node(village, name="二", since=days(-10), by=by)
    rename_node(village, name="三", since=days(-5), by=by)

    shown = [dict(map(reversed, parents(tree_on(by, days(day))))) for day in (-11, -10, -6, -5)]
    assert ["here village" in one for one in shown] == [True, False, False, False]
    assert ["二" in one for one in shown] == [False, True, True, False]
    assert ["三" in one for one in shown] == [False, False, False, True]


@pytest.mark.parametrize(("name", "since"), [("here village", 0), ("新", 1), ("新", -400)])
def test_an_impossible_renaming_is_refused(here, by, name, since):
    with pytest.raises(ValidationError):
        rename_node(here.nodes["village"], name=name, since=days(since), by=by)


def test_a_merged_node_hands_on_what_is_below_and_is_gone(here, by, yesterday):
    merge_node(here.nodes["township"], into=here.nodes["township_beside"], since=days(0), by=by)

    assert parents(tree_on(by, days(-1))) == yesterday
    assert "here township" not in [row.name for row in tree_on(by, days(0))]
    branch = Node.objects.get(pk=here.nodes["branch"].pk)
    assert branch.path.startswith(here.nodes["township_beside"].path)


def test_a_merger_is_recorded_as_such(here, by):
    merge_node(here.nodes["township"], into=here.nodes["township_beside"], since=days(0), by=by)

    succession = here.nodes["township"].successions.get()
    assert (succession.manner, succession.since) == ("merged", days(0))
    assert succession.successor == here.nodes["township_beside"]


def test_posts_at_a_merged_node_give_nothing_any_more(here, by):
    merge_node(here.nodes["township"], into=here.nodes["township_beside"], since=days(0), by=by)

    assert here[Role.PARTY_SECRETARY].standings() == ()


def test_nothing_is_merged_into_what_is_below_it(here, by):
    with pytest.raises(ValidationError) as refusal:
        merge_node(here.nodes["township"], into=here.nodes["village"], since=days(0), by=by)

    assert list(refusal.value.message_dict) == ["into"]


def test_a_split_takes_the_chosen_children_along(here, by, yesterday):
    made = split_node(
        here.nodes["township"],
        code="split",
        name="新镇",
        children=[here.nodes["village"]],
        since=days(0),
        by=by,
    )

    assert parents(tree_on(by, days(-1))) == yesterday
    branch = Node.objects.get(pk=here.nodes["branch"].pk)
    assert branch.path.startswith(made.path)
    assert (made.kind, made.level) == ("township", 2)
    assert made.origins.get().manner == "split"


def test_a_split_takes_nothing_that_lies_elsewhere(here, by):
    before = Node.objects.count()

    with pytest.raises(ValidationError):
        split_node(
            here.nodes["township"],
            code="split",
            name="新镇",
            children=[here.nodes["village_beside"]],
            since=days(0),
            by=by,
        )

    assert Node.objects.count() == before


def test_a_closed_node_stands_in_earlier_trees_only(here, by, yesterday):
    close_node(here.nodes["branch"], on=days(-1), by=by)

    assert parents(tree_on(by, days(-1))) == yesterday
    assert parents(tree_on(by, days(0))) == parents(tree_visible_to(by))
    assert here.nodes["branch"].pk not in [row.node.pk for row in tree_visible_to(by)]


def test_a_node_with_something_below_is_not_closed(here, by):
    with pytest.raises(ValidationError):
        close_node(here.nodes["village"], on=days(0), by=by)


@pytest.mark.parametrize("act", [close_node, rename_node, move_node])
def test_what_is_closed_is_not_changed_any_more(here, by, act):
    close_node(here.nodes["branch"], on=days(-1), by=by)
    given_ = {
        close_node: {"on": days(0)},
        rename_node: {"name": "新", "since": days(0)},
        move_node: {"parent": here.nodes["village_beside"], "since": days(0)},
    }

    with pytest.raises(ValidationError):
        act(here.nodes["branch"], by=by, **given_[act])


def test_a_county_is_renamed_but_neither_moved_nor_closed(here, by):
    county = here.nodes["county"]
    rename_node(county, name="清河市", since=days(0), by=by)

    assert parents(tree_on(by, days(-1)))[0] == (0, "here")
    with pytest.raises(ValidationError):
        merge_node(county, into=here.nodes["township"], since=days(0), by=by)


@pytest.mark.parametrize("what", ["move", "rename", "split", "merge", "close"])
def test_every_change_has_a_page_that_explains_it(signed_in, here, what):
    page = signed_in(here[Role.ORGANISATION]).get(
        f"/organisations/{here.nodes['village'].pk}/{what}/"
    )

    assert str(page.context["explained"]) in page.content.decode()


def test_a_changed_node_shows_its_history(signed_in, here, by):
    rename_node(here.nodes["village"], name="新枣树村", since=days(-3), by=by)
    merge_node(here.nodes["village_beside"], into=here.nodes["village"], since=days(0), by=by)

    page = signed_in(here[Role.ORGANISATION]).get(f"/organisations/{here.nodes['village'].pk}/")

    assert "此前名为“here village”" in page.content.decode()
    assert "here village_beside并入" in page.content.decode()


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
