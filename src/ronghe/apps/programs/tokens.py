"""Who calls: the owner of a token, within its scopes, and so many times a minute."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from ronghe.apps.programs.calls import is_within
from ronghe.apps.programs.problems import Fault, Refusal
from ronghe.apps.programs.scopes import SCOPES

WINDOW = 60
"""Seconds over which the calls of a token are counted."""


@dataclass(slots=True)
class Keeper:
    """Who keeps tokens, and so knows whose a secret is."""

    owner_of: Callable[[str], Any] = lambda _secret: None


KEEPER = Keeper()
"""Filled by the app that keeps accounts."""


class TokenWith(HttpBearer):
    """Lets in the tokens with a scope whose owner has a power, before all else is looked at.

    Without a scope every good token is let in. Too many calls are refused before scopes are
    looked at.
    """

    def __init__(self, scope: str = "", power: str = "") -> None:
        super().__init__()
        self.scope, self.power = scope, power

    def __call__(self, request: HttpRequest) -> Any:
        """Let the caller in, or raise what it is told."""
        owner = super().__call__(request)
        if owner is None:
            raise Refusal(
                401,
                _("没有令牌，或令牌已经失效。"),
                [Fault("header.Authorization", _("应为“Bearer ronghe_…”。"), _how_to_get())],
                headers={"WWW-Authenticate": "Bearer"},
            )
        return owner

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the token's owner, narrowed to its scopes; None where it is no good."""
        owner = KEEPER.owner_of(token)
        if owner is None:
            return None
        request.user = owner
        _count(token)
        self._check(owner)
        return owner

    def _check(self, owner: Any) -> None:
        if not self.scope:
            return
        if not SCOPES[self.scope].powers <= owner.allowed_powers:
            told = _("令牌的范围里没有“%(scope)s”。") % {"scope": self.scope}
            fix = _("请建一个带这个范围的令牌。")
            raise Refusal(403, told, [Fault("header.Authorization", told, fix)])
        if self.power and not owner.has_perm(self.power):
            raise Refusal(403, _("令牌主人的职务不允许做这件事。"))


def _how_to_get() -> str:
    return _("令牌在“我的账号 → 接口令牌”建立，最长一年；失效的请换新的。")


def _count(token: str) -> None:
    """Count a call of a token; refuse what is more than its share of this minute."""
    now, most = int(time.time()), settings.RONGHE_CALLS_A_MINUTE
    digest = hashlib.sha256(token.encode()).hexdigest()
    if not is_within(digest, minute=now // WINDOW, most=most):
        wait = WINDOW - now % WINDOW
        told = _("一分钟最多%(most)d次，请等%(wait)d秒。") % {"most": most, "wait": wait}
        raise Refusal(429, told, headers={"Retry-After": str(wait)})
