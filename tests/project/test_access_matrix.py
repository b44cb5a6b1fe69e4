"""Every address with every role, on what is theirs, beside theirs and another county's.

The matrix is ``docs/reference/access-matrix.yaml``; an address that is not in it fails.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from matrix_objects import MAKERS
from ronghe.apps.access import Role
from ronghe.apps.accounts.services.tokens import make_token
from ronghe.apps.programs.scopes import SCOPES
from web_world import County, days, person, post

FILE = Path(__file__).parents[2] / "docs" / "reference" / "access-matrix.yaml"
MATRIX = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ADDRESSES = MATRIX["addresses"]
SIGN_IN = "/account/sign-in/"


def roles_in(named: str | list[str]) -> set[str]:
    """Return a list of roles, or those of a group."""
    return set(MATRIX["groups"][named] if isinstance(named, str) else named)


def names_of(resolver: URLResolver, space: str = "") -> list[str]:
    """Return the names of all addresses, with their name space."""
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found.append(f"{space}{one.name}")
        else:
            found += names_of(one, f"{one.namespace}:" if one.namespace else space)
    return found


def made(county: County, entry: dict[str, Any], node: Any, mine: Any) -> Any:
    """Make what an address is about at a node, or of a person; return the address's parts."""
    kind = entry.get("object")
    return None if kind is None else MAKERS[kind](county, node, mine)


def answer(client: Any, entry: dict[str, Any], user: Any, pk: Any) -> int:
    """Send the request as a person and return the status; what it does is undone."""
    parts = pk if isinstance(pk, tuple) else [] if pk is None else [pk]
    url = reverse(entry["name"], args=parts)
    with transaction.atomic():
        more = {}
        if user is not None and entry["name"].startswith("api:"):
            _token, secret = make_token(name="t", scopes=SCOPES, until=days(1), by=user)
            more["headers"] = {"Authorization": f"Bearer {secret}"}
        elif user is not None:
            client.force_login(user)
        response = client.generic(entry["method"], url, **more)
        transaction.set_rollback(True)
    client.cookies.clear()
    sent_away = response.status_code == 302 and response.url.startswith(SIGN_IN)
    return 401 if sent_away and user is None else response.status_code


def part_of(entry: dict[str, Any]) -> str:
    """Return the part of the site an address belongs to."""
    return entry["name"].replace("_", ":").split(":")[0]


PARTS = sorted({part_of(entry) for entry in ADDRESSES})
PARTS_WITH_OBJECTS = sorted({part_of(entry) for entry in ADDRESSES if "object" in entry})


def entries(part: str, *, with_object: bool = False) -> list[dict[str, Any]]:
    """Return the entries of a part of the site."""
    mine = [entry for entry in ADDRESSES if part_of(entry) == part]
    return [entry for entry in mine if "object" in entry or not with_object]


def named(entry: dict[str, Any]) -> str:
    return f"{entry['method']} {entry['name']}"


def lets_in(status: int) -> bool:
    return status not in (401, 403, 404)


def test_every_address_is_in_the_matrix():
    assert {entry["name"] for entry in ADDRESSES} == set(names_of(get_resolver()))


def test_every_role_is_in_the_group_of_everyone():
    assert roles_in("everyone") == set(Role)


@pytest.mark.parametrize("part", PARTS)
def test_without_signing_in_only_what_is_for_anyone_opens(client, here, part):
    opened = {}
    for entry in entries(part):
        with transaction.atomic():
            pk = made(here, entry, here.nodes["branch"], here.people[Role.MEMBER])
            opened[named(entry)] = lets_in(answer(client, entry, None, pk))
            transaction.set_rollback(True)

    assert opened == {named(entry): entry.get("anyone", False) for entry in entries(part)}


@pytest.mark.parametrize("part", PARTS)
def test_each_role_opens_what_the_matrix_says_of_its_own(client, here, part):
    opened: dict[str, set[str]] = {named(entry): set() for entry in entries(part)}
    for entry, role in product(entries(part), Role):
        with transaction.atomic():
            mine = here[role]
            pk = made(here, entry, here.place_of(role), mine)
            status = answer(client, entry, mine, pk)
            transaction.set_rollback(True)
        if lets_in(status) or status == entry.get("absent"):
            opened[named(entry)].add(str(role))

    assert opened == {named(entry): roles_in(entry["own"]) for entry in entries(part)}


@pytest.mark.parametrize("part", PARTS_WITH_OBJECTS)
def test_each_role_opens_what_the_matrix_says_beside_its_place(client, here, part):
    somebody = person("somebody")
    post(somebody, Role.VIEWER, here.nodes["township_beside"])
    opened = {}
    for entry in entries(part, with_object=True):
        with transaction.atomic():
            pk = made(here, entry, here.nodes["branch_beside"], somebody)
            answers = {str(role): answer(client, entry, here[role], pk) for role in Role}
            transaction.set_rollback(True)
        opened[named(entry)] = {role for role, status in answers.items() if lets_in(status)}

    expected = entries(part, with_object=True)
    assert opened == {named(entry): roles_in(entry["beside"]) for entry in expected}


@pytest.mark.parametrize("part", PARTS_WITH_OBJECTS)
def test_no_role_opens_anything_of_another_county(client, here, there, part):
    for entry in entries(part, with_object=True):
        with transaction.atomic():
            pk = made(there, entry, there.nodes["branch"], there[Role.MEMBER])
            answers = {str(role): answer(client, entry, here[role], pk) for role in Role}
            transaction.set_rollback(True)
        opened = {role for role, status in answers.items() if lets_in(status)}

        assert (named(entry), opened) == (named(entry), set())
