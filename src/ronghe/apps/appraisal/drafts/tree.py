"""The parts of a draft: where each stands, finding, putting, adding, moving and removing them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Loc = tuple[str | int, ...]
Document = dict[str, Any]

LISTS: dict[Loc, str] = {
    ("indicators",): "indicator",
    ("pools",): "pool",
    ("gates",): "gate",
    ("vetoes",): "veto",
    ("grading", "grades"): "grade",
    ("peer_groups",): "peer_group",
    ("measures",): "measure",
    ("record_kinds",): "record_kind",
}
"""The lists of a document and what they hold; groups stand among the indicators."""

BELOW = {"group": "children", "pool": "items"}
"""Under which key the parts below one stand."""


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a draft where it stands: `depth` 0 is the top of its list."""

    loc: Loc
    kind: str
    part: Document
    depth: int

    @property
    def at(self) -> str:
        """Return the location as it stands in an address."""
        return written(self.loc)

    @property
    def mark(self) -> str:
        """Return what tells whether the part, with all below it, is still the same."""
        return mark(self.part, whole=True)


def written(loc: Loc) -> str:
    """Write a location for an address: ``indicators.0.children.2``."""
    return ".".join(map(str, loc))


def read(text: str) -> Loc:
    """Read a location from an address."""
    return tuple(int(step) if step.isdecimal() else step for step in text.split(".") if step)


def kind_of(loc: Loc, part: Any) -> str:
    """Return what kind of part stands at a location; empty where none can."""
    if not loc:
        return "scheme"
    if loc[0] == "pools" and len(loc) == 4:
        return "indicator"
    if loc[0] == "indicators" and len(loc) % 2 == 0:
        return "group" if isinstance(part, dict) and "children" in part else "indicator"
    return LISTS.get(loc[:-1], "") if isinstance(loc[-1], int) else ""


def part_at(document: Document, loc: Loc) -> Any:
    """Return the part at a location, None where there is none.

    Peer groups, a mapping in the document, are counted in its order and carry their code as
    ``@name``.
    """
    if loc[:1] == ("peer_groups",) and len(loc) == 2 and isinstance(loc[1], int):
        groups = _reached(document, loc[:1])
        named = list(groups.items())[loc[1] : loc[1] + 1] if isinstance(groups, dict) else []
        return {"@name": named[0][0], **titled(named[0][1])} if named else None
    here = _reached(document, loc)
    return here if isinstance(here, dict) else None


def titled(words: Any) -> Document:
    """Return a wording as its two languages, however it was written."""
    return dict(words) if isinstance(words, dict) else {"zh": str(words or "")}


def title_of(part: Any, *, english: bool = False) -> str:
    """Return what a part is called: its title, else its code."""
    if not isinstance(part, dict):
        return ""
    words = part if "@name" in part else titled(part.get("title"))
    said = (english and words.get("en")) or words.get("zh")
    return str(said or part.get("code") or part.get("@name") or "")


def rows(document: Document, at: Loc) -> Iterator[Row]:
    """Yield the parts of one list in order, those below a group or pool right after it."""
    yield from _down(document, at, 0)


def _down(document: Document, at: Loc, depth: int) -> Iterator[Row]:
    held = _reached(document, at)
    for index in range(len(held) if isinstance(held, list | dict) else 0):
        loc = (*at, index)
        part = part_at(document, loc)
        if part is None:
            continue
        kind = kind_of(loc, part)
        yield Row(loc, kind, part, depth)
        if kind in BELOW:
            yield from _down(document, (*loc, BELOW[kind]), depth + 1)


def _reached(document: Document, at: Loc) -> Any:
    here: Any = document
    for step in at:
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


def every(document: Document) -> Iterator[Row]:
    """Yield every part of the document but the document itself."""
    for at in LISTS:
        yield from rows(document, at)


