"""The fields of a part on screen, made from the same tables as the columns of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ronghe.analysis.scheme.choices import CHOICES
from ronghe.analysis.scheme.fields import FIELDS
from ronghe.analysis.scheme.model import Group, Indicator
from ronghe.analysis.scheme.parts import Part
from ronghe.analysis.scheme.rules import CombinedPart
from ronghe.apps.appraisal.drafts.tree import Document, rows, title_of, titled
from ronghe.exchange.scheme.cells import CAP, DAY, NAMES, NUMBERS, PAIR_LIST, YES, Codec, choose
from ronghe.exchange.scheme.layout import (
    GATES,
    GRADES,
    INDICATORS,
    KINDS,
    MEASURES,
    PEER_GROUPS,
    POOLS,
    SCHEME,
    VETOES,
    Column,
)
from ronghe.exchange.scheme.packing import RULE_PARAMETERS, SOURCE_PARAMETERS

LONG = {"note", "citation", "authority", "plan_item", "basis"}
"""Fields for more than a line."""

PARTS = 3
"""A combined rule has at most so many parts."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A field: its name in the form, label, explanation, look, choices and what it holds now.

    ``look`` is line, long, day, choice or many; a choice that shows other fields is ``turning``.
    """

    name: str
    section: str
    label: tuple[str, str]
    explained: tuple[str, str]
    look: str = "line"
    options: tuple[tuple[str, tuple[str, str]], ...] = ()
    value: str | tuple[str, ...] = ""
    turning: bool = False


def _columns(kind: str) -> list[Column]:
    """Return the columns of the workbook that hold a kind of part."""
    sheet = {
        "scheme": SCHEME,
        "group": INDICATORS,
        "indicator": INDICATORS,
        "pool": POOLS,
        "gate": GATES,
        "veto": VETOES,
        "grade": GRADES,
        "peer_group": PEER_GROUPS,
        "measure": MEASURES,
        "record_kind": KINDS,
    }[kind]
    return [column for column in sheet.columns if _fits(kind, column.path)]


def _fits(kind: str, path: tuple[str, ...]) -> bool:
    if path[0] in ("@number", "@parent", "source", "rule"):
        return False
    if kind == "group":
        return path[0] in Group.model_fields
    if kind == "indicator":
        return path[0] in Indicator.model_fields
    if kind == "pool":
        return path[0] in ("code", "title", "kind", "cap")
    return True


def specs(kind: str, part: Document, document: Document) -> list[Spec]:
    """Return the fields of a part with what it holds; the document offers its codes to choose."""
    part = {**part, "title": titled(part.get("title"))} if kind != "peer_group" else part
    fields = [_spec(column, part, document) for column in _columns(kind)]
    if kind in ("indicator", "gate", "veto"):
        fields += _source(_mapping(part.get("source")), document)
    if kind == "indicator":
        fields += _rule("rule", _mapping(part.get("rule")))
    order = {"basic": 0, "source": 1, "rule": 2, "more": 3}
    return sorted(fields, key=lambda one: order[one.section])


def _spec(column: Column, part: Document, document: Document) -> Spec:
    value, codec = _value(part, column.path), column.codec
    owner, key = column.path[-2:] if len(column.path) > 1 else ("", column.path[0])
    early = key in ("code", "points", "counts_as", "zh", "en", "@name") or owner == "period"
    look, options, line = _look(codec, value)
    shown: str | tuple[str, ...] = line
    if key in ("peer_groups", "zeroes", "tie_breakers"):
        look, options, shown = "many", tuple(_offered(key, document)), _texts(value)
    if key == "ceiling":
        look, options = "choice", tuple(_offered(key, document))
    return Spec(
        name="-".join(column.path),
        section="basic" if early or column.path[0] not in _LATER else "more",
        label=(column.heading, _english(column.path)),
        explained=(column.zh, column.en),
        look="long" if key in LONG else look,
        options=options,
        value=shown,
    )


_LATER = {
    "missing", "peer_groups", "side", "dimension", "supplier", "frequency", "fields", "evidence",
    "basis", "citation", "note", "approval", "grading", "zeroes", "authority",
    "pay", "coefficient",
}  # fmt: skip


def _english(path: Sequence[str]) -> str:
    known = {"zh": "title", "en": "English title", "@name": "code", "@sign": "condition",
             "@bound": "limit", "label": "period", "since": "first day", "until": "last day",
             "previous": "period before"}  # fmt: skip
    name = known.get(path[-1], path[-1]).replace("_", " ")
    if path[0] == "pay":
        name = f"pay {name}"
    return name[0].upper() + name[1:]


def _value(part: Any, path: Sequence[str]) -> Any:
    if path[-1] in ("@sign", "@bound"):
        condition = _mapping(_mapping(part).get(path[0]))
        pair = next(iter(condition.items()), ("", None))
        return pair[0] if path[-1] == "@sign" else pair[1]
    for step in path:
        part = part.get(step) if isinstance(part, Mapping) else None
    return part


def _mapping(value: Any) -> Document:
    return dict(value) if isinstance(value, Mapping) else {}


def _texts(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else NAMES.read(value) if value else []
    return tuple(str(one) for one in listed)


def _look(codec: Codec, value: Any) -> tuple[str, tuple[tuple[str, tuple[str, str]], ...], str]:
    """Return how a value is entered, from what it is chosen, and how it reads now."""
    if codec is YES:
        shown = {"true": "true", "false": "false"}.get(str(value).lower(), "")
        return "choice", (("true", ("是", "yes")), ("false", ("否", "no"))), shown
    if codec is DAY:
        return "day", (), str(value or "")
    names = CHOICES.get(codec.choice, {})
    if codec.choice in ("target", "end"):
        word = names.get(str(value))
        return "line", (), word[0] if word else _text(codec, value)
    if names:
        return "choice", tuple(names.items()), str(value or "")
    return "line", (), _text(codec, value)


def _text(codec: Codec, value: Any) -> str:
    """Write a value as the workbook would, whatever it is."""
    if value is None:
        return ""
    if codec is PAIR_LIST and isinstance(value, Mapping):
        return str(PAIR_LIST.write(dict(value)))
    if codec is CAP and isinstance(value, Mapping):
        per = CHOICES["per"].get(str(value.get("per")), (str(value.get("per", "")), ""))[0]
        return f"{value.get('each', '')}/{per}"
    if codec in (NAMES, NUMBERS) and isinstance(value, list):
        return "，".join(map(str, value))
    return str(value)


def _offered(key: str, document: Document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the codes of the document that a field can name."""
    lists: dict[str, tuple[tuple[str, ...], ...]] = {
        "peer_groups": (("peer_groups",),),
        "zeroes": (("indicators",),),
        "tie_breakers": (("indicators",),),
        "ceiling": (("grading", "grades"),),
        "measure": (("measures",),),
        "of": (("record_kinds",),),
    }
    for at in lists[key]:
        for row in rows(document, at):
            code = str(row.part.get("@name") or row.part.get("code") or "")
            indent = "　" * row.depth
            named = f"{indent}{title_of(row.part)}", f"{indent}{title_of(row.part, english=True)}"
            yield code, named


