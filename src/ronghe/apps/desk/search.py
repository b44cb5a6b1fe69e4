"""Searching everything within one's reach: apps register what they can find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

MOST = 20
"""How many hits of one kind are shown."""
LONGEST = 60
"""How many characters of what was typed are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found (结果): its title, what kind of thing it is, where it is, more in a line."""

    title: str
    what: str | Promise
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind; ``more`` where there are others beyond those."""

    what: str | Promise
    hits: list[Hit]
    more: bool


Words = tuple[str, ...]
Provider = Callable[[Any, Words], Iterable[Hit]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that finds what a person may see, of one kind, by all the words.

    It asks in a bounded number of queries; its hits are read only as far as they are shown.
    """
    _PROVIDERS.append(provider)
    return provider


def words_in(typed: str) -> Words:
    """Return the words that were typed."""
    return tuple(typed[:LONGEST].split())


def found_by(user: Any, words: Words) -> list[Found]:
    """Return what a person may see and all the words fit, by kind."""
    if not words:
        return []
    groups = []
    for provider in _PROVIDERS:
        hits = list(islice(provider(user, words), MOST + 1))
        if hits:
            groups.append(Found(hits[0].what, hits[:MOST], len(hits) > MOST))
    return groups


def matching(words: Words, *fields: str) -> Q:
    """Return the filter for rows where each word is part of one of the fields."""
    every = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__icontains": word})
        every &= any_field
    return every


def are_initials(words: Words) -> bool:
    """Tell whether the words may be the first letters of syllables (拼音首字母)."""
    return all(word.isascii() and word.isalpha() and len(word) > 1 for word in words)


def fits(words: Words, text: str) -> bool:
    """Tell whether each word is part of a text or of the initials of its characters."""
    lower = text.lower()
    letters = initials(text)
    return all(word.lower() in lower or _in(letters, word.lower()) for word in words)


# The first character of each initial among the 3,755 common ones, which GB 2312 orders by sound.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_BOUNDS = [one.encode("gb2312") for one in _FIRST]
_LAST = "座".encode("gb2312")


def initials(text: str) -> str:
    """Return the first letter of each character's sound; ``?`` for rarer characters."""
    return "".join(_initial(one) for one in text)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower()
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return "?"
    if not _BOUNDS[0] <= code <= _LAST:
        return "?"
    return _LETTERS[sum(bound <= code for bound in _BOUNDS) - 1]


def _in(letters: str, word: str) -> bool:
    """Tell whether a word stands somewhere among letters of which some are not known."""
    return any(
        all(letters[start + at] in (one, "?") for at, one in enumerate(word))
        and any(letters[start + at] != "?" for at in range(len(word)))
        for start in range(len(letters) - len(word) + 1)
    )


def named(
    rows: Any, words: Words, *, name: str = "name", more: tuple[str, ...] = ()
) -> Iterator[Any]:
    """Yield the rows whose name, or its initials, or another field, the words fit."""
    found = set()
    for row in rows.filter(matching(words, name, *more))[: MOST + 1]:
        found.add(row.pk)
        yield row
    if not are_initials(words):
        return
    names = rows.order_by().prefetch_related(None).values_list("pk", name)
    keys = [pk for pk, text in names.iterator() if pk not in found and fits(words, text)]
    yield from rows.filter(pk__in=keys[: MOST + 1])
