"""How large a fictitious place is: its counties, and the branches and members of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["county", "province", "country"]

FEWEST_MEMBERS = 600
"""Under this the townships of a county would have too few villages to be compared."""

MOST_MEMBERS = 200_000_000

COUNTY_SIZE = 32_000
"""About as many members as a county has, where there are several."""

_PER_8000 = {"B": 180, "E": 230, "G": 177}
_FEWEST_BRANCHES = {"B": 60, "E": 12, "G": 6}


@dataclass(frozen=True, slots=True)
class BranchClass:
    """A class of branches: how many, how many of their members, and the fewest one has.

    The letters: B villages and communities, E enterprises and co-operatives, G organs, schools.
    """

    letter: str
    level: str
    branches: int
    in_each: int
    members: int
    fewest: int


@dataclass(frozen=True, slots=True)
class Area:
    """An area (地区) whose published figures are in the data."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class County:
    """One county: its code, its name, its number of members, and the areas it brings along."""

    code: str
    name: str
    members: int
    first: bool
    areas: tuple[Area, ...]

    def classes(self) -> list[BranchClass]:
        """Divide the county's members among its classes of branches."""
        members = {"E": self.members * 18 // 100, "G": self.members * 20 // 100}
        members["B"] = self.members - members["E"] - members["G"]
        levels = {"B": "village", "E": "enterprise", "G": "branch"}
        return [
            BranchClass(
                letter=letter,
                level=levels[letter],
                branches=max(_FEWEST_BRANCHES[letter], self.members * per // 8000),
                in_each=_FEWEST_BRANCHES[letter] // 12,
                members=members[letter],
                fewest=5 if letter == "B" else 3,
            )
            for letter, per in _PER_8000.items()
        ]


def counties(members: int, scope: Scope, neighbours: list[str]) -> list[County]:
    """Divide so many members among counties; one county has its neighbours' figures beside it."""
    if scope == "county":
        return [County("QH", "清河县", members, True, _city(neighbours))]
    many = max(1, round(members / COUNTY_SIZE))
    width = max(4, len(str(many)))
    found = []
    for i in range(many):
        code, name = f"C{i + 1:0{width}}", f"第{i + 1:0{width}}县"
        share = members * (i + 1) // many - members * i // many
        found.append(County(code, name, share, i == 0, _areas(i, code, name, scope)))
    return found


def _city(neighbours: list[str]) -> tuple[Area, ...]:
    city = Area("AHQ", "河清市", "city", None)
    others = [
        Area(f"AHQ{i}", name, "county", city.code) for i, name in enumerate(neighbours, start=1)
    ]
    return (city, Area("AQH", "清河县", "county", city.code), *others)


_PROVINCE = 90
"""About as many counties as a province has."""


def _areas(i: int, code: str, name: str, scope: Scope) -> tuple[Area, ...]:
    number = i // _PROVINCE + 1
    country = Area("A", "全国", "country", None)
    province = Area(
        f"AP{number:02}", f"第{number:02}省", "province", "A" if scope == "country" else None
    )
    above = [country] if i == 0 and scope == "country" else []
    if i % _PROVINCE == 0:
        above.append(province)
    return (*above, Area(f"A{code}", name, "county", province.code))
