"""What an API token may be allowed to do: sets of powers with a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope (范围) of a token: its title and the powers of its owner that it keeps."""

    title: str | Promise
    powers: frozenset[str]


SCOPES: dict[str, Scope] = {}
"""The scopes by name; a token without any can only say whose it is."""


def declare(name: str, title: str | Promise, *powers: str) -> None:
    """Declare a scope ``resource:read`` or ``resource:write``; the apps do so when ready."""
    SCOPES[name] = Scope(title, frozenset(powers))
