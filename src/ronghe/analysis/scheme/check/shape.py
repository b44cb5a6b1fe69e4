"""The shape of the model: which part a location leads to, whatever unions lie between."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import Tag
from pydantic.fields import FieldInfo

from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.parts import Part, Text
from ronghe.analysis.scheme.rules import ShareOfFull
from ronghe.analysis.scheme.sources import ExpertSource


def descend(raw: Loc) -> tuple[Loc, Any]:
    """Follow a location of pydantic's through the model.

    Parameters
    ----------
    raw
        As pydantic gives it, with the tags of unions in between.

    Returns
    -------
    The location in the document, without tags, and the type that its last key or position
    belongs to: a part, a list or a mapping (None for the document itself).
    """
    clean: list[str | int] = []
    here: Any = Scheme
    holder: Any = None
    for step in raw:
        if isinstance(here, Mapping):
            here = here.get(step)
            continue
        if here is None or step == "[key]":
            break
        clean.append(step)
        holder, here = here, _below(here, step)
    return tuple(clean), holder


def is_part(annotation: Any) -> TypeGuard[type[Part]]:
    """Whether a type is a part of the model."""
    return isinstance(annotation, type) and issubclass(annotation, Part)


def substitute(holder: Any, step: str | int) -> Any:
    """Return what may stand at a key or position of a holder; None where nothing needs to."""
    if get_origin(holder) is list:
        return stand_in(get_args(holder)[0])
    field = _fields(holder).get(str(step)) if is_part(holder) else None
    return stand_in(field.annotation) if field and field.is_required() else None


def _fields(part: type[Part]) -> dict[str, FieldInfo]:
    """Return a part's fields with their types; parts are built only when they are needed."""
    part.model_rebuild()
    return part.model_fields


def _below(here: Any, step: str | int) -> Any:
    """Return what stands below: a part, a list or mapping type, a union by tag, or None."""
    field = _fields(here).get(str(step)) if is_part(here) else None
    if is_part(here) and field is None:
        return None
    inner = field.annotation if field else get_args(here)[-1]
    members = [m for m in _members(inner) if m is not type(None)]
    if len(members) > 1:
        return {_tag(m): _bare(m) for m in members} if is_part(_bare(members[0])) else None
    only = _bare(members[0])
    return only if is_part(only) or get_origin(only) in (list, dict) else None


def _members(annotation: Any) -> tuple[Any, ...]:
    bare = _bare(annotation)
    return get_args(bare) if get_origin(bare) in (Union, UnionType) else (bare,)


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _tag(member: Any) -> str:
    for note in get_args(member)[1:] if get_origin(member) is Annotated else ():
        if isinstance(note, Tag):
            return note.tag
    kind: str = get_args(_bare(member).model_fields["kind"].annotation)[0]
    return kind


def stand_in(annotation: Any) -> Any:
    """Make the plainest value that a type accepts, to stand where one could not be read."""
    members = [_bare(m) for m in _members(annotation)]
    plainest = (Indicator, ExpertSource, ShareOfFull)
    bare = next((m for m in members if m in plainest), members[0])
    if bare is Text:
        return "…"
    if get_origin(bare) is Literal:
        return get_args(bare)[0]
    if get_origin(bare) is list:
        return [stand_in(get_args(bare)[0])]
    if get_origin(bare) is dict:
        key, value = map(stand_in, get_args(bare))
        return {key: value, f"{key}0": value}
    if is_part(bare):
        fields = _fields(bare).items()
        return {k: stand_in(f.annotation) for k, f in fields if f.is_required()}
    return {"str": "x", "date": "2000-01-01"}.get(bare.__name__, "1")
