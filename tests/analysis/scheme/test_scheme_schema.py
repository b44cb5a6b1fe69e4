"""The published schema and reference say what the model says, no more and no less."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from pydantic import BaseModel

from ronghe.analysis.scheme.check import parse_scheme
from ronghe.analysis.scheme.choices import RULES, SOURCES, choice_of
from ronghe.analysis.scheme.fields import FIELDS
from ronghe.analysis.scheme.parts import Part
from ronghe.analysis.scheme.schema import field_tables, json_schema
from ronghe.exchange.scheme import write_scheme_yaml
from ronghe.exchange.scheme.layout import SHEETS
from ronghe.exchange.scheme.packing import RULE_PARAMETERS, SOURCE_PARAMETERS
from scheme_drafts import CASES, at, draft
from strategies_scheme import schemes

DOCS = Path(__file__).parents[3] / "docs" / "reference"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def as_json(text: str) -> Any:
    """Read YAML as any reader would, its days and thresholds as text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_published_schema_is_current() -> None:
    published = (DOCS / "scheme.schema.json").read_text(encoding="utf-8")

    assert published == json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def test_the_tables_of_the_reference_are_current() -> None:
    assert field_tables() in (DOCS / "scheme.md").read_text(encoding="utf-8")


def test_the_schema_is_a_sound_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@settings(max_examples=20, deadline=None)
@given(schemes())
def test_schemes_written_as_yaml_satisfy_the_schema(scheme) -> None:
    VALIDATOR.validate(as_json(write_scheme_yaml(scheme)))


def test_the_example_of_the_reference_is_sound_and_satisfies_the_schema() -> None:
    page = (DOCS / "scheme.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]

    VALIDATOR.validate(as_json(example))
    assert parse_scheme(as_json(example)).points == 100


@pytest.mark.parametrize(
    "change",
    [{"points": 0}, {"points": "1.2345"}, {"tilte": "x"}, {"rule": {"kind": "bands"}}],
    ids=["no points", "too many digits", "a misspelt key", "a rule without its parameter"],
)
def test_the_schema_refuses_what_the_model_refuses(change) -> None:
    document = draft()
    at(document, *CASES).update(change)

    assert not VALIDATOR.is_valid(json.loads(json.dumps(document)))


def parts_below(part: type[BaseModel]) -> set[type[Part]]:
    below = {part, *(p for s in part.__subclasses__() for p in parts_below(s))}
    return {p for p in below if p.__module__.startswith("ronghe.analysis.scheme.")} - {Part}


def test_every_field_of_every_part_is_named_and_explained() -> None:
    assert set(FIELDS) == parts_below(Part)
    for part, fields in FIELDS.items():
        assert list(fields) == list(part.model_fields)


def literals(annotation: Any) -> list[tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return [get_args(annotation)]
    return [found for inner in get_args(annotation) for found in literals(inner)]


def test_every_choice_has_names_in_both_languages() -> None:
    for part in FIELDS:
        for key, field in part.model_fields.items():
            for values in literals(field.annotation):
                names = choice_of(values) or {v: {**RULES, **SOURCES}[v] for v in values}
                assert set(names) == set(values), (part, key)
                assert all(zh and en for zh, en in names.values())


def test_the_workbook_has_a_cell_for_every_field() -> None:
    columns = {key for layout in SHEETS for column in layout.columns for key in column.path}
    for part, codecs in (*RULE_PARAMETERS.values(), *SOURCE_PARAMETERS.values()):
        assert {*codecs, "kind"} == set(part.model_fields)
    elsewhere = {"children", "items", "grades", "at_least", "above", "at_most", "below", "parts"}
    inside = {part for part, _ in (*RULE_PARAMETERS.values(), *SOURCE_PARAMETERS.values())}
    for part, fields in FIELDS.items():
        if part not in inside and part.__name__ not in ("Cap", "CombinedPart", "Scheme"):
            assert set(fields) - columns - elsewhere == set(), part
