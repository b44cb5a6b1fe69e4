"""Making, using and revoking API tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import Token, User
from ronghe.apps.audit import services as audit
from ronghe.apps.programs.scopes import SCOPES

PREFIX = "ronghe_"


@transaction.atomic
def make_token(*, name: str, scopes: Iterable[str], until: date, by: User) -> tuple[Token, str]:
    """Make a token of one's own for at most a year; return it and its secret, shown once.

    Raises ValidationError for an unknown scope or an impossible day.
    """
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= SCOPES.keys():
        raise ValidationError({"scopes": _("请至少选一个范围。")})
    today = timezone.localdate()
    if not today <= until <= today + Token.longest_term():
        raise ValidationError({"until": _("须在今天之后，最长一年。")})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(owner=by, name=name, scopes=wanted, digest=_digest(secret), until=until)
    token.full_clean()
    token.save()
    details: dict[str, Any] = {"token": token.pk, "scopes": wanted, "until": until.isoformat()}
    audit.record("accounts.token_made", by=by, target=by, **details)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: User) -> None:
    """Make a token of one's own useless at once."""
    if token.owner_id != by.pk:
        raise PermissionDenied
    if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()):
        audit.record("accounts.token_revoked", by=by, target=by, token=token.pk)


def owner_of(secret: str) -> User | None:
    """Return whom a token's secret stands for, narrowed to its scopes; None if it is no good."""
    today = timezone.localdate()
    good = Token.objects.filter(revoked=None, until__gte=today, owner__is_active=True)
    token = good.select_related("owner").filter(digest=_digest(secret)).first()
    if token is None:
        return None
    if token.last_used != today:
        Token.objects.filter(pk=token.pk).update(last_used=today)
    token.owner.allowed_powers = frozenset().union(*(SCOPES[one].powers for one in token.scopes))
    return token.owner


def _digest(secret: str) -> str:
    """Return the digest kept of a secret; the secret is random, so it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
