"""What procedures put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.desk.items import Item
from ronghe.apps.procedures.selectors import objections, publicity, signoff


def publicities(user: Any) -> Iterator[Item]:
    """Show publicities past their last day to those who close them."""
    for row in publicity.publicities_to_close(user):
        yield Item(
            title=_("结束公示：%(title)s") % {"title": row.title},
            why=_("公示期已满，需要人来结束并写明结论。"),
            url=row.get_absolute_url(),
            action=_("去办理"),
        )


def objections_open(user: Any) -> Iterator[Item]:
    """Show objections to those who answer them, or say who does."""
    for row in objections.objections_waiting_for(user):
        mine = row.assigned_to_id == user.pk
        yield Item(
            title=_("异议：%(title)s") % {"title": row.title},
            why=_("已交给您答复；答复前有关事项不能继续。")
            if mine
            else _("还没有指定办理人；答复前有关事项不能继续。"),
            url=row.get_absolute_url(),
            action=_("去答复") if mine else _("指定办理人"),
        )


def signatures(user: Any) -> Iterator[Item]:
    """Show sheets to those whose signature they wait for."""
    for step in signoff.steps_waiting_for(user):
        yield Item(
            title=_("签批：%(title)s") % {"title": step.signoff.title},
            why=_("轮到您的职务签批。"),
            url=step.signoff.get_absolute_url(),
            action=_("去签批"),
        )
