"""Putting the rulebook together: the built-in files, then local overrides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.rulebook.book import Layer, Rulebook, close_to
from ronghe.rulebook.fields import Reader
from ronghe.rulebook.model import Bound, Confidence, Document, Effect, Kind, Rule, Wording
from ronghe.rulebook.yamlfile import MAX_BYTES, Node, parse

DOCUMENTS, STATISTICS = "documents.yaml", "statistics.yaml"

_HEAD = ("title", "kind", "effect", "values")
_DATED = ("value", "document", "confidence")
_DATED_OPTIONAL = ("article", "since", "until", "note", "summary")
_LOCAL = ("key", "value", "since")
_CONFIRMED = ("confirmed_by", "confirmed_on")
_LOCAL_OPTIONAL = ("document", *_CONFIRMED, "until", "article", "bound", "note", "summary")


def load(*, overrides: Iterable[Path] = ()) -> Rulebook:
    """Load the built-in rules and lay local overrides on top; later files win.

    Parameters
    ----------
    overrides
        YAML files of local values, in order; ``docs/reference/rulebook.md`` has the format.

    Raises
    ------
    ProblemsError
        Everything that is wrong in any of the files.
    """
    layers = [built_in()]
    problems: list[Problem] = []
    for path in overrides:
        text, wrong = _text_of(path)
        layer, more = ({}, wrong) if wrong else read_overrides(text, str(path), layers[0])
        layers.append(layer)
        problems += more
    if problems:
        raise ProblemsError(problems)
    return Rulebook(tuple(layers))


@cache
def built_in() -> Layer:
    """The built-in rules by key, each with its dated values in order; read once."""
    texts = dict(built_in_texts())
    documents, problems = read_documents(texts.pop(DOCUMENTS), DOCUMENTS)
    texts.pop(STATISTICS)
    layer, more = read_rules(texts.items(), documents)
    if problems + more:
        raise ProblemsError(problems + more)
    return layer


def built_in_texts() -> Iterator[tuple[str, str]]:
    """The built-in files: name and text, by name."""
    folder = files("ronghe.rulebook") / "builtin"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_text(encoding="utf-8")


def read_documents(text: str, source: str) -> tuple[dict[str, Document], list[Problem]]:
    """Read the catalogue of documents by code."""
    root, problems = parse(text, source)
    reader = Reader(source, both=True)
    pairs = reader.pairs(root, "") if root else {}
    documents = {code: reader.document(node, code) for code, node in pairs.items()}
    return documents, problems + reader.problems


def read_rules(
    texts: Iterable[tuple[str, str]], documents: Mapping[str, Document]
) -> tuple[Layer, list[Problem]]:
    """Read rule files, given as (name, text); a key stands in one file only."""
    layer: dict[str, tuple[Rule, ...]] = {}
    problems: list[Problem] = []
    for source, text in texts:
        root, wrong = parse(text, source)
        reader = Reader(source, both=True)
        for key, node in (reader.pairs(root, "") if root else {}).items():
            if key in layer:
                reader.complain("rulebook-duplicate-rule", node, key, key)
                continue
            layer[key] = _in_order(reader, _entry(reader, key, node, documents))
        problems += wrong + reader.problems
    return {key: rules for key, rules in layer.items() if rules}, problems


@dataclass(frozen=True)
class _Head:
    """What the dated values of one key have in common."""

    key: str
    title: Wording
    kind: Kind
    effect: Effect
    bound: Node | None
    unit: Wording


def _head(reader: Reader, key: str, node: Node) -> _Head | None:
    kind = node.value.get("kind") if isinstance(node.value, dict) else None
    measured = kind is not None and kind.value in ("number", "share")
    needed = (*_HEAD, "bound", "unit") if measured else _HEAD
    pairs = reader.mapping(node, key, needed)
    if not pairs.keys() >= set(needed):
        return None
    return _Head(
        key=key,
        title=reader.wording(pairs["title"], key),
        kind=reader.choice(pairs["kind"], key, get_args(Kind), "text"),
        effect=reader.choice(pairs["effect"], key, get_args(Effect), "warn"),
        bound=pairs.get("bound"),
        unit=reader.wording(pairs.get("unit"), key),
    )


def _entry(reader: Reader, key: str, node: Node, documents: Mapping[str, Document]) -> list[Rule]:
    """Every dated value of one entry; none of those that cannot be read."""
    before = len(reader.problems)
    head = _head(reader, key, node)
    if head is None or len(reader.problems) > before or not isinstance(node.value, dict):
        return []
    dated = reader.items(node.value["values"], key)
    return [rule for item in dated if (rule := _dated_rule(reader, head, item, documents))]


def _dated_rule(
    reader: Reader, head: _Head, node: Node, documents: Mapping[str, Document]
) -> Rule | None:
    before = len(reader.problems)
    key = head.key
    optional = (*_DATED_OPTIONAL, "bound") if head.bound else _DATED_OPTIONAL
    pairs = reader.mapping(node, key, _DATED, optional)
    if not pairs.keys() >= set(_DATED):
        return None
    document = documents.get(code := reader.text(pairs["document"], key))
    if document is None:
        close = close_to(code, documents)
        reader.complain("rulebook-unknown-document", pairs["document"], key, code, close)
        return None
    own_since = reader.day(pairs.get("since"), key)
    rule = Rule(
        key=key,
        title=head.title,
        kind=head.kind,
        value=reader.value(pairs["value"], key, head.kind),
        bound=_bound(reader, pairs.get("bound", head.bound), key),
        unit=head.unit,
        document=document,
        article=reader.text(pairs.get("article"), key),
        since=own_since or document.since,
        until=reader.day(pairs.get("until"), key) or document.until,
        precision="day" if own_since else document.precision,
        confidence=reader.choice(pairs["confidence"], key, get_args(Confidence), "to-confirm"),
        stated_effect=head.effect,
        note=reader.wording(pairs.get("note"), key),
        summary=reader.wording(pairs.get("summary"), key),
        place=reader.place(node, key),
    )
    return rule if len(reader.problems) == before else None


def _bound(reader: Reader, node: Node | None, key: str) -> Bound | None:
    return reader.choice(node, key, get_args(Bound), "exactly") if node else None


def _in_order(reader: Reader, rules: list[Rule]) -> tuple[Rule, ...]:
    """The dated values of one key by date, once it is noted where periods are impossible."""
    ordered = sorted(rules, key=lambda rule: rule.since or date.min)
    found: list[tuple[str, Rule, object, object, int | None]] = []
    for rule in ordered:
        if rule.since and rule.until and rule.until < rule.since:
            found.append(("rulebook-period-reversed", rule, rule.until, rule.since, None))
    for earlier, later in pairwise(ordered):
        if earlier.until is None or later.since is None or earlier.until >= later.since:
            start, end = later.since or "…", earlier.until or "…"
            found.append(("rulebook-periods-overlap", later, start, end, earlier.place.row))
    for code, rule, is_so, should_be, first in found:
        details = {"key": rule.key, "first": first}
        reader.problems.append(Problem(code, rule.place, is_so, should_be, details))
    return tuple(ordered)


def _text_of(path: Path) -> tuple[str, list[Problem]]:
    """A local file's text, with or without a byte order mark, at most `MAX_BYTES`."""
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return "", [Problem("rulebook-unreadable", place, error.strerror)]
    if len(content) > MAX_BYTES:
        return "", [Problem("rulebook-too-large", place, expected=MAX_BYTES)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return "", [Problem("rulebook-not-utf8", Place(str(path), row=row))]


def read_overrides(text: str, source: str, below: Layer) -> tuple[Layer, list[Problem]]:
    """Read a file of local values for keys of the built-in layer."""
    root, problems = parse(text, source)
    reader = Reader(source, both=False)
    rules: dict[str, list[Rule]] = {}
    pairs = reader.mapping(root, "", ("overrides",)) if root else {}
    if root is None and not problems:
        problems.append(Problem("rulebook-missing-field", Place(source), expected="overrides"))
    for node in reader.items(pairs["overrides"], "overrides") if "overrides" in pairs else ():
        rule = _local_rule(reader, node, below)
        if rule:
            rules.setdefault(rule.key, []).append(rule)
    layer = {key: _in_order(reader, found) for key, found in rules.items()}
    return layer, problems + reader.problems


def _local_rule(reader: Reader, node: Node, below: Layer) -> Rule | None:
    """A local value, made from the built-in rule of its key; none if it cannot be read."""
    before = len(reader.problems)
    pairs = reader.mapping(node, "overrides", _LOCAL, _LOCAL_OPTIONAL)
    if not pairs:
        return None
    key = reader.text(pairs.get("key"), "overrides")
    _check_source(reader, node, key, pairs)
    if key not in below:
        if key:
            close = close_to(key, below)
            reader.complain("rulebook-unknown-key", pairs["key"], "overrides", key, close)
        return None
    pattern = below[key][-1]
    if "bound" in pairs and pattern.bound is None:
        reader.complain("rulebook-unknown-field", pairs["bound"], key, "bound", ", ".join(_LOCAL))
    nothing = Node(node.line, "")
    rule = replace(
        pattern,
        value=reader.value(pairs.get("value", nothing), key, pattern.kind),
        bound=_bound(reader, pairs.get("bound"), key) or pattern.bound,
        document=reader.document(pairs.get("document", nothing), key),
        article=reader.text(pairs.get("article"), key),
        since=reader.day(pairs.get("since"), key),
        until=reader.day(pairs.get("until"), key),
        precision="day",
        confidence="seen",
        note=reader.wording(pairs.get("note"), key),
        summary=reader.wording(pairs.get("summary"), key),
        confirmed_by=reader.text(pairs.get("confirmed_by"), key),
        confirmed_on=reader.day(pairs.get("confirmed_on"), key),
        place=reader.place(node, key),
    )
    return rule if len(reader.problems) == before else None


def _check_source(reader: Reader, node: Node, key: str, pairs: Mapping[str, Node]) -> None:
    """A local value needs a document and a person who confirmed it on a day."""

    def lacks(name: str) -> bool:
        return name not in pairs or not pairs[name].value

    if lacks("document"):
        reader.complain("rulebook-override-without-document", node, key, expected="document")
    for name in filter(lacks, _CONFIRMED):
        reader.complain("rulebook-override-unconfirmed", node, key, expected=name)
