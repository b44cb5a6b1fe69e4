"""What the pages of schemes share: the language, a draft's health, reading an upload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.utils.translation import get_language

from ronghe.apps.appraisal.drafts.health import Health, health
from ronghe.apps.appraisal.drafts.tree import Document
from ronghe.apps.appraisal.selectors import schemes as selectors
from ronghe.apps.registry.models import Node
from ronghe.wording import Language

Read = TypeVar("Read")


def language() -> Language:
    """Return the language of the page for sentences of the core."""
    return "en" if get_language() == "en" else "zh"


def health_at(node: Node, document: Document) -> Health:
    """Return the health of a draft at a node, checked against the duty list that counts there."""
    return health(document, selectors.duties_for(node), language(), node)


def read_upload(file: Any, reader: Callable[[Path], Read]) -> Read:
    """Read an uploaded file from a folder of its own, whatever it calls itself."""
    with TemporaryDirectory(prefix="ronghe-") as folder:
        path = Path(folder, f"upload{Path(file.name).suffix.casefold()}")
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        return reader(path)
