"""What the roster puts on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.access import Role
from ronghe.apps.desk.items import Item, first_of
from ronghe.apps.members import selectors
from ronghe.apps.members.permissions import MANAGE_MEMBERS, MANAGE_TERMS

NEAR = (Role.BRANCH_SECRETARY, Role.ORGANISATION_OFFICER)
"""Who takes the next steps; those above find them on the page."""


def correction_requests(user: Any) -> Iterator[Item]:
    """Ask those who keep the roster to answer the members."""
    if not user.has_perm(MANAGE_MEMBERS):
        return
    count, first = first_of(selectors.requests_to_answer(user))
    if first is None:
        return
    title = ngettext("%(count)d项名册更正申请等您答复", "%(count)d项名册更正申请等您答复", count)
    yield Item(
        title=title % {"count": count},
        why=_("最早的一项是%(name)s在%(day)s提出的；答复须写明理由。")
        % {"name": first.member.name, "day": date_format(first.made)},
        url=reverse("members:requests"),
        action=_("去答复"),
    )


def terms(user: Any) -> Iterator[Item]:
    """Show the terms that are over, or soon will be, to those who prepare the next election."""
    if not user.has_perm(MANAGE_TERMS):
        return
    count, first = first_of(selectors.terms_ending(user))
    if first is None:
        return
    title = ngettext("%(count)d个党组织任期届满", "%(count)d个党组织任期届满", count)
    yield Item(
        title=title % {"count": count},
        why=_("最早的是%(name)s，%(day)s届满；换届后请登记。")
        % {"name": first.node.name, "day": date_format(first.due)},
        url=reverse("members:ending"),
        action=_("查看"),
        due=first.due,
    )


def next_steps(user: Any) -> Iterator[Item]:
    """Show a branch who has completed the time of a stage on the way to joining."""
    if not any(one.role in NEAR for one in user.reach(MANAGE_MEMBERS).standings):
        return
    count, first = first_of(selectors.steps_due(user))
    if first is None:
        return
    title = ngettext("%(count)d人发展党员阶段将满", "%(count)d人发展党员阶段将满", count)
    yield Item(
        title=title % {"count": count},
        why=_("最早的是%(name)s。是否进入下一阶段由组织按程序决定，办妥后登记。")
        % {"name": first.name},
        url=reverse("members:steps"),
        action=_("查看"),
        due=selectors.complete_on([first])[0][1],
    )
