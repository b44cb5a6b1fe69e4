"""How values stand in cells, and the small language of parameter cells.

A parameter cell reads ``目标=100；方向=越少越好``: labels and values in Chinese, English keys and
half-width signs understood too. A name that contains one of the signs stands in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ronghe.analysis.scheme.choices import CHOICES
from ronghe.exchange.scheme.document import number_text, scalar_text

Cell = str | Decimal | date | None
"""What a cell holds when it is written."""

ITEMS, PARTS, EQUALS, PAIRS = "，,、", "；;\n", "＝=", "：:"
_SIGNS = set(ITEMS + PARTS + EQUALS + PAIRS + '"')


class Codec(NamedTuple):
    """How a value is written into a cell, and a cell's text read back (as it is if unclear)."""

    write: Callable[[Any], Cell]
    read: Callable[[str], Any]
    choice: str = ""


def split(text: str, signs: str) -> list[str]:
    """Split at any of some signs outside quotation marks; empty pieces are dropped."""
    pieces, piece, quoted = [], "", False
    for char in text:
        quoted ^= char == '"'
        if char in signs and not quoted:
            pieces.append(piece)
            piece = ""
        else:
            piece += char
    return [p.strip() for p in (*pieces, piece) if p.strip()]


def cut(text: str, signs: str) -> tuple[str, str | None]:
    """Cut a text at the first of some signs outside quotation marks; None: there is no such."""
    quoted = False
    for index, char in enumerate(text):
        quoted ^= char == '"'
        if char in signs and not quoted:
            return text[:index].strip(), text[index + 1 :].strip()
    return text.strip(), None


def quote(name: str) -> str:
    """Put a name into quotation marks if it holds a sign of the parameter language."""
    return '"' + name.replace('"', '""') + '"' if _SIGNS & set(name) else name


def unquote(text: str) -> str:
    """Take the quotation marks of a name away."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def date_text(text: str) -> str:
    """Write a date that a person typed in any usual way, or that Excel holds, as 2025-01-31."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def exact(text: str) -> str:
    """Write a number that Excel holds in binary with its 15 digits: 0.1, not 0.100000001."""
    if re.fullmatch(r"-?\d+\.\d{7,}", text):
        return number_text(Decimal(f"{float(text):.15g}"))
    return text


def choose(name: str) -> Codec:
    """Return the codec of a choice: its Chinese names, its values understood too."""
    names = CHOICES[name]
    values = {label: value for value, (label, _) in names.items()}
    return Codec(lambda v: names[v][0], lambda text: values.get(text, text), name)


def number_or(name: str) -> Codec:
    """Return the codec of a number or the one word of a choice."""
    word = choose(name)
    return Codec(lambda v: word.write(v) if isinstance(v, str) else v, word.read)


def _pairs_text(pairs: dict[Any, Any]) -> str:
    return "，".join(
        f"{quote(scalar_text(key))}:{scalar_text(value)}" for key, value in pairs.items()
    )


def _read_pairs(text: str) -> Any:
    """Read ``90:10，80:8``; what is no pair, or said twice, is left for the checks to refuse."""
    pairs: dict[str, str] = {}
    for item in split(text, ITEMS):
        name, value = cut(item, PAIRS)
        if value is None:
            return text
        name = unquote(name)
        pairs[name] = f"{pairs[name]} / {value}" if name in pairs else value
    return pairs


def _cap_text(cap: dict[str, Any]) -> str:
    return f"{number_text(cap['each'])}/{CHOICES['per'][cap['per']][0]}"


def _read_cap(text: str) -> Any:
    each, slash, per = text.replace("／", "/").partition("/")
    return {"each": each.strip(), "per": choose("per").read(per.strip())} if slash else text


TEXT = Codec(str, str)
NUMBER = Codec(Decimal, exact)
DAY = Codec(lambda day: day, date_text)
YES = Codec(
    lambda value: "是" if value else "否",
    lambda text: {"是": "true", "否": "false"}.get(text, text),
)
NAMES = Codec(
    lambda names: "、".join(map(quote, names)),
    lambda text: [unquote(name) for name in split(text, ITEMS + PARTS)],
)
NUMBERS = Codec(lambda values: "，".join(map(number_text, values)), lambda text: split(text, ITEMS))
PAIR_LIST = Codec(_pairs_text, _read_pairs)
CAP = Codec(_cap_text, _read_cap)
