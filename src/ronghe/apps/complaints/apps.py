"""The complaints app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """Registers the app, its audited actions, desk items and its place on every page."""

    name = "ronghe.apps.complaints"
    verbose_name = _("投诉")

    def ready(self) -> None:
        """Put the button on every page and what waits on the desks."""
        from ronghe.apps.audit import actions
        from ronghe.apps.complaints import deskitems, permissions, waiting
        from ronghe.apps.desk import items
        from ronghe.apps.desk.waiting import provide as waits
        from ronghe.ui import navigation, slots

        actions.declare(complaints__made=_("提出投诉"), complaints__answered=_("答复投诉"))
        items.provide(deskitems.waiting_complaints)
        waits(waiting.to_answer)
        slots.fill("foot", "complaints/_button.html")
        navigation.add("desk", _("我的投诉"), "complaints:mine")
        for power in permissions.POWERS.values():
            navigation.add("desk", _("收到的投诉"), "complaints:received", power=power)
