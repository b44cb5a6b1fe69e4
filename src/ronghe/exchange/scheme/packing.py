"""Sources, rules and conditions as a few cells each: a name, a code, a number, a parameter cell.

A parameter cell reads ``目标=100；方向=越少越好``; a combined rule has one line for each part,
``水平 60% 完成率：目标=100``. English keys and half-width signs are understood too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ronghe.analysis.scheme.choices import RULES
from ronghe.analysis.scheme.fields import FIELDS
from ronghe.analysis.scheme.parts import Part
from ronghe.analysis.scheme.rules import (
    Bands,
    Completion,
    CountPoints,
    Deduction,
    DistanceFromAverage,
    Efficacy,
    Goalposts,
    RankLadder,
    RatioToAverage,
    RatioToBest,
    ShareOfFull,
)
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
)
from ronghe.exchange.scheme.cells import (
    CAP,
    DAY,
    EQUALS,
    NAMES,
    NUMBER,
    NUMBERS,
    PAIR_LIST,
    PARTS,
    TEXT,
    YES,
    Cell,
    Codec,
    choose,
    cut,
    number_or,
    split,
)
from ronghe.exchange.scheme.document import number_text, scalar_text

_MORE = choose("direction")
_END = number_or("end")

Parameters = Mapping[str, tuple[type[Part], Mapping[str, Codec]]]

RULE_PARAMETERS: Parameters = {
    "completion": (
        Completion,
        {"target": number_or("target"), "direction": _MORE, "cap": NUMBER, "floor": NUMBER},
    ),
    "bands": (Bands, {"steps": PAIR_LIST, "otherwise": NUMBER, "direction": _MORE}),
    "goalposts": (Goalposts, {"low": NUMBER, "high": NUMBER, "low_points": NUMBER}),
    "efficacy": (
        Efficacy,
        {"low": _END, "high": _END, "direction": _MORE, "base": NUMBER, "floor": NUMBER},
    ),
    "rank_ladder": (
        RankLadder,
        {"ladder": NUMBERS, "first": NUMBER, "step": NUMBER, "rest": NUMBER, "direction": _MORE},
    ),
    "ratio_to_best": (RatioToBest, {"direction": _MORE}),
    "ratio_to_average": (RatioToAverage, {"direction": _MORE, "cap": NUMBER}),
    "distance_from_average": (
        DistanceFromAverage,
        {"loses": NUMBER, "step": NUMBER, "whole_steps": YES, "direction": _MORE},
    ),
    "count_points": (CountPoints, {"each": NUMBER}),
    "deduction": (Deduction, {"each": NUMBER, "floor": NUMBER}),
    "share_of_full": (ShareOfFull, {"full": NUMBER}),
}
"""The parameters of each rule but the combined one."""

SOURCE_PARAMETERS: Parameters = {
    "measure": (MeasureSource, {"measure": TEXT, "period": choose("period")}),
    "records": (
        RecordsSource,
        {
            "of": NAMES,
            "function": choose("function"),
            "quality_at_least": TEXT,
            "verified_only": YES,
            "since": DAY,
            "until": DAY,
            "cap": CAP,
            "scope": choose("scope"),
        },
    ),
    "ballot": (BallotSource, {"ballot": TEXT, "grades": PAIR_LIST, "groups": PAIR_LIST}),
    "expert": (ExpertSource, {"panel": TEXT, "trim": TEXT}),
    "scheme": (SchemeSource, {"scheme": TEXT}),
}
"""The parameters of each source; the first, a code, has a cell of its own."""

_RULE, _VIEW = choose("rule"), choose("of")
_PART = re.compile(r"(\S+?)\s*([\d.]+)\s*[%％]\s*([^：:\s]+)\s*(?:[：:](.*))?")
_SIGNS = {"≥": "at_least", ">": "above", "≤": "at_most", "<": "below"}

Packed = dict[str, Cell]
Complaints = list[tuple[str, str]]
"""What is unclear in a parameter cell: a code and the piece."""


def _write(values: Mapping[str, Any], part: type[Part], codecs: Mapping[str, Codec]) -> str:
    known = (key for key in codecs if key in values)
    return "；".join(
        f"{FIELDS[part][key].label}={scalar_text(codecs[key].write(values[key]))}" for key in known
    )


def _read(
    text: str, part: type[Part] | None, codecs: Mapping[str, Codec], complaints: Complaints
) -> dict[str, Any]:
    keys = {field.label: key for key, field in FIELDS[part].items()} if part else {}
    values: dict[str, Any] = {}
    for piece in split(text, PARTS):
        label, value = cut(piece, EQUALS)
        key = keys.get(label, label)
        if value is None:
            complaints.append(("scheme-parameter-unclear", piece))
        elif key in values or key == "kind":
            complaints.append(("scheme-parameter-twice", piece))
        else:
            values[key] = codecs[key].read(value) if key in codecs else value
    return values


def pack_source(source: Mapping[str, Any]) -> Packed:
    """Write a source as three cells."""
    part, codecs = SOURCE_PARAMETERS[source["kind"]]
    first, *rest = codecs
    return {
        "kind": source["kind"],
        "@code": codecs[first].write(source[first]),
        "@more": _write(source, part, {key: codecs[key] for key in rest}),
    }


def unpack_source(cells: Mapping[str, str], complaints: Complaints) -> dict[str, Any]:
    """Read a source from its three cells."""
    kind = cells.get("kind", "")
    part, codecs = SOURCE_PARAMETERS.get(kind, (None, {}))
    source: dict[str, Any] = {"kind": kind} if kind else {}
    first = next(iter(codecs), "code")
    if "@code" in cells:
        source[first] = codecs[first].read(cells["@code"]) if codecs else cells["@code"]
    rest = {key: codec for key, codec in codecs.items() if key != first}
    return _read(cells.get("@more", ""), part, rest, complaints) | source


def pack_rule(rule: Mapping[str, Any]) -> Packed:
    """Write a rule as two cells."""
    return {"kind": rule["kind"], "@more": _write_rule(rule)}


def _write_rule(rule: Mapping[str, Any]) -> str:
    if rule["kind"] != "combined":
        return _write(rule, *RULE_PARAMETERS[rule["kind"]])
    lines = []
    for each in rule["parts"]:
        more = _write_rule(each["rule"])
        name = RULES[each["rule"]["kind"]][0]
        head = f"{_VIEW.write(each['of'])} {number_text(each['share'])}% {name}"
        lines.append(f"{head}：{more}" if more else head)
    return "\n".join(lines)


def unpack_rule(cells: Mapping[str, str], complaints: Complaints) -> dict[str, Any]:
    """Read a rule from its two cells."""
    kind = cells.get("kind", "")
    more = cells.get("@more", "")
    if kind == "combined":
        return {"kind": kind, "parts": _read_parts(more, complaints)}
    part, codecs = RULE_PARAMETERS.get(kind, (None, {}))
    values = _read(more, part, codecs, complaints)
    return ({"kind": kind} if kind else {}) | values


def _read_parts(text: str, complaints: Complaints) -> list[dict[str, Any]]:
    parts = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _PART.fullmatch(line)
        if found is None:
            complaints.append(("scheme-part-unclear", line))
            continue
        view, share, name, more = found.groups(default="")
        rule = unpack_rule({"kind": _RULE.read(name), "@more": more}, complaints)
        parts.append({"of": _VIEW.read(view), "share": share, "rule": rule})
    return parts


def pack_condition(condition: Mapping[str, Any]) -> Packed:
    """Write a condition as two cells: the comparison and the number."""
    ((key, bound),) = condition.items()
    return {"@sign": key, "@bound": bound}


def unpack_condition(cells: Mapping[str, str], complaints: Complaints) -> dict[str, Any]:  # noqa: ARG001
    """Read a condition from its two cells; half of one is none."""
    sign, bound = cells.get("@sign", ""), cells.get("@bound", "")
    return {_SIGNS.get(sign, sign): bound} if sign and bound else {}
