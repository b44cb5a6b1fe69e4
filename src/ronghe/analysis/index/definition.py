"""From a plain document to an index, with everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.index.model import INDICATOR_KEYS, IndexModel, Node
from ronghe.analysis.scheme.check.parsing import shown, tidy
from ronghe.analysis.scheme.check.places import Loc, PlaceOf, by_path
from ronghe.analysis.scheme.parts import Text

_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "not-one-of",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "value-not-number",
    "float_parsing": "value-not-number",
    "int_parsing": "value-not-number",
    "int_from_float": "value-not-number",
    "string_pattern_mismatch": "bad-code",
    "too_short": "too-few-items",
}
"""Our codes for pydantic's error types; all others are `index-value-unreadable`."""

RESERVED = ("unit", "name", "total", "rank", "rank_low", "rank_high", "band")
"""Codes that no node may have: the other columns of the table of results."""

_BOUNDS = {"gt": ">", "ge": "≥", "le": "≤"}


def parse_index(document: Any, place_of: PlaceOf | None = None) -> IndexModel:
    """Read a plain document as an index (综合指数).

    Parameters
    ----------
    document
        Mappings, lists and texts, as `IndexModel` describes; numbers may be text.
    place_of
        Where each part stands, for the problems; without it they name the path.

    Raises
    ------
    ProblemsError
        Everything wrong: unknown and missing keys, values out of range, codes used twice,
        groups that have what only indicators have, goalposts that are missing or contradict
        the direction.
    """
    tidied = tidy(document)
    places = place_of or by_path(tidied)
    try:
        model = IndexModel.model_validate(tidied)
    except ValidationError as refusal:
        raise ProblemsError([_problem(error, places) for error in _told_once(refusal)]) from None
    check_index(model, places)
    return model


def check_index(model: IndexModel, place_of: PlaceOf | None = None) -> None:
    """Check what the shape of an index cannot say.

    Raises
    ------
    ProblemsError
        As for `parse_index`.
    """
    places = place_of or by_path(model)
    problems = [*_nodes_wrong(model, places)]
    if model.scale[0] >= model.scale[1]:
        problems.append(Problem("index-scale-reversed", places(("scale",)), list(model.scale)))
    if problems:
        raise ProblemsError(problems)


def _nodes_wrong(model: IndexModel, places: PlaceOf) -> Iterator[Problem]:
    taken: set[str] = set()
    for loc, node in _located(model.children, ("children",)):
        if node.code in RESERVED:
            yield Problem("index-code-reserved", places((*loc, "code")), node.code)
        if node.code in taken:
            yield Problem("index-code-twice", places((*loc, "code")), node.code)
        taken.add(node.code)
        if node.children:
            own = node.model_fields_set.intersection(INDICATOR_KEYS)
            for key in sorted(own, key=INDICATOR_KEYS.index):
                yield Problem("index-key-of-indicator", places((*loc, key)), key)
        else:
            yield from _goalposts_wrong(model, node, loc, places)


def _goalposts_wrong(model: IndexModel, node: Node, loc: Loc, places: PlaceOf) -> Iterator[Problem]:
    low, high = node.low, node.high
    if low is None or high is None:
        if model.normalise == "goalposts":
            yield Problem("index-goalposts-missing", places(loc), node.title)
        return
    if low == high or (low < high) != (node.direction == "more"):
        details = {"direction": node.direction}
        yield Problem("index-goalposts-direction", places(loc), low, high, details)
    if node.log and min(low, high) <= 0:
        yield Problem("index-goalposts-log", places(loc), min(low, high))


def _located(nodes: tuple[Node, ...], loc: Loc) -> Iterator[tuple[Loc, Node]]:
    for number, node in enumerate(nodes):
        yield (*loc, number), node
        yield from _located(node.children, (*loc, number, "children"))


def _told_once(refusal: ValidationError) -> list[ErrorDetails]:
    """Leave out that a list is too short where it only lacks the parts that are wrong."""
    errors = refusal.errors(include_url=False)
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(
            other["loc"][: len(error["loc"])] == error["loc"]
            for other in errors
            if other is not error
        )
    ]


def _problem(error: ErrorDetails, places: PlaceOf) -> Problem:
    """Say in our terms what pydantic found."""
    loc: Loc = error["loc"]
    code = _CODES.get(error["type"], "index-value-unreadable")
    context: Mapping[str, Any] = error.get("ctx", {})
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "index")
    found, expected = shown(error["input"]), None
    if code == "missing-key":
        expected = key
    elif code == "unknown-key":
        found, expected = key, " / ".join(_owner(loc).model_fields)
    elif code == "not-one-of":
        expected = context["expected"].replace("'", "").replace(" or ", " / ").replace(",", " /")
    elif code == "too-few-items":
        found, expected = context["actual_length"], context["min_length"]
    else:
        expected = next((f"{_BOUNDS[k]} {v}" for k, v in context.items() if k in _BOUNDS), None)
    return Problem(code, places(loc), found, expected, {"key": key})


def _owner(loc: Loc) -> type[IndexModel | Node | Text]:
    """Return the part that an unknown key stands in."""
    if len(loc) > 1 and loc[-2] == "title":
        return Text
    return Node if "children" in loc[:-1] else IndexModel
