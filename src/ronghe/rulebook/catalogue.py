"""The catalogue of official statistics: how far down each is published, and what to use below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.scheme.parts import LEVELS, Level
from ronghe.rulebook.citing import cite
from ronghe.rulebook.fields import Reader
from ronghe.rulebook.loading import DOCUMENTS, STATISTICS, built_in_texts, read_documents
from ronghe.rulebook.model import Confidence, Document, Language, Wording
from ronghe.rulebook.yamlfile import Node, parse

_FIELDS = ("title", "lowest_level", "document", "confidence", "patterns", "proxies")


@dataclass(frozen=True, slots=True)
class Proxy:
    """What can stand in for a statistic (替代指标) down to `lowest_level`, and who holds it."""

    code: str
    title: Wording
    lowest_level: Level
    holder: Wording


@dataclass(frozen=True, slots=True)
class Statistic:
    """An official statistic (官方统计指标).

    `lowest_level` is the lowest level at which it is officially published; `patterns` are words
    by which a title gives it away; `proxies` serve the levels below.
    """

    code: str
    title: Wording
    lowest_level: Level
    document: Document
    article: str
    confidence: Confidence
    note: Wording
    patterns: tuple[str, ...]
    proxies: tuple[Proxy, ...]

    def published_at(self, level: Level) -> bool:
        """Whether it is officially published for units of a level."""
        return LEVELS.index(level) <= LEVELS.index(self.lowest_level)

    def proxies_at(self, level: Level) -> tuple[Proxy, ...]:
        """The proxies that exist for units of a level."""
        at = LEVELS.index(level)
        return tuple(proxy for proxy in self.proxies if at <= LEVELS.index(proxy.lowest_level))

    def citation(self, language: Language = "zh") -> str:
        """Its source, with the doubt about it if there is one."""
        return cite(self.document, self.article, self.confidence, language)


@cache
def statistics() -> tuple[Statistic, ...]:
    """The catalogue of official statistics, in the order of the file; read once."""
    texts = dict(built_in_texts())
    documents, problems = read_documents(texts[DOCUMENTS], DOCUMENTS)
    found, more = read_statistics(texts[STATISTICS], STATISTICS, documents)
    if problems + more:
        raise ProblemsError(problems + more)
    return found


def read_statistics(
    text: str, source: str, documents: Mapping[str, Document]
) -> tuple[tuple[Statistic, ...], list[Problem]]:
    """Read a catalogue of statistics."""
    root, problems = parse(text, source)
    reader = Reader(source, both=True)
    parts = reader.mapping(root, "", ("proxies", "statistics")) if root else {}
    if not parts.keys() >= {"proxies", "statistics"}:
        return (), problems + reader.problems
    proxies: dict[str, Proxy] = {}
    for code, node in reader.pairs(parts["proxies"], "proxies").items():
        pairs = reader.mapping(node, code, ("title", "lowest_level", "holder"))
        if pairs.keys() >= {"title", "lowest_level", "holder"}:
            level = reader.choice(pairs["lowest_level"], code, LEVELS, "country")
            title = reader.wording(pairs["title"], code)
            proxies[code] = Proxy(code, title, level, reader.wording(pairs["holder"], code))
    entries = reader.pairs(parts["statistics"], "statistics").items()
    read = [_statistic(reader, code, node, proxies, documents) for code, node in entries]
    return tuple(found for found in read if found), problems + reader.problems


def _statistic(
    reader: Reader,
    code: str,
    node: Node,
    proxies: Mapping[str, Proxy],
    documents: Mapping[str, Document],
) -> Statistic | None:
    pairs = reader.mapping(node, code, _FIELDS, ("article", "note"))
    if not pairs.keys() >= set(_FIELDS):
        return None
    by_language = reader.mapping(pairs["patterns"], code, ("zh", "en"))
    patterns = [item for words in by_language.values() for item in reader.items(words, code)]
    document = reader.choice(pairs["document"], code, tuple(documents), "")
    named = [
        reader.choice(item, code, tuple(proxies), "")
        for item in reader.items(pairs["proxies"], code)
    ]
    if not document or "" in named:
        return None
    return Statistic(
        code=code,
        title=reader.wording(pairs["title"], code),
        lowest_level=reader.choice(pairs["lowest_level"], code, LEVELS, "country"),
        document=documents[document],
        article=reader.text(pairs.get("article"), code),
        confidence=reader.choice(pairs["confidence"], code, get_args(Confidence), "to-confirm"),
        note=reader.wording(pairs.get("note"), code),
        patterns=tuple(reader.text(item, code) for item in patterns),
        proxies=tuple(proxies[name] for name in named),
    )


def recognise(title: str) -> tuple[Statistic, ...]:
    """The official statistics that a title names, in the catalogue's order.

    The longest words win: 单位GDP能耗 is energy consumption and not GDP. Latin words match whole
    words only, letter case, width and spacing do not count.
    """
    text = _normal(title)
    hits = [
        (statistic, match.span())
        for statistic in statistics()
        for pattern in statistic.patterns
        for match in _matcher(pattern).finditer(text)
    ]
    spans = {span for _, span in hits}
    longest = {a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)}
    return tuple(dict.fromkeys(statistic for statistic, span in hits if span in longest))


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    text = re.escape(_normal(pattern))
    return re.compile(rf"(?<![a-z0-9]){text}(?![a-z0-9])" if pattern[0].isascii() else text)


def _normal(text: str) -> str:
    """Small letters of usual width; one space between Latin words, none beside Chinese."""
    text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r" (?=[^ -~])|(?<=[^ -~]) ", "", text)
