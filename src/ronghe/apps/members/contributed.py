"""What members, terms and seats contribute to the pages of organisations and households."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members import rules, selectors
from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.members.permissions import MANAGE_TERMS, SEE_MEMBERS, SEE_TERMS
from ronghe.apps.registry.models import BUSINESS_KINDS, Household, Node
from ronghe.ui.sections import Section


def committee(user: Any, node: Node) -> Section | None:
    """Show the term under way, who holds the seats, and what departs from the rules."""
    if node.kind not in PARTY_KINDS or not user.has_perm(SEE_TERMS, node):
        return None
    term, today = selectors.current_term(node), timezone.localdate()
    seats = list(selectors.seats_of(term)) if term else []
    posts = [one.post for one in seats]
    branch = rules.Branch(node, today)
    doubts = [*branch.doubts(), *branch.doubts_on_committee(posts)]
    if term:
        doubts += branch.doubts_on_seats_left(posts)
    shown = {
        "node": node,
        "term": term,
        "seats": seats,
        "doubts": doubts,
        "over": term is not None and term.due < today,
        "may_manage": node.closed is None and user.has_perm(MANAGE_TERMS, node),
        "may_split": selectors.may_split(user, node),
    }
    return Section(_("任期和委员会"), "members/_committee.html", shown, order=20)


def roster(user: Any, node: Node) -> Section | None:
    """Show how many members there are at and below an organisation, by stage."""
    if node.kind in BUSINESS_KINDS or not user.has_perm(SEE_MEMBERS, node):
        return None
    shown = {"counts": selectors.counts_for(user, node=node), "node": node}
    return Section(_("党员"), "members/_counts_of_node.html", shown, order=30)


def household(user: Any, shown: Household) -> Section | None:
    """Show the Party members who live in a household, as far as somebody sees them."""
    if not user.has_perm(SEE_MEMBERS):
        return None
    members = selectors.members_visible_to(user).filter(household=shown)
    return Section(_("户内党员"), "members/_household.html", {"members": members})
