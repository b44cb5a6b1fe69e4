"""The chain (审计链): pure. Each sealed entry carries a digest over itself and the one before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""What the first entry has before it."""

_ANCHOR = re.compile(r"\bnumber: (\d+)\b.*?\bdigest: ([0-9a-f]{64})\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reaches: the number and digest of its last entry, 0 for none."""

    number: int = 0
    digest: str = START


@dataclass(frozen=True, slots=True)
class Link:
    """A sealed entry: its number, its digest, and everything else it says."""

    number: int
    digest: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a walk along the chain found.

    ``first_broken`` is the number of the first entry that is missing or not what was sealed;
    ``missing`` are spans of numbers, both ends included. ``anchored`` is None where no anchor
    was given.
    """

    head: Head
    first_broken: int | None
    missing: tuple[tuple[int, int], ...]
    anchored: bool | None

    @property
    def intact(self) -> bool:
        """Tell whether every sealed entry is what it was when it was sealed."""
        return self.first_broken is None and self.anchored is not False


def digest_of(fields: Mapping[str, Any], *, number: int, previous: str) -> str:
    """Return the digest of an entry: SHA-256 of canonical JSON, 64 hexadecimal digits.

    Keys in order, no spaces, characters as they are, UTF-8; ``number`` and ``previous`` inside.
    """
    said = {**fields, "number": number, "previous": previous}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def walk(links: Iterable[Link], *, head: Head, anchor: Head | None = None) -> Finding:
    """Check the links, given in the order of their numbers, up to the head that was kept."""
    last, broken, missing = Head(), set[int](), list[tuple[int, int]]()
    anchored = None if anchor is None else anchor == Head()
    for link in links:
        expected = last.number + 1
        if link.number > expected:
            missing.append((expected, link.number - 1))
            broken.add(expected)
        elif link.number < expected or link.digest != digest_of(
            link.fields, number=link.number, previous=last.digest
        ):
            broken.add(link.number)
        last = Head(link.number, link.digest)
        if anchor is not None and link.number == anchor.number:
            anchored = link.digest == anchor.digest
    if last.number < head.number:
        missing.append((last.number + 1, head.number))
        broken.add(last.number + 1)
    elif last != head:
        broken.add(last.number)
    return Finding(last, min(broken, default=None), tuple(missing), anchored)


def write_anchor(head: Head, day: str) -> str:
    """Write an anchor to keep outside: on paper, in another system."""
    title = "Ronghe audit anchor 审计链锚点"
    return f"{title}\ndate: {day}\nnumber: {head.number}\ndigest: {head.digest}\n"


def read_anchor(text: str) -> Head | None:
    """Read an anchor, None where the text holds none."""
    found = _ANCHOR.search(text)
    return Head(int(found[1]), found[2]) if found else None
