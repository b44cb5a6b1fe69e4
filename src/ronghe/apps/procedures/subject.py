"""What a procedure is about: any object, by label and id, at a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class Subject:
    """An object that a procedure is attached to: what it is, where it lies, where it is shown."""

    label: str
    pk: int
    place: Node
    title: str
    url: str = ""


def about(target: Model, *, place: Node, title: str, url: str = "") -> Subject:
    """Make the subject of an object; its own address where none is given."""
    own: Any = getattr(target, "get_absolute_url", None)
    shown = url or (own() if own else "")
    return Subject(target._meta.label_lower, target.pk, place, title, shown)
