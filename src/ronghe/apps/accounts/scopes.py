"""What an API token may be allowed to do: sets of powers with a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ronghe.apps.accounts.permissions import SEE_PEOPLE
from ronghe.apps.audit.permissions import SEE_ENTRIES
from ronghe.apps.registry.permissions import SEE_TREE


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope (范围) of a token: its title and the powers of its owner that it keeps."""

    title: str | Promise
    powers: frozenset[str]


SCOPES: dict[str, Scope] = {
    "organisations:read": Scope(_("读取组织机构"), frozenset({SEE_TREE})),
    "people:read": Scope(_("读取人员和任职"), frozenset({SEE_PEOPLE})),
    "audit:read": Scope(_("读取审计记录"), frozenset({SEE_ENTRIES})),
}
"""The scopes by name; a token without any can only say whose it is."""
