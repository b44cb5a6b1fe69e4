"""From a plain document to a scheme: every structural problem, in our own codes, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import groupby
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.scheme.check.places import Loc, PlaceOf, by_path
from ronghe.analysis.scheme.check.shape import descend, is_part
from ronghe.analysis.scheme.choices import RULES, SOURCES, Names, choice_of
from ronghe.analysis.scheme.fields import FIELDS, named
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import Part

_CODES = {
    "missing": "missing-key",
    "union_tag_not_found": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "not-one-of",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "value-not-number",
    "string_pattern_mismatch": "bad-code",
    "string_too_short": "text-empty",
    "string_too_long": "text-too-long",
    "too_short": "too-few-items",
    "too_long": "too-many-items",
    "string_type": "value-not-text",
    "list_type": "value-not-list",
    "dict_type": "value-not-mapping",
    "model_type": "value-not-mapping",
    "model_attributes_type": "value-not-mapping",
}
"""Our codes for pydantic's error types; what begins alike is in `_BEGINNINGS`."""

_BEGINNINGS = {
    "decimal_max_places": "too-many-decimals",
    "decimal_max": "too-many-digits",
    "decimal_whole": "too-many-digits",
    "decimal": "value-not-number",
    "int": "value-not-whole",
    "bool": "value-not-yes-or-no",
    "date": "value-not-date",
}

_BOUNDS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_LIMITS = ("min_length", "max_length", "max_digits", "whole_digits", "decimal_places")


def parse_scheme(document: Mapping[str, Any], place_of: PlaceOf | None = None) -> Scheme:
    """Read a plain document as a scheme (考核方案).

    Parameters
    ----------
    document
        Mappings, lists and scalars; numbers and dates may be text. Blanks around texts and keys
        without a value are dropped: they never carry meaning.
    place_of
        Where each part stands, for the problems; without it they name the path.

    Raises
    ------
    ProblemsError
        Every structural problem: unknown and missing keys, wrong types, values out of range.
    """
    tidied = tidy(document)
    scheme, problems = attempt(tidied, place_of or by_path(tidied))
    if scheme is None:
        raise ProblemsError(problems)
    return scheme


def tidy(value: Any) -> Any:
    """Drop blanks around texts, carriage returns, and keys whose value was left empty.

    Keys become text: thresholds may come as numbers.
    """
    if isinstance(value, Mapping):
        kept = ((str(tidy(key)), tidy(each)) for key, each in value.items())
        return {key: each for key, each in kept if each is not None and each != ""}
    if isinstance(value, list):
        return [tidy(each) for each in value]
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def attempt(document: Any, place_of: PlaceOf) -> tuple[Scheme | None, list[Problem]]:
    """Read a tidied document: a scheme, or None and the structural problems."""
    repeated = [Problem("threshold-twice", place_of(loc), k) for loc, k in _same_steps(document)]
    try:
        scheme = Scheme.model_validate(document)
    except ValidationError as refusal:
        return None, [*repeated, *(_problem(f, place_of) for f in faults(refusal))]
    return (None, repeated) if repeated else (scheme, [])


class Fault:
    """What pydantic found at one place, told apart from the tags that its location holds."""

    def __init__(self, loc: Loc, holder: Any, errors: list[ErrorDetails]) -> None:
        self.loc, self.holder = loc, holder
        self.owner = holder if is_part(holder) else None
        self.words = [e for e in errors if e["type"] == "literal_error"]
        others = [e for e in errors if e["type"] != "literal_error"]
        self.error = (others or self.words)[0]

    @property
    def code(self) -> str:
        """Return our code."""
        kind = self.error["type"]
        if kind == "missing" and "rule" in self.loc[:-1]:
            return "rule-without-parameter"
        if kind == "union_tag_invalid":
            return "unknown-rule" if self.loc[-1] == "rule" else "unknown-source"
        beginnings = (code for start, code in _BEGINNINGS.items() if kind.startswith(start))
        code = _CODES.get(kind) or next(beginnings, "value-not-readable")
        return "value-not-number-or-word" if code == "value-not-number" and self.words else code

    @property
    def key(self) -> str:
        """Return the name of the key: its own, or that of the list or mapping it stands in."""
        if not self.loc:
            return ""
        if self.owner is not None:
            return named(self.owner, str(self.loc[-1]))
        keys = [str(step) for step in self.loc if isinstance(step, str)]
        return keys[-1] if isinstance(self.loc[-1], int) else " ".join(keys[-2:])

    @property
    def found(self) -> Any:
        """Return what stood there, short enough to be shown."""
        if self.code in ("unknown-key", "missing-key", "rule-without-parameter"):
            return self.loc[-1]
        if self.error["type"] == "union_tag_invalid":
            return self.error["ctx"]["tag"]
        if self.error["type"] in ("too_short", "too_long"):
            return self.error["ctx"]["actual_length"]
        return shown(self.error["input"])


