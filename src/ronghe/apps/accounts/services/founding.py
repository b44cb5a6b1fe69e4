"""Beginning a county: its node and the first person who can give posts in it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Post, User
from ronghe.apps.accounts.services.people import one_time_password
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.services import found_county


@transaction.atomic
def found(*, code: str, county: str, username: str, name: str) -> str:
    """Begin a county with a system administrator; return the password to hand over once.

    Done from the command line of the server, so the audit names nobody. Raises ValidationError
    where the code or the sign-in name is taken or malformed.
    """
    node = found_county(code=code, name=county)
    user = User(username=username, name=name, must_change_password=True)
    password = one_time_password()
    user.set_password(password)
    user.full_clean()
    user.save()
    post = Post(user=user, role=Role.ADMINISTRATOR, node=node, since=timezone.localdate())
    post.full_clean()
    post.save()
    audit.record("accounts.account_opened", by=None, target=user, place=node, post=post.pk)
    return password
