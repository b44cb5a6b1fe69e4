"""Long work of records: taking a sheet over."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.desk import jobs
from ronghe.apps.records.models import Import
from ronghe.apps.records.services.figure_sheets import enter_figures
from ronghe.apps.records.services.importing import enter_rows


@jobs.kind("records.import", title=gettext_lazy("导入数据"), retries=2)
def take_over(job: Any, *, batch: int) -> dict[str, Any]:
    """Take a sheet over; a second try begins where nothing is counted twice."""
    begun = Import.objects.select_related("by").get(pk=batch)
    if begun.state != Import.State.RUNNING:
        raise jobs.Refused(_("这份表已经入库或撤回。"))
    enter = enter_rows if begun.what == Import.What.RECORDS else enter_figures
    taken = enter(begun, job)
    words = _("已入库%(taken)d行，退回%(bad)d行。") % {"taken": taken, "bad": begun.bad}
    return {"url": reverse("records:import", args=[begun.pk]), "words": words}