def faults(refusal: ValidationError) -> Iterator[Fault]:
    """Yield what pydantic found, one fault for each place of the document."""
    errors = [(descend(error["loc"]), error) for error in refusal.errors(include_url=False)]
    for (loc, holder), group in groupby(errors, key=lambda pair: pair[0]):
        yield Fault(loc, holder, [error for _, error in group])


def _problem(fault: Fault, place_of: PlaceOf) -> Problem:
    details = {"key": fault.key}
    if fault.code == "rule-without-parameter":
        details["rule"] = _rule_name(fault.owner)
    return Problem(fault.code, place_of(fault.loc), fault.found, _expected(fault), details)


def _expected(fault: Fault) -> Any:
    context: Mapping[str, Any] = fault.error.get("ctx", {})
    match fault.code:
        case "missing-key" if fault.error["type"] == "union_tag_not_found":
            return "kind（类型）"
        case "missing-key" | "rule-without-parameter":
            return named(fault.owner, str(fault.loc[-1]))
        case "unknown-key" if fault.owner:
            return _keys(str(fault.found), fault.owner)
        case "unknown-rule" | "unknown-source":
            names = RULES if fault.code == "unknown-rule" else SOURCES
            return _options(context["expected_tags"], names, str(fault.found))
        case "not-one-of" | "value-not-number-or-word":
            return _options(fault.words[0]["ctx"]["expected"], None, str(fault.found))
    bound = next((f"{_BOUNDS[k]} {v}" for k, v in context.items() if k in _BOUNDS), None)
    return bound or next((v for k, v in context.items() if k in _LIMITS), None)


def _rule_name(owner: type[Part] | None) -> str:
    kind = owner.model_fields.get("kind") if owner else None
    name = get_args(kind.annotation)[0] if kind else "combined"
    return f"{name}（{RULES[name][0]}）"


def _keys(found: str, owner: type[Part]) -> str:
    """List the keys that a part takes, or only the likely one."""
    fields = FIELDS[owner]
    by_label = [key for key, field in fields.items() if field.label == found]
    near = by_label or get_close_matches(found, fields, n=1, cutoff=0.5)
    return " / ".join(named(owner, key) for key in near or fields)


def _options(listed: str, names: Names | None, found: str) -> str:
    """List the values of a choice with their names, the likeliest first."""
    values = re.findall(r"'([^']*)'", listed)
    names = names or choice_of(values)
    near = get_close_matches(found, values, n=1, cutoff=0.6)
    words = (f"{v}（{names[v][0]}）" if v in names else v for v in dict.fromkeys([*near, *values]))
    return " / ".join(words)


def shown(value: Any, most: int = 60) -> Any:
    """Shorten a value for a message; numbers stay numbers."""
    if isinstance(value, Mapping | list):
        return "{…}" if isinstance(value, Mapping) else "[…]"
    text = str(value)
    return value if len(text) <= most else f"{text[:most]}…"


def _same_steps(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Yield thresholds of bands that are written twice, as 90 and 90.0."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _same_steps(each, (*loc, index))
    if not isinstance(value, Mapping):
        return
    for key, each in value.items():
        yield from _same_steps(each, (*loc, key))
    if loc and loc[-1] == "steps":
        seen: set[Decimal] = set()
        for key in value:
            number = _number(key)
            if number is not None and number in seen:
                yield (*loc, key), key
            seen |= {number} if number is not None else set()


def _number(key: Any) -> Decimal | None:
    try:
        return Decimal(str(key))
    except InvalidOperation:
        return None
