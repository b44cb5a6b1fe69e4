"""Linking a sign-in to an entry on the roster, and asking for what it says to be corrected."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.members.models import CorrectionRequest, Member
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.selectors import (
    accounts_for,
    may_link,
    member_of,
    organisational_relation,
    requests_to_answer,
)


@transaction.atomic
def link_account(member: Member, *, account: Any, by: Any) -> Member:
    """Say whose sign-in belongs to a member (对应账号), or with None that none does any more.

    Raises PermissionDenied for who does not keep both or for oneself, ValidationError for an
    account that is out of reach or somebody else's.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    if not may_link(by, member):
        raise PermissionDenied
    if account is not None and not accounts_for(by, member).filter(pk=account.pk).exists():
        raise ValidationError(
            {"account": _("这个账号不能对应此人：不在您负责的范围，或已对应别人。")}
        )
    before = member.account_id
    Member.objects.filter(pk=member.pk).update(account=account)
    member.account = account
    details = {"from": before, "to": account.pk if account else None}
    _record("members.account_linked", member, by, **details)
    return member


@transaction.atomic
def ask_correction(*, asked: str, by: Any) -> CorrectionRequest:
    """Ask for what the roster says of oneself to be corrected (更正申请).

    Raises PermissionDenied for who is not on the roster, ValidationError while one waits.
    """
    member = member_of(by)
    if member is None:
        raise PermissionDenied
    Member.objects.select_for_update().get(pk=member.pk)
    if member.requests.filter(outcome="").exists():
        raise ValidationError(_("您的上一项申请还在等答复。"))
    made = CorrectionRequest.objects.create(member=member, by=by, asked=asked)
    _record("members.correction_asked", member, by, request=made.pk)
    return made


@transaction.atomic
def answer_correction(
    request: CorrectionRequest, *, outcome: str, answer: str, by: Any
) -> CorrectionRequest:
    """Answer a request with a reason; what is corrected is corrected on the member's page.

    Raises PermissionDenied for who does not keep the member or asked it, ValidationError where
    somebody else was quicker.
    """
    waiting = requests_to_answer(by).filter(pk=request.pk)
    if not waiting.exists():
        raise PermissionDenied
    given = {"outcome": outcome, "answer": answer, "answered": timezone.now(), "answered_by": by}
    if not CorrectionRequest.objects.filter(pk=request.pk, outcome="").update(**given):
        raise ValidationError(_("别人刚刚答复过，请重新打开。"))
    _record("members.correction_answered", request.member, by, request=request.pk, outcome=outcome)
    notices.tell(
        [request.by],
        title=_("您请求更正名册，已有答复"),
        url=reverse("members:mine"),
        place=request.member.county,
    )
    request.refresh_from_db()
    return request


def _record(action: str, member: Member, by: Any, **details: Any) -> None:
    relation = organisational_relation(member)
    place = relation.node if relation else member.county
    standing = by.reach(MANAGE_MEMBERS).standing_for(place.path)
    audit.record(action, by=by, target=member, place=place, standing=standing, **details)
