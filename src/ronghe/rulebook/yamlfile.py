"""A strict part of YAML in which every value knows its line.

Mappings, lists and plain texts only. No value is guessed: ``no``, ``012`` and ``2026-01-01`` stay
the texts that a person wrote, and the schema says what they mean. Duplicate keys, aliases, anchors
and tags are problems, so a file can neither hide a value nor run code nor grow when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from ronghe.analysis.errors import Place, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_YAML = yaml.reader.Reader.NON_PRINTABLE


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file with the line it starts on, 1 for the first."""

    line: int
    value: str | tuple[Node, ...] | dict[str, Node]


def parse(text: str, source: str) -> tuple[Node | None, list[Problem]]:
    """Read one document; return its root (none for an empty file) and everything wrong with it.

    Parameters
    ----------
    text
        The file's text, nested at most `MAX_DEPTH` deep.
    source
        The file's name, for the places of problems.
    """
    composer = _Composer(source)
    try:
        return composer.document(iter(yaml.parse(text, Loader=_LOADER))), composer.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        found = error.problem or error.context
        composer.problems.append(Problem("rulebook-yaml-syntax", Place(source, row=row), found))
    except yaml.YAMLError as error:
        composer.problems.append(_unprintable(text, source, error))
    except _TooDeepError as error:
        place = Place(source, row=error.line)
        composer.problems.append(Problem("rulebook-yaml-too-deep", place, expected=MAX_DEPTH))
    return None, composer.problems


def _unprintable(text: str, source: str, error: yaml.YAMLError) -> Problem:
    """Say where the character stands that YAML does not allow."""
    found = _NOT_YAML.search(text)
    if found is None:
        return Problem("rulebook-yaml-syntax", Place(source), str(error))
    place = Place(source, row=text.count("\n", 0, found.start()) + 1)
    return Problem("rulebook-yaml-character", place, f"U+{ord(found[0]):04X}")


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


class _Composer:
    """Builds nodes from the parser's events."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._complain("rulebook-yaml-second-document", event)
                root = self._node(next(events), events, 0)
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line = event.start_mark.line + 1
        if event.anchor is not None:
            self._complain("rulebook-yaml-alias", event, event.anchor)
        if isinstance(event, yaml.AliasEvent):
            return Node(line, "")
        if event.tag is not None:
            self._complain("rulebook-yaml-tag", event, event.tag)
        if isinstance(event, yaml.ScalarEvent):
            return Node(line, event.value)
        if depth >= MAX_DEPTH:
            raise _TooDeepError(line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(line, self._items(events, depth + 1))
        return Node(line, self._pairs(events, depth + 1))

    def _items(self, events: Iterator[Any], depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth))
        return tuple(items)

    def _pairs(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth).value
            value = self._node(next(events), events, depth)
            if not isinstance(key, str):
                self._complain("rulebook-yaml-key", event)
            elif key in pairs:
                self._complain("rulebook-yaml-duplicate-key", event, key, first=pairs[key].line)
            else:
                pairs[key] = value
        return pairs

    def _complain(self, code: str, event: Any, found: object = None, **details: object) -> None:
        place = Place(self.source, row=event.start_mark.line + 1)
        self.problems.append(Problem(code, place, found, details=details))
