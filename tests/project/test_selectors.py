"""Two counties in one installation cannot see each other: every selector, with every role.

What a selector gives somebody is the same whether or not there is another county beside theirs,
and what belongs to the other county is not given when it is asked for.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps as installed
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from matrix_objects import one_of_each
from ronghe import apps
from ronghe.apps.access import Role
from selector_needs import FOR_ITS_CALLER, MORE_MAKERS, NEEDS, OWN_ONLY, Things
from web_world import County, grow

READER = {"user", "seen_by", "reader", "viewer"}
"""What the parameter is called that says for whom is read."""


def modules() -> Iterator[tuple[str, Any]]:
    """Yield the modules of selectors with the names of their apps."""
    for app in pkgutil.iter_modules(apps.__path__):
        inside = [one.name for one in pkgutil.iter_modules([f"{apps.__path__[0]}/{app.name}"])]
        if "selectors" in inside:
            module = import_module(f"ronghe.apps.{app.name}.selectors")
            yield app.name, module
            for part in pkgutil.iter_modules(getattr(module, "__path__", [])):
                yield app.name, import_module(f"{module.__name__}.{part.name}")


SELECTORS: dict[str, Callable[..., Any]] = {
    f"{app}.{name}": function
    for app, module in modules()
    for name, function in inspect.getmembers(module, callable)
    if not name.startswith("_")
    and not isinstance(function, type)
    and getattr(function, "__module__", "") == module.__name__
}


def reader_of(selector: Callable[..., Any]) -> str:
    """Return the parameter that says for whom is read, empty where there is none."""
    names = list(inspect.signature(selector).parameters)
    return next((name for name in names if name in READER), "")


def needs_more(selector: Callable[..., Any]) -> bool:
    """Tell whether something is needed besides the person."""
    takes = inspect.signature(selector).parameters.values()
    return sum(one.default is one.empty for one in takes) > 1


def things_of(county: County) -> Things:
    """Make one of everything, of the branch's member where it belongs to a person."""
    post = county.people[Role.MEMBER].posts.get().pk
    made = one_of_each(county)
    for kind, make in MORE_MAKERS.items():
        made[kind] = make(county, county.nodes["branch"], county.people[Role.MEMBER])
    return Things(county, {"post": post, **made})


def arguments(name: str, things: Things) -> list[Mapping[str, Any]]:
    """Return each set of arguments with which a selector is asked about a county's things."""
    return (NEEDS | OWN_ONLY).get(name, lambda _of: [{}])(things)


def told(selector: Callable[..., Any], user: Any, more: Mapping[str, Any]) -> Any:
    """Return what a selector gives somebody, plain; refusals are the same as nothing."""
    try:
        return plain(selector(**{reader_of(selector): user}, **more))
    except (Http404, PermissionDenied):
        return None


def plain(value: Any, depth: int = 4) -> Any:
    """Return a value as names, numbers and ids of rows, to compare and to look through."""
    if isinstance(value, models.Model):
        held = {k: v for k, v in vars(value).items() if isinstance(v, list) and k[0] != "_"}
        return (value._meta.label, value.pk, plain(held, depth - 1) if depth else None)
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    if isinstance(value, models.Q):
        return "a filter, whose parts stand in any order"
    if isinstance(value, Mapping):
        return {str(key): plain(one, depth) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return [
            type(value).__name__,
            *(plain(getattr(value, f.name), depth) for f in fields(value)),
        ]
    if isinstance(value, set | frozenset):
        return sorted((plain(one, depth) for one in value), key=str)
    if hasattr(value, "__iter__"):
        return [plain(one, depth) for one in value]
    return str(value)


def rows_in(value: Any) -> set[tuple[str, int]]:
    """Return every row that is named in a plain value."""
    if isinstance(value, tuple):
        return {(value[0], value[1])} | rows_in(value[2])
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return {row for one in inside for row in rows_in(one)}


def every_row() -> set[tuple[str, int]]:
    return {
        (model._meta.label, pk)
        for model in installed.get_models()
        for pk in model._base_manager.values_list("pk", flat=True)
    }


def test_every_selector_is_in_the_table_and_nothing_else_is():
    for_somebody = {name for name, selector in SELECTORS.items() if reader_of(selector)}
    with_more = {name for name in for_somebody if needs_more(SELECTORS[name])}

    assert with_more <= NEEDS.keys() | OWN_ONLY.keys() <= for_somebody
    assert SELECTORS.keys() - for_somebody == FOR_ITS_CALLER


@pytest.mark.parametrize("app", sorted({name.split(".")[0] for name in SELECTORS}))
def test_another_county_changes_nothing_and_gives_nothing(db, app):
    here = things_of(grow("here"))
    mine = [name for name in SELECTORS if name.split(".")[0] == app and reader_of(SELECTORS[name])]

    def asked() -> dict[tuple[str, str, int], Any]:
        return {
            (name, str(role), number): told(SELECTORS[name], here.county[role], more)
            for name in mine
            for number, more in enumerate(arguments(name, here))
            for role in Role
        }

    alone, known = asked(), every_row()
    there = things_of(grow("there"))
    theirs = every_row() - known

    assert asked() == alone
    assert len([one for one in alone.values() if one]) >= len(mine)
    for name in mine:
        for more in arguments(name, there) if name not in OWN_ONLY else ():
            for role in Role:
                answer = told(SELECTORS[name], here.county[role], more)
                assert (name, role, rows_in(answer) & theirs) == (name, role, set())
                assert (name, role, answer is True) == (name, role, False)
