"""Whose sign-in is whose entry on the roster, and what people ask to be corrected."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.members.models import Belonging, CorrectionRequest, Member, Relation
from ronghe.apps.members.permissions import MANAGE_MEMBERS, MANAGE_PEOPLE
from ronghe.apps.members.selectors.roster import is_kept_by, organisational_relation


def member_of(user: Any) -> Member | None:
    """Return who a signed-in person is on the roster, None where nobody linked them."""
    if not user.is_authenticated:
        return None
    return Member.objects.filter(account=user).order_by("pk").first()


def may_link(user: Any, member: Member) -> bool:
    """Tell whether somebody keeps both the member and accounts at the member's organisation."""
    relation = organisational_relation(member)
    if relation is None or member.account_id == user.pk or not is_kept_by(user, member):
        return False
    return bool(user.has_perm(MANAGE_PEOPLE, relation.node))


def accounts_for(user: Any, member: Member) -> QuerySet[Any]:
    """Return the accounts a member may be linked to.

    They have a post in the member's organisation or the member's name, lie within one's
    keeping, are not one's own and not linked to somebody else of the county.
    """
    relation = organisational_relation(member)
    if relation is None:
        return get_user_model().objects.none()
    today = timezone.localdate()
    reached = user.reach(MANAGE_PEOPLE).within("posts__node__path")
    current = Q(posts__until__isnull=True) | Q(posts__until__gte=today)
    near = Q(posts__node__path__startswith=relation.node.path) | Q(name=member.name)
    taken = Member.objects.filter(county=member.county_id).exclude(account=None)
    found = get_user_model().objects.filter(reached & current & near, is_active=True)
    return found.exclude(pk=user.pk).exclude(pk__in=taken.values("account")).distinct()


def own_requests(member: Member) -> QuerySet[CorrectionRequest]:
    """Return what a member asked to be corrected, the latest first."""
    return member.requests.order_by("-pk")


def requests_to_answer(user: Any) -> QuerySet[CorrectionRequest]:
    """Return the requests that wait for those who keep the members, one's own left out."""
    kept = Belonging.objects.filter(
        user.reach(MANAGE_MEMBERS).within("node__path"),
        relation=Relation.ORGANISATION,
        until=None,
    )
    waiting = CorrectionRequest.objects.filter(outcome="", member__in=kept.values("member"))
    return waiting.exclude(by=user).select_related("member")


def request_to_answer(user: Any, pk: int) -> CorrectionRequest:
    """Return one request somebody may answer, or raise Http404."""
    found = requests_to_answer(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
