"""Reading the parts of a rulebook file into typed values, keeping note of everything wrong."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import TypeVar, get_args

from ronghe.analysis.errors import Place, Problem
from ronghe.rulebook.model import Document, Kind, Precision, Term, Value, Wording
from ronghe.rulebook.yamlfile import Node

_Word = TypeVar("_Word", bound=str)

_NUMBER = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATIO = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%")
_DECIMAL = re.compile(r"[01](?:\.[0-9]{1,9})?")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_EXPECTED: dict[Kind, str] = {
    "number": "12",
    "share": "1/3, 30%, 0.3",
    "truth": "true, false",
    "text": "{zh: …, en: …}",
    "list": "[{code: …, zh: …, en: …}]",
    "day": "2026-01-31",
}


def share_of(text: str) -> Fraction | None:
    """Read a share exactly: ``1/3``, ``30%`` or ``0.3``; none unless it lies in [0, 1]."""
    if match := _RATIO.fullmatch(text):
        share = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    elif match := _PERCENT.fullmatch(text):
        share = Fraction(match[1]) / 100
    else:
        share = Fraction(text) if _DECIMAL.fullmatch(text) else None
    return share if share is not None and share <= 1 else None


class Reader:
    """Reads nodes of one file. What does not fit becomes a problem and an empty value.

    With `both`, every wording needs Chinese and English; else English may be missing.
    """

    def __init__(self, source: str, *, both: bool) -> None:
        self.source = source
        self.both = both
        self.problems: list[Problem] = []

    def place(self, node: Node, path: str) -> Place:
        """Where a node stands."""
        return Place(self.source, row=node.line, path=path)

    def complain(
        self,
        code: str,
        node: Node,
        path: str,
        found: object = None,
        expected: object = None,
        **details: object,
    ) -> None:
        """Note a problem at a node."""
        place = self.place(node, path)
        self.problems.append(Problem(code, place, found, expected, details))

    def pairs(self, node: Node, path: str) -> dict[str, Node]:
        """A mapping with any keys."""
        if isinstance(node.value, dict):
            return node.value
        self.complain("rulebook-shape", node, path, _shape(node), "key: value")
        return {}

    def items(self, node: Node, path: str) -> tuple[Node, ...]:
        """A list."""
        if isinstance(node.value, tuple):
            return node.value
        self.complain("rulebook-shape", node, path, _shape(node), "- …")
        return ()

    def mapping(
        self, node: Node, path: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """A mapping with these keys and no others; the required ones are not empty."""
        if not isinstance(node.value, dict):
            self.complain("rulebook-shape", node, path, _shape(node), ", ".join(required))
            return {}
        for key in required:
            if key not in node.value or not node.value[key].value:
                self.complain("rulebook-missing-field", node, path, expected=key)
        known = (*required, *optional)
        for key, part in node.value.items():
            if key not in known:
                self.complain("rulebook-unknown-field", part, path, key, ", ".join(known))
        return node.value

    def text(self, node: Node | None, path: str) -> str:
        """A plain text; empty when there is none."""
        if node is None or isinstance(node.value, str):
            return "" if node is None else str(node.value)
        self.complain("rulebook-shape", node, path, _shape(node), "…")
        return ""

    def wording(self, node: Node | None, path: str) -> Wording:
        """A wording: ``{zh, en}``, or a plain Chinese text where English may be missing."""
        if node is None:
            return Wording()
        if isinstance(node.value, str) and not self.both:
            return Wording(node.value)
        needed, free = (("zh", "en"), ()) if self.both else (("zh",), ("en",))
        pairs = self.mapping(node, path, needed, free)
        return Wording(self.text(pairs.get("zh"), path), self.text(pairs.get("en"), path))

    def day(self, node: Node | None, path: str) -> date | None:
        """A day written 2026-01-31; none when nothing is written or the day does not exist."""
        if node is None or not node.value:
            return None
        if isinstance(node.value, str) and _DAY.fullmatch(node.value):
            with suppress(ValueError):
                return date.fromisoformat(node.value)
        self.complain("rulebook-bad-value", node, path, _shown(node), "2026-01-31")
        return None

    def choice(self, node: Node, path: str, words: tuple[_Word, ...], default: _Word) -> _Word:
        """One of the words; the default when it is none of them."""
        for word in words:
            if node.value == word:
                return word
        self.complain("rulebook-bad-value", node, path, _shown(node), ", ".join(words))
        return default

    def value(self, node: Node, path: str, kind: Kind) -> Value:
        """A rule's value of this kind; 0 when nothing is written or it does not fit."""
        if not node.value:
            return 0
        if kind == "list" and isinstance(node.value, tuple):
            return self._terms(node.value, path)
        if kind == "text" and not isinstance(node.value, tuple):
            return self.wording(node, path)
        text = node.value if isinstance(node.value, str) else ""
        value: Value | None = None
        if kind == "number" and _NUMBER.fullmatch(text):
            value = int(text)
        elif kind == "share":
            value = share_of(text)
        elif kind == "truth" and text in ("true", "false"):
            value = text == "true"
        elif kind == "day" and _DAY.fullmatch(text):
            return self.day(node, path) or 0
        if value is None:
            expected = _EXPECTED[kind]
            self.complain("rulebook-value-kind", node, path, _shown(node), expected, kind=kind)
        return 0 if value is None else value

    def _terms(self, items: tuple[Node, ...], path: str) -> tuple[Term, ...]:
        terms: dict[str, Term] = {}
        needed, free = (("zh", "en"), ()) if self.both else (("zh",), ("en",))
        for item in items:
            pairs = self.mapping(item, path, ("code", *needed), free)
            code = self.text(pairs.get("code"), path)
            title = Wording(self.text(pairs.get("zh"), path), self.text(pairs.get("en"), path))
            if code in terms or not _CODE.fullmatch(code):
                self.complain("rulebook-bad-value", item, path, code, "a-z, 0-9, _")
            terms[code] = Term(code, title)
        return tuple(terms.values())

    def document(self, node: Node, path: str) -> Document:
        """A document; a local one may be its name alone and has no dates of its own."""
        if isinstance(node.value, str) and not self.both:
            return Document(Wording(node.value))
        dates = ("since", "until", "precision") if self.both else ()
        pairs = self.mapping(node, path, ("title",), ("year", "number", *dates))
        year = self.text(pairs.get("year"), path)
        if year and not re.fullmatch(r"[12][0-9]{3}", year):
            self.complain("rulebook-bad-value", pairs["year"], path, year, "2026")
            year = ""
        precision: Precision = "day"
        if "precision" in pairs:
            precision = self.choice(pairs["precision"], path, get_args(Precision), precision)
        return Document(
            title=self.wording(pairs.get("title"), path),
            year=int(year) if year else None,
            number=self.text(pairs.get("number"), path),
            since=self.day(pairs.get("since"), path),
            until=self.day(pairs.get("until"), path),
            precision=precision,
        )


def _shape(node: Node) -> str:
    if isinstance(node.value, dict):
        return "key: value"
    return "- …" if isinstance(node.value, tuple) else node.value


def _shown(node: Node) -> str:
    return node.value if isinstance(node.value, str) else _shape(node)
