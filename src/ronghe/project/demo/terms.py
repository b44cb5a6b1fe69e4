"""The demonstration's terms of office: a few are over, the others end in the years to come."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.utils import timezone

from ronghe.apps.members.models import PARTY_KINDS, Belonging, Member, Relation, Seat, Stage, Term
from ronghe.apps.members.rules import later
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.regulations import selectors as regulations
from ronghe.project.demo.people import BRANCH
from ronghe.project.demo.world import World, in_batches

POSTS = (
    Seat.Post.SECRETARY,
    Seat.Post.ORGANISATION,
    Seat.Post.PUBLICITY,
    Seat.Post.DISCIPLINE,
    Seat.Post.DEPUTY,
)


def load(world: World) -> None:
    """Give every Party organisation a term, and branches and townships their committee."""
    drawn = random.Random(2026)  # noqa: S311 - not a secret
    today = timezone.localdate()
    years = {
        key: regulations.number(f"terms.{key}_years", on=today, at=world.county)
        for key in ("village_community", "committee", "other_branch")
    }
    parties = {code: node for code, node in world.nodes.items() if node.kind in PARTY_KINDS}
    terms = in_batches(
        [_term(drawn, node, years[_rule(code)], today) for code, node in parties.items()], Term
    )
    people = _full_members(world)
    people |= _for_townships(parties.values(), people)
    in_batches([seat for term in terms for seat in _seats(term, people[term.node_id])], Seat)


def _rule(code: str) -> str:
    if "B" in code:
        return "village_community"
    return "committee" if "P" in code else "other_branch"


def _term(drawn: random.Random, node: Node, years: int, today: date) -> Term:
    """Begin a term so long ago that one in thirty is over."""
    over = drawn.random() < 0.03
    ago = years * 365 + drawn.randrange(5, 200) if over else drawn.randrange(30, years * 365)
    since = today - timedelta(days=ago)
    due = later(since, months=12 * years) - timedelta(days=1)
    return Term(node=node, since=since, due=due, elected=since - timedelta(days=3))


def _full_members(world: World) -> dict[int, list[int]]:
    """Return the full members of each organisation, those who can sign in before the others."""
    there = Belonging.objects.filter(
        relation=Relation.ORGANISATION,
        member__county=world.county,
        member__stage=Stage.FULL,
        member__exempt="",
    )
    found: dict[int, list[int]] = defaultdict(list)
    for node, member in there.order_by("member").values_list("node", "member"):
        found[node].append(member)
    order = {user.name: at for at, user in enumerate(world.people.values())}
    linked = Member.objects.exclude(account=None).values_list("pk", "name")
    first = sorted(linked, key=lambda one: order.get(one[1], 0))
    own = [pk for pk, _name in first]
    branch = world.nodes[BRANCH].pk
    found[branch] = [*own, *(pk for pk in found[branch] if pk not in own)]
    return found


def _for_townships(parties: Collection[Node], people: dict[int, list[int]]) -> dict[int, list[int]]:
    """Return for each township's committee members of its branches who sit on none of theirs."""
    committees = [one for one in parties if one.kind == Kind.PARTY_COMMITTEE]
    found: dict[int, list[int]] = {}
    for node in committees:
        place = node.path.removesuffix(f"{node.pk}/")
        below = [one for one in parties if one.path.startswith(place) and one.pk != node.pk]
        found[node.pk] = [pk for one in below for pk in people.get(one.pk, [])[5:6]]
    return found


def _seats(term: Term, people: list[int]) -> list[Seat]:
    """Fill three or five seats where there are enough people, else the secretary's alone."""
    many = 5 if len(people) >= 20 else 3 if len(people) >= 7 else min(1, len(people))
    chosen = zip(POSTS[:many], people, strict=False)
    return [Seat(term=term, member_id=pk, post=post, since=term.since) for post, pk in chosen]
