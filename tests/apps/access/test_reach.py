"""Reach: where a power may be used, and from which post."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.access import POWERS, Reach, Role, Standing

paths = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(
    lambda ids: "".join(f"{one}/" for one in ids)
)
standings = st.builds(
    Standing,
    role=st.sampled_from(Role),
    path=paths,
    node_id=st.just(1),
    post_id=st.integers(1, 5),
    principal_id=st.none() | st.just(7),
)


def at(path, *, principal=None, post=1):
    return Standing(Role.MEMBER, path, 1, post, principal)


def test_a_node_whose_id_begins_alike_is_not_below():
    assert not Reach((at("1/2/"),)).covers("1/23/")


def test_ones_own_post_comes_before_anothers():
    reach = Reach((at("1/2/3/", principal=7, post=1), at("1/", post=2)))

    assert reach.standing_for("1/2/3/").post_id == 2


def test_the_nearest_of_ones_own_posts_is_acted_from():
    reach = Reach((at("1/", post=1), at("1/2/", post=2)))

    assert reach.standing_for("1/2/3/").post_id == 2


def test_without_a_standing_nothing_is_reached():
    assert not Reach(())
    assert Reach(()).standing_for("1/") is None


def test_every_power_belongs_to_somebody():
    assert all(power.roles for power in POWERS.values())


@given(held=st.lists(standings), path=paths)
def test_a_place_is_covered_exactly_where_there_is_a_standing_for_it(held, path):
    reach = Reach(tuple(held))

    assert reach.covers(path) == (reach.standing_for(path) is not None)
