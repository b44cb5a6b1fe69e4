"""The demonstration's roster: every generated member, and people on their way to joining.

Without identity and telephone numbers: made-up ones might be somebody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.members.models import (
    Belonging,
    Exemption,
    Member,
    Relation,
    Stage,
    StageChange,
)
from ronghe.project.demo.people import BRANCH, PEOPLE
from ronghe.project.demo.world import World, bare, in_batches

YEAR = timedelta(days=365)
OFTEN_FEMALE = set("秀丽红学淑桂玉晓英梅芳霞兰敏娟玲燕宁")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be put on the roster: stages with their days, the last is today's."""

    code: str
    name: str
    branch: str
    born: date
    stages: tuple[tuple[Stage, date], ...]
    away: str = ""


def load(world: World) -> None:
    """Put members, their stages and where they belong on the roster, in batches."""
    listed = list(_people(world))
    made = in_batches([_member(world, one) for one in listed], Member)
    world.members.update({p.code: m.pk for p, m in zip(listed, made, strict=True) if p.code})
    pairs = list(zip(listed, made, strict=True))
    in_batches(
        [StageChange(member=m, stage=to, since=day) for p, m in pairs for to, day in p.stages],
        StageChange,
    )
    in_batches([one for p, m in pairs for one in _belongings(world, p, m)], Belonging)
    _link_accounts(world)


def _people(world: World) -> Iterator[Person]:
    """Draw everybody: the generated members, then one in twenty-five more on the way."""
    drawn = random.Random(2025)  # noqa: S311 - not a secret
    today = timezone.localdate()
    accounts = [one.name for one in PEOPLE if (Role.MEMBER, BRANCH) in one.posts]
    branches = sorted({code for code in world.nodes if "B" in code})
    units = world.rows("units", "unit, name, parent, graded", where="kind = 'member'")
    for code, name, branch, graded in units:
        signs_in = bool(accounts) and branch == BRANCH and graded == "yes"
        name = accounts.pop(0) if signs_in else bare(name)
        leaves = branch in branches and not signs_in and drawn.random() < 0.02
        away = drawn.choice(branches) if leaves else ""
        born = today - timedelta(days=drawn.randrange(22 * 365, (60 if signs_in else 82) * 365))
        stages = _full(drawn, today, born) if graded == "yes" else _probationary(drawn, today)
        yield Person(code, name, branch, born, stages, away if away != branch else "")
        if drawn.random() < 0.04:
            onward = bare(drawn.choice(units)[1])
            young = today - timedelta(days=drawn.randrange(19 * 365, 45 * 365))
            yield Person("", onward, branch, young, _on_the_way(drawn, today))


Stages = tuple[tuple[Stage, date], ...]


def _full(drawn: random.Random, today: date, born: date) -> Stages:
    last = min((today - born).days - 20 * 365, 50 * 365)
    joined = today - timedelta(days=drawn.randrange(400, max(401, last)))
    return (Stage.PROBATIONARY, joined), (Stage.FULL, joined + YEAR)


def _probationary(drawn: random.Random, today: date) -> Stages:
    joined = today - timedelta(days=drawn.randrange(10, 372))
    return *_on_the_way(drawn, joined)[:2], (Stage.PROBATIONARY, joined)


def _on_the_way(drawn: random.Random, today: date) -> Stages:
    """Applicant some time ago, many an activist since, some of those a target."""
    days = [drawn.randrange(200, 500), drawn.randrange(370, 600), drawn.randrange(5, 200)]
    many = drawn.choice((1, 2, 2, 3))
    names = (Stage.APPLICANT, Stage.ACTIVIST, Stage.TARGET)
    begun = today - timedelta(days=sum(days))
    return tuple((names[at], begun + timedelta(days=sum(days[:at]))) for at in range(many))


def _member(world: World, person: Person) -> Member:
    name, old = person.name, (timezone.localdate() - person.born).days > 76 * 365
    return Member(
        county=world.county,
        name=name,
        sex=Member.Sex.FEMALE if set(name[1:]) & OFTEN_FEMALE else Member.Sex.MALE,
        born=person.born,
        stage=person.stages[-1][0],
        exempt=Exemption.AGED if old else Exemption.NONE,
    )


def _belongings(world: World, person: Person, member: Member) -> Iterator[Belonging]:
    node, since = world.nodes[person.branch], person.stages[0][1]
    yield Belonging(member=member, node=node, relation=Relation.ORGANISATION, since=since)
    if person.away:
        there, away = world.nodes[person.away], timezone.localdate() - YEAR
        yield Belonging(member=member, node=there, relation=Relation.FLOATING, since=away)


def _link_accounts(world: World) -> None:
    """Link those who can sign in as members to their entries."""
    for user in world.people.values():
        there = Belonging.objects.filter(node=world.nodes[BRANCH]).values("member")
        Member.objects.filter(pk__in=there, name=user.name).update(account=user)
