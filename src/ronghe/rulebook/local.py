"""Local values kept elsewhere than in files: read and written as the files write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import yaml

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.rulebook.fields import Reader
from ronghe.rulebook.model import Document, Kind, Rule, Term, Value, Wording
from ronghe.rulebook.yamlfile import Node

Raw = str | Mapping[str, str] | Sequence[Mapping[str, str]]
"""A value as a file writes it: ``12``, ``1/3``, ``true``, ``{zh, en}``, ``[{code, zh, en}]``."""


def read_value(raw: Raw, kind: Kind) -> Value:
    """Read a value of a kind, by the checks of the files.

    Raises
    ------
    ProblemsError
        rulebook-value-kind, rulebook-bad-value, rulebook-missing-field.
    """
    reader = Reader("", both=False)
    if not raw:
        raise ProblemsError([Problem("rulebook-missing-field", Place(), expected="value")])
    value = reader.value(_node(raw), "", kind)
    if reader.problems:
        raise ProblemsError(reader.problems)
    return value


def write_value(value: Value) -> Raw:
    """Write a value so that `read_value` reads the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Wording):
        return {"zh": value.zh, "en": value.en} if value.en else {"zh": value.zh}
    if isinstance(value, tuple):
        return [_term(one) for one in value]
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)


def weakens(value: Value, rule: Rule) -> bool:
    """Tell whether a value asks for less than a rule: fewer at least, more at most.

    Values that are not compared weaken a rule if they differ from it.
    """
    if isinstance(value, int | Fraction) and isinstance(rule.value, int | Fraction):
        if rule.bound in ("at_least", "above"):
            return value < rule.value
        if rule.bound in ("at_most", "below"):
            return value > rule.value
    return value != rule.value


def localise(
    rule: Rule,
    value: Value,
    *,
    document: Document,
    article: str,
    since: date,
    until: date | None,
    confirmed: tuple[str, date],
) -> Rule:
    """Return the local rule that stands in a built-in one's place, with that one inside."""
    return replace(
        rule,
        value=value,
        document=document,
        article=article,
        since=since,
        until=until,
        precision="day",
        confidence="seen",
        note=Wording(),
        summary=Wording(),
        confirmed_by=confirmed[0],
        confirmed_on=confirmed[1],
        overrides=rule,
    )


def write_overrides(rules: Iterable[Rule]) -> str:
    """Write local rules as a file of local values, from which `load` reads the same."""
    entries = [_entry(rule) for rule in rules]
    text: str = yaml.safe_dump({"overrides": entries}, allow_unicode=True, sort_keys=False)
    return text


def _entry(rule: Rule) -> dict[str, object]:
    written: dict[str, object] = {
        "key": rule.key,
        "value": write_value(rule.value),
        "since": str(rule.since or ""),
        "until": str(rule.until or ""),
        "bound": rule.bound or "",
        "document": _document(rule.document),
        "article": rule.article,
        "confirmed_by": rule.confirmed_by,
        "confirmed_on": str(rule.confirmed_on or ""),
    }
    return {key: value for key, value in written.items() if value}


def _document(document: Document) -> dict[str, object]:
    title = {"zh": document.title.zh, "en": document.title.en}
    written = {
        "title": {language: words for language, words in title.items() if words},
        "year": str(document.year or ""),
        "number": document.number,
    }
    return {key: value for key, value in written.items() if value}


def _term(one: Term) -> dict[str, str]:
    words = {"code": one.code, "zh": one.title.zh}
    return {**words, "en": one.title.en} if one.title.en else words


def _node(raw: Raw) -> Node:
    if isinstance(raw, str):
        return Node(1, raw)
    if isinstance(raw, Mapping):
        return Node(1, {key: Node(1, text) for key, text in raw.items() if text})
    return Node(1, tuple(_node(one) for one in raw))
