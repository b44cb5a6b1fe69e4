"""The published JSON Schema of a scheme, and the reference tables of its fields.

``python -m ronghe.analysis.scheme.schema`` prints the schema (``docs/reference/
scheme.schema.json``), with ``--fields`` the tables of ``docs/reference/scheme.md``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from ronghe.analysis.scheme.choices import RULES, SOURCES, Names, choice_of
from ronghe.analysis.scheme.fields import FIELDS, Field
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import Part, Text

_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}

_PART_NAMES = {
    "Text": ("文字", "wording"),
    "Scheme": ("考核方案", "scheme"),
    "Period": ("考核期", "period"),
    "Approval": ("批准依据", "approval"),
    "Pay": ("绩效发放", "performance pay"),
    "Measure": ("数据", "measure"),
    "RecordKind": ("纪实类别", "kind of record"),
    "Group": ("指标分组", "group of indicators"),
    "Indicator": ("指标", "indicator"),
    "Pool": ("加分扣分", "pool of bonuses or penalties"),
    "Gate": ("前置条件", "gate"),
    "Veto": ("一票否决", "veto"),
    "Condition": ("条件", "condition"),
    "Grading": ("等次规则", "grading"),
    "Grade": ("等次", "grade"),
    "Cap": ("封顶", "cap on records"),
    "CombinedPart": ("组合的一部分", "part of a combined rule"),
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a scheme, described in Chinese and English.

    Numbers may be written as text, wordings as plain text in Chinese. What a schema cannot say
    (points that add up, codes that exist) is left to `ronghe.analysis.scheme.check`.
    """
    schema = _standard(Scheme.model_json_schema())
    parts = {part.__name__: part for part in FIELDS}
    for name, described in [("Scheme", schema), *schema["$defs"].items()]:
        _describe(described, parts[name])
    schema["$defs"]["Text"] = {"anyOf": [{"type": "string"}, schema["$defs"]["Text"]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _standard(schema: Any) -> Any:
    """Put what pydantic says about exact decimals into the words of the standard."""
    if isinstance(schema, list):
        return [_standard(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "decimal_places" in schema:
        return _number(schema)
    kept = {key: _standard(each) for key, each in schema.items() if key != "discriminator"}
    if kept.get("default", "") is None:
        del kept["default"]
    return kept


def _number(schema: dict[str, Any]) -> dict[str, Any]:
    after = schema["decimal_places"]
    before = schema["max_digits"] - after
    bounds = {_BOUNDS[key]: schema[key] for key in _BOUNDS if key in schema}
    sign = "" if bounds else "-?"
    text = {"type": "string", "pattern": rf"^{sign}\d{{1,{before}}}(\.\d{{1,{after}}})?$"}
    number: dict[str, Any] = {"anyOf": [{"type": "number", **bounds}, text]}
    if "default" in schema:
        number["default"] = json.loads(schema["default"])
    return number


def _describe(schema: dict[str, Any], part: type[Part]) -> None:
    schema["title"], schema["description"] = part_names(part)
    for key, each in schema["properties"].items():
        field = FIELDS[part][key]
        named = ", ".join(f"{v}＝{zh}" for v, (zh, _) in _choice(part.model_fields[key]).items())
        each["title"] = field.label
        each["description"] = f"{field.zh} / {field.en}" + (f" ({named})" if named else "")


def part_names(part: type[Part]) -> tuple[str, str]:
    """Name a part of the model in Chinese and English; rules and sources by their kind."""
    if part.__name__ in _PART_NAMES:
        return _PART_NAMES[part.__name__]
    names: Names = {**RULES, **SOURCES}
    return names[get_args(part.model_fields["kind"].annotation)[0]]


def _choice(field: FieldInfo) -> Names:
    """Return the names of a field's fixed values, if it has any."""
    values = [value for one in _alternatives(field.annotation) for value in _literals(one)]
    return choice_of(values)


def _literals(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _alternatives(annotation: Any) -> list[Any]:
    """Return the types that a field may have, opened as far as they are unions."""
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (list, dict, Literal) or not get_args(annotation):
        return [annotation]
    return [one for each in get_args(annotation) for one in _alternatives(each)]


def field_tables() -> str:
    """Write a Markdown table of the fields of each part: key, label, type, default, meaning."""
    return "\n".join(line for part in FIELDS for line in _table(part)) + "\n"


def _table(part: type[Part]) -> Iterator[str]:
    zh, en = part_names(part)
    part.model_rebuild()
    yield f"### {zh} {en}\n"
    yield "| 键 key | 名称 | 类型 type | 默认 default | 说明 | meaning |"
    yield "|---|---|---|---|---|---|"
    for key, field in part.model_fields.items():
        about = FIELDS[part][key]
        kind = " / ".join(dict.fromkeys(filter(None, map(_type, _alternatives(field.annotation)))))
        yield f"| `{key}` | {about.label} | {kind} | {_default(field)} | {_meaning(about)} |"
    yield ""


def _meaning(about: Field) -> str:
    return f"{about.zh} | {about.en}".replace("\n", " ")


def _type(annotation: Any) -> str:
    """Name a type in both languages; fixed values are listed."""
    values = _literals(annotation)
    if values:
        names = choice_of(values) or {**RULES, **SOURCES}
        return "，".join(f"`{value}` {names[value][0]}" for value in values)
    if get_origin(annotation) is dict:
        return "对照 mapping"
    if get_origin(annotation) is list:
        inner = " / ".join(map(_type, _alternatives(get_args(annotation)[0])))
        return f"{inner}（列表 list）"
    if annotation in _TYPES:
        return _TYPES[annotation]
    is_part = isinstance(annotation, type) and issubclass(annotation, Part)
    return part_names(annotation)[0] if is_part else ""


_TYPES = {
    str: "文字 text",
    Text: "文字 text",
    int: "整数 whole number",
    bool: "是否 true/false",
    Decimal: "数 number",
    date: "日期 date",
}


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "必填 required"
    value = field.get_default(call_default_factory=True)
    value = str(value).lower() if isinstance(value, bool) else value
    return f"`{value}`" if isinstance(value, str | int | Decimal) and value != "" else ""


if __name__ == "__main__":
    if "--fields" in sys.argv[1:]:
        sys.stdout.write(field_tables())
    else:
        sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