def _kind(name: str, section: str, choice: str, value: str) -> Spec:
    label = {"source": ("数据来源", "Source"), "rule": ("计分方法", "Rule")}[choice]
    explained = FIELDS[Indicator][choice]
    words = (explained.zh, explained.en)
    options = tuple(CHOICES[choice].items())
    return Spec(name, section, label, words, "choice", options, value, turning=True)


def _source(source: Document, document: Document) -> Iterator[Spec]:
    kind = str(source.get("kind", ""))
    yield _kind("source-kind", "source", "source", kind)
    part, codecs = SOURCE_PARAMETERS.get(kind, (None, {}))
    for key, codec in codecs.items():
        spec = _parameter("source", "source", part, key, codec, source.get(key))
        if key == "measure":
            options = tuple(_offered(key, document))
            spec = _chosen(spec, "choice", options, str(source.get(key) or ""))
        if key == "of":
            spec = _chosen(spec, "many", tuple(_offered(key, document)), _texts(source.get(key)))
        yield spec


def _chosen(spec: Spec, look: str, options: Any, value: Any) -> Spec:
    """Return a field as a choice; a value that is not offered stays choosable."""
    values = (value,) if isinstance(value, str) else value
    known = {code for code, _names in options}
    lost = tuple((one, (one, one)) for one in values if one and one not in known)
    return Spec(spec.name, spec.section, spec.label, spec.explained, look, (*options, *lost), value)


def _parameter(
    prefix: str, section: str, part: type[Part] | None, key: str, codec: Codec, value: Any
) -> Spec:
    field = FIELDS[part][key] if part else None
    look, options, shown = _look(codec, value)
    return Spec(
        name=f"{prefix}-{key}",
        section=section,
        label=(field.label if field else key, _english([key])),
        explained=(_hint(codec, field.zh if field else ""), field.en if field else ""),
        look=look,
        options=options,
        value=shown,
    )


