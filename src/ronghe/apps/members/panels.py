"""What the page of a Party organisation shows of its terms."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members import rules, selectors
from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.members.permissions import MANAGE_TERMS, SEE_TERMS
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.panels import Panel


def committee(user: Any, node: Node) -> Panel | None:
    """Show the term under way, who holds the seats, and what departs from the rules."""
    if node.kind not in PARTY_KINDS or not user.has_perm(SEE_TERMS, node):
        return None
    term, today = selectors.current_term(node), timezone.localdate()
    seats = list(selectors.seats_of(term)) if term else []
    posts = [one.post for one in seats]
    doubts = [*rules.doubts_on_branch(node, today), *rules.doubts_on_committee(node, today, posts)]
    if term:
        doubts += rules.doubts_on_seats_left(node, today, posts)
    shown = {
        "node": node,
        "term": term,
        "seats": seats,
        "doubts": doubts,
        "over": term is not None and term.due < today,
        "may_manage": node.closed is None and user.has_perm(MANAGE_TERMS, node),
    }
    return Panel(_("任期和委员会"), "members/_committee.html", shown)
