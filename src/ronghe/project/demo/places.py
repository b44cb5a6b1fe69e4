"""The demonstration's businesses and households: what is registered of them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from ronghe.apps.registry.models import (
    BUSINESS_KINDS,
    AreaCode,
    Household,
    HouseholdMark,
    Kind,
    Node,
    Registration,
)
from ronghe.project.demo.world import SINCE, World, in_batches

INDUSTRIES = {
    "种植": "A01", "果业": "A01", "养殖": "A03", "食品": "C14", "机械": "C35",
    "电子商务": "F52", "纺织": "C17", "文旅": "N78", "农场": "A01", "农机": "A05",
}  # fmt: skip
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "建国志文明海春晓玉永秀桂新庆长德丽红金淑军华平强英梅芳生兰伟东云民山"


def load(world: World) -> None:
    """State what is registered, without codes: made-up ones might be somebody's."""
    drawn = random.Random(2027)  # noqa: S311 - not a secret
    businesses = [one for one in world.nodes.values() if one.kind in BUSINESS_KINDS]
    in_batches([_registration(drawn, one) for one in businesses], Registration)
    _households(world, drawn)
    _area_codes(world)


def _area_codes(world: World) -> None:
    """Give the areas codes of a province that there is not: 99."""
    codes = {world.county.path: "990101"}
    areas = [one for one in world.nodes.values() if one.kind in (Kind.TOWNSHIP, Kind.VILLAGE)]
    below: Counter[str] = Counter()
    for area in sorted(areas, key=lambda one: (one.level, one.code)):
        above = area.path.removesuffix(f"{area.pk}/")
        first = 100 if area.kind == Kind.TOWNSHIP else 200
        codes[area.path] = f"{codes[above]}{first + below[above]:03d}"
        below[above] += 1
    nodes = [world.county, *areas]
    in_batches([AreaCode(node=one, code=codes[one.path], since=SINCE) for one in nodes], AreaCode)


def _registration(drawn: random.Random, node: Node) -> Registration:
    industry = next((code for word, code in INDUSTRIES.items() if word in node.name), "")
    founded = date(drawn.randrange(2003, 2023), drawn.randrange(1, 13), drawn.randrange(1, 29))
    made = Registration(node=node, since=SINCE, industry=industry, founded=founded)
    if node.kind in (Kind.COOPERATIVE, Kind.COLLECTIVE):
        people = drawn.randrange(5, 120) * (1 if node.kind == Kind.COOPERATIVE else 10)
        made.people = people
        if node.kind == Kind.COOPERATIVE:
            made.farmers = people - drawn.randrange(0, people // 6 + 1)
    made.employees = drawn.randrange(2, 150 if node.kind == Kind.ENTERPRISE else 25)
    if industry.startswith("A") or node.kind == Kind.COLLECTIVE:
        made.land = drawn.randrange(20, 3000)
    made.assets = drawn.randrange(10, 4000)
    return made


def _households(world: World, drawn: random.Random) -> None:
    """Register the households that the generated records name, spread over the villages."""
    named = world.rows("records", "object", where="object like '%-H%'")
    villages: dict[str, list[Node]] = {}
    for code, node in world.nodes.items():
        if node.kind == Kind.VILLAGE:
            villages.setdefault(code[:4], []).append(node)
    made = []
    for (code,) in named:
        there = villages.get(code.partition("-")[0])
        if there:
            node = there[int(code.rpartition("H")[2]) % len(there)]
            head = drawn.choice(FAMILIES) + "".join(drawn.sample(GIVEN, drawn.choice((1, 2, 2))))
            people = drawn.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))
            made.append(Household(node=node, code=code, head=head, people=people))
    marked = [one for one in in_batches(made, Household) if drawn.random() < 0.04]
    today = timezone.localdate()
    marks = [
        HouseholdMark(
            household=one,
            mark=drawn.choice(HouseholdMark.Mark.values),
            since=today - timedelta(days=drawn.randrange(20, 900)),
        )
        for one in marked
    ]
    in_batches(marks, HouseholdMark)