def _hint(codec: Codec, words: str) -> str:
    examples = {id(PAIR_LIST): "90:10，80:8", id(NUMBERS): "60，57，54", id(CAP): "3/月"}
    example = examples.get(id(codec))
    return f"{words}；如 {example}" if example else words


def _rule(prefix: str, rule: Document) -> Iterator[Spec]:
    kind = str(rule.get("kind", ""))
    inner = prefix != "rule"
    spec = _kind(f"{prefix}-kind", "rule", "rule", kind)
    options = tuple(one for one in spec.options if not (inner and one[0] == "combined"))
    yield Spec(spec.name, "rule", spec.label, spec.explained, "choice", options, kind, turning=True)
    if kind == "combined":
        yield from _combined(rule)
        return
    part, codecs = RULE_PARAMETERS.get(kind, (None, {}))
    for key, codec in codecs.items():
        yield _parameter(prefix, "rule", part, key, codec, rule.get(key))


def _combined(rule: Document) -> Iterator[Spec]:
    """Yield the fields of the parts of a combined rule, and of one more."""
    held = rule.get("parts")
    parts = [_mapping(one) for one in held] if isinstance(held, list) else []
    for index, part in enumerate([*parts, {}][:PARTS]):
        prefix, number = f"rule-{index}", index + 1
        for key, look in (("of", choose("of")), ("share", Codec(str, str))):
            spec = _parameter(prefix, "rule", CombinedPart, key, look, part.get(key))
            zh, en = spec.label
            label = f"第{number}部分：{zh}", f"Part {number}: {en.lower()}"
            yield Spec(
                spec.name, "rule", label, spec.explained, spec.look, spec.options, spec.value
            )
        yield from _rule(prefix, _mapping(part.get("rule")))


def read_part(kind: str, posted: Mapping[str, Any]) -> Document:
    """Read a part from what was posted: texts by field name, lists where many are chosen."""
    part: Document = {}
    for column in _columns(kind):
        _put(part, column.path, _read(column.codec, posted.get("-".join(column.path))))
    for key in ("requires", "when"):
        if key in part:
            part[key] = _condition(part[key])
    if kind in ("indicator", "gate", "veto"):
        part["source"] = _read_parameters("source", SOURCE_PARAMETERS, posted)
    if kind == "indicator":
        part["rule"] = _read_rule("rule", posted)
    return {key: value for key, value in part.items() if value not in ({}, [], "", None)}


def _read(codec: Codec, text: Any) -> Any:
    if isinstance(text, list | tuple):
        return [str(one) for one in text if one]
    text = str(text or "").strip()
    if not text:
        return None
    english = {en: value for value, (_zh, en) in CHOICES.get(codec.choice, {}).items()}
    return english.get(text) or codec.read(text)


def _put(part: Document, path: Sequence[str], value: Any) -> None:
    if value is None or value == []:
        return
    *above, last = path
    for key in above:
        part = part.setdefault(key, {})
    part[last] = value


def _condition(cells: Mapping[str, Any]) -> Document:
    sign, bound = cells.get("@sign"), cells.get("@bound")
    return {sign: bound} if sign and bound is not None else {}


def _read_parameters(prefix: str, table: Any, posted: Mapping[str, Any]) -> Document:
    kind = str(posted.get(f"{prefix}-kind") or "")
    _part, codecs = table.get(kind, (None, {}))
    read = {key: _read(codec, posted.get(f"{prefix}-{key}")) for key, codec in codecs.items()}
    found = {key: value for key, value in read.items() if value not in (None, [])}
    return {"kind": kind, **found} if kind else {}


def _read_rule(prefix: str, posted: Mapping[str, Any]) -> Document:
    if posted.get(f"{prefix}-kind") != "combined":
        return _read_parameters(prefix, RULE_PARAMETERS, posted)
    parts = []
    for index in range(PARTS):
        inner = f"rule-{index}"
        view, share = posted.get(f"{inner}-of"), posted.get(f"{inner}-share")
        rule = _read_parameters(inner, RULE_PARAMETERS, posted)
        part = {"of": view, "share": share, "rule": rule}
        parts.append({key: value for key, value in part.items() if value})
    return {"kind": "combined", "parts": [part for part in parts if part]}
