"""The demonstration's tree: townships, villages, businesses and about 600 Party organisations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from ronghe.apps.registry.models import Kind, Level, Node, ParentLink
from ronghe.apps.registry.services import found_county
from ronghe.project.demo.world import BATCH, COUNTY, MARK, SINCE, World, bare, in_batches

FIRMS = 120
"""Businesses of a township; generated records name them QH01-Q000 to QH01-Q119."""

FRONTS = (
    "丰禾", "绿源", "金谷", "恒达", "瑞康", "鸿泰", "众合", "华盛",
    "润田", "天宇", "嘉实", "永兴", "明德", "佳禾", "长青", "泰和",
)  # fmt: skip
BACKS = (
    "种植专业合作社", "养殖专业合作社", "果业专业合作社", "家庭农场", "生态农场",
    "食品有限公司", "机械有限公司", "电子商务有限公司", "纺织有限公司", "文旅有限公司",
)  # fmt: skip
WORK_COMMITTEES = {
    "机关": "县直机关党工委",
    "学校": "教育系统党委",
    "医院": "卫生健康系统党委",
    "事业单位": "事业单位党委",
    "国有企业": "国有企业党委",
    "社会组织": "社会组织党委",
}
"""Which committee of the county the branches of a kind of organ belong to."""


@dataclass(frozen=True, slots=True)
class Sprout:
    """A node to be: its parent is named by code."""

    code: str
    name: str
    kind: Kind
    level: Level
    parent: str


def load(world: World) -> None:
    """Grow the tree a floor at a time, so that each node's path follows its parent's."""
    name = f"清河县{MARK}"
    world.nodes[COUNTY] = found_county(code=COUNTY, name=name, fictitious=True)
    townships, branches = _units(world, "township"), _units(world, "village")
    firms = _units(world, "enterprise")
    for floor in (
        [*_departments(world), *_committees(), *townships],
        [*_below_townships(townships), *_villages(branches), *_firms(townships, firms)],
        [*branches, *firms, *_organs(world), *_collectives(branches)],
    ):
        _grow(world, floor)


def _units(world: World, level: str) -> list[Sprout]:
    """Return the generated organisations of a level; branches stand at village or business."""
    where = f"kind = 'organisation' and level = '{level}'"
    found = []
    for code, name, parent in world.rows("units", "unit, name, parent", where=where):
        plain = bare(name)
        if level == "township":
            area = plain.removesuffix("党工委").removesuffix("党委")
            found.append(Sprout(code, area, Kind.TOWNSHIP, Level.TOWNSHIP, parent))
            continue
        home = code.replace("B", "V") if level == "village" else _firm_code(parent, int(code[5:]))
        found.append(Sprout(code, plain, Kind.BRANCH, Level.GRASS_ROOTS, home))
    return found


def _firm_code(township: str, number: int) -> str:
    return f"{township}-Q{number - 1:03}"


def _departments(world: World) -> list[Sprout]:
    """Return the departments that the generated figures name as their source."""
    said = world.rows("measures", "source", where="source like '%·县%'")
    names = [source.split("·")[1] for (source,) in said]
    return [
        Sprout(f"{COUNTY}D{at:02}", name, Kind.DEPARTMENT, Level.COUNTY, COUNTY)
        for at, name in enumerate(names, start=1)
    ]


def _committees() -> list[Sprout]:
    named = enumerate(["中共清河县委", *WORK_COMMITTEES.values()])
    kind, level = Kind.PARTY_COMMITTEE, Level.COUNTY
    return [Sprout(f"{COUNTY}P{at}", name, kind, level, COUNTY) for at, name in named]


def _below_townships(townships: list[Sprout]) -> list[Sprout]:
    """Return each township's Party committee."""
    kind, level = Kind.PARTY_COMMITTEE, Level.TOWNSHIP
    names = [(one, "党工委" if one.name.endswith("街道") else "党委") for one in townships]
    return [Sprout(f"{t.code}P", f"{t.name}{end}", kind, level, t.code) for t, end in names]


def _villages(branches: list[Sprout]) -> list[Sprout]:
    return [
        Sprout(one.parent, one.name.removesuffix("党支部"), Kind.VILLAGE, one.level, one.code[:4])
        for one in branches
    ]


def _firms(townships: list[Sprout], with_branch: list[Sprout]) -> list[Sprout]:
    """Return the businesses of each township; those with a branch bear its name."""
    known = {one.parent: one.name.removesuffix("党支部") for one in with_branch}
    words = [front + back for back, front in product(BACKS, FRONTS)]
    found = []
    for township in townships:
        short = township.name[:2]
        for number in range(FIRMS):
            code = _firm_code(township.code, number + 1)
            # 7 and 160 have no common divisor, so no two businesses of a township share a name.
            name = short + (known.get(code) or words[(number * 7) % len(words)])
            kind, level = _kind_of(name), Level.GRASS_ROOTS
            found.append(Sprout(code, name, kind, level, township.code))
    return found


def _kind_of(name: str) -> Kind:
    if name.endswith("合作社"):
        return Kind.COOPERATIVE
    return Kind.FAMILY_FARM if "农场" in name else Kind.ENTERPRISE


def _organs(world: World) -> list[Sprout]:
    """Return the branches of organs, schools and the like, each under its committee."""
    codes = {back: f"{COUNTY}P{at}" for at, back in enumerate(WORK_COMMITTEES, start=1)}
    where = "kind = 'organisation' and level = 'branch'"
    found = []
    for code, name in world.rows("units", "unit, name", where=where):
        parent = next(codes[back] for back in codes if back in name)
        found.append(Sprout(code, bare(name), Kind.BRANCH, Level.GRASS_ROOTS, parent))
    return found


def _collectives(branches: list[Sprout]) -> list[Sprout]:
    """Return each village's collective economic organisation; communities have none."""
    villages = [one for one in _villages(branches) if one.name.endswith("村")]
    return [
        Sprout(f"{one.code}C", f"{one.name}股份经济合作社", Kind.COLLECTIVE, one.level, one.code)
        for one in villages
    ]


def _grow(world: World, floor: list[Sprout]) -> None:
    """Create a floor of nodes with their paths and parent links."""
    county = world.county
    more = {"county": county, "fictitious": True}
    nodes = in_batches(
        [Node(code=s.code, name=s.name, kind=s.kind, level=s.level, **more) for s in floor], Node
    )
    links = []
    for sprout, node in zip(floor, nodes, strict=True):
        parent = world.nodes[sprout.parent]
        node.path = f"{parent.path}{node.pk}/"
        links.append(ParentLink(child=node, parent=parent, since=SINCE))
        world.nodes[sprout.code] = node
    Node.objects.bulk_update(nodes, ["path"], batch_size=BATCH)
    in_batches(links, ParentLink)
