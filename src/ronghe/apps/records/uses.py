"""Which schemes read a kind of record or a measure: said by who keeps schemes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import yaml
from django.utils.translation import get_language

from ronghe.schemes import ready

Use = tuple[str, str]
"""The code of a kind or measure, and the title of a scheme that reads it."""
Provider = Callable[[Any], Iterable[Use]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that tells a user which schemes read what."""
    _PROVIDERS.append(provider)
    return provider


def uses_for(user: Any) -> dict[str, list[str]]:
    """Return the titles of the schemes that read each code, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for provider in (_of_ready_schemes, *_PROVIDERS):
        for code, title in provider(user):
            found[code][title] = None
    return {code: list(titles) for code, titles in found.items()}


def _of_ready_schemes(_user: Any) -> Iterable[Use]:
    language = "en" if get_language() == "en" else "zh"
    return [(code, titles.get(language) or titles["zh"]) for code, titles in _ready()]


@cache
def _ready() -> list[tuple[str, dict[str, str]]]:
    found = []
    for file in ready().values():
        said = yaml.safe_load(file.read_text("utf-8"))
        read = [*said.get("record_kinds", []), *said.get("measures", [])]
        found += [(one["code"], said["title"]) for one in read]
    return found