def mark(part: Any, *, whole: bool = False) -> str:
    """Return a short digest of a part: its own fields or, `whole`, with all below it."""
    below = () if whole else ("children", "items", *(at[0] for at in LISTS if "code" not in part))
    own = {key: value for key, value in part.items() if key not in below}
    if not whole and isinstance(own.get("grading"), dict):
        own["grading"] = {k: v for k, v in own["grading"].items() if k != "grades"}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find(document: Document, loc: Loc, marked: str, *, whole: bool = False) -> Loc | None:
    """Return where the part with a mark stands now: at its location, else wherever it moved."""
    part = part_at(document, loc) if loc else document
    if part is not None and mark(part, whole=whole) == marked:
        return loc
    same = [row.loc for row in every(document) if mark(row.part, whole=whole) == marked]
    return same[0] if len(same) == 1 and loc else None


def put(document: Document, loc: Loc, own: Document) -> Document:
    """Return the document with a part's own fields replaced; what is below it stays."""
    changed = deepcopy(document)
    if not loc:
        kept = {at[0]: changed[at[0]] for at in LISTS if at[0] in changed and at[0] != "grading"}
        grades = _grades(changed)
        changed = {**own, **kept}
        if grades:
            changed.setdefault("grading", {})["grades"] = grades
        return changed
    if loc[0] == "peer_groups":
        items = list(changed["peer_groups"].items())
        items[int(loc[1])] = _named(own)
        changed["peer_groups"] = dict(items)
        return changed
    held = _held(changed, loc[:-1])
    old = held[int(loc[-1])]
    held[int(loc[-1])] = {**own, **{key: old[key] for key in ("children", "items") if key in old}}
    return changed


def add(document: Document, at: Loc, own: Document, kind: str) -> tuple[Document, Loc]:
    """Return the document with a part added at the end of a list, and where it stands."""
    changed = deepcopy(document)
    if at == ("peer_groups",):
        groups = changed.setdefault("peer_groups", {})
        name, words = _named(own)
        groups[name] = words
        return changed, (*at, list(groups).index(name))
    held = _held(changed, at)
    held.append({**own, BELOW[kind]: []} if kind in BELOW else own)
    return changed, (*at, len(held) - 1)


def remove(document: Document, loc: Loc) -> Document:
    """Return the document without a part and all below it."""
    changed = deepcopy(document)
    if loc[0] == "peer_groups":
        changed["peer_groups"].pop(list(changed["peer_groups"])[int(loc[1])])
    else:
        del _held(changed, loc[:-1])[int(loc[-1])]
    return changed


def shift(document: Document, loc: Loc, by: int) -> Document:
    """Return the document with a part moved up (-1) or down (1) among its neighbours."""
    changed = deepcopy(document)
    index, mapping = int(loc[-1]), loc[0] == "peer_groups"
    held: list[Any] = list(changed["peer_groups"].items()) if mapping else _held(changed, loc[:-1])
    to = index + by
    if 0 <= to < len(held):
        held[index], held[to] = held[to], held[index]
    if mapping:
        changed["peer_groups"] = dict(held)
    return changed


def transplant(document: Document, loc: Loc, into: Loc) -> tuple[Document, Loc]:
    """Return the document with an indicator or group at the end of another list."""
    if loc[:-1] == into or into[: len(loc)] == loc:
        return document, loc
    moved = deepcopy(part_at(document, loc))
    without = remove(document, loc)
    at = _without(into, loc)
    held = _held(without, at)
    held.append(moved)
    return without, (*at, len(held) - 1)


def _without(at: Loc, removed: Loc) -> Loc:
    """Return a location as it is once a part before it is gone."""
    last = len(removed) - 1
    after = at[:last] == removed[:-1] and len(at) > last and int(at[last]) > int(removed[-1])
    return (*at[:last], int(at[last]) - 1, *at[last + 1 :]) if after else at


def _grades(document: Document) -> Sequence[Any]:
    grading = document.get("grading")
    return grading.get("grades", []) if isinstance(grading, dict) else []


def _named(own: Document) -> tuple[str, Document]:
    words = {key: value for key, value in own.items() if key != "@name"}
    return str(own.get("@name", "")), words


def _held(document: Document, at: Loc) -> list[Any]:
    """Return the list at a location, made where the document has none."""
    here: Any = document
    for index, step in enumerate(at):
        last = index == len(at) - 1
        if isinstance(here, dict):
            if not isinstance(here.get(str(step)), list | dict):
                here[str(step)] = [] if last else {}
            here = here[str(step)]
        else:
            here = here[int(step)]
    if not isinstance(here, list):
        raise LookupError(written(at))
    return here
