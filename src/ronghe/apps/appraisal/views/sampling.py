"""The page on which the office draws which of a round's records are checked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.selectors.rounds import round_within, sees_whole
from ronghe.apps.appraisal.selectors.sampling import DRAWN_IN, places_to_sample
from ronghe.apps.appraisal.services import sampling as services
from ronghe.apps.records.forms import DrawForm
from ronghe.ui.forms import form_page


@login_required
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a sample of the round's records, at every place that checks some."""
    user: Any = request.user
    shown = round_within(user, powers.RUN_ROUNDS, pk)
    if shown.stage not in DRAWN_IN or not sees_whole(user, shown):
        raise Http404
    places = places_to_sample(user, shown)
    told = _(
        "%(places)d处共%(many)d条计入本轮的纪实等待抽查，每处各抽一次。抽到的由那里的人逐条核实，"
        "抽取的人不核实；全部属实，其余一并认可；有一条不属实，那个单位的其余全部逐条核实。"
        "种子随机产生并留存，谁都可以验证。"
    )
    return form_page(
        request,
        DrawForm(request.POST or None),
        save=lambda percent: services.draw_records(shown, percent=percent, by=user),
        done=_("已抽取，等各处核实。"),
        to=reverse("appraisal:review", args=[pk]),
        title=_("抽查本轮纪实：%(title)s") % {"title": shown.title},
        explained=told % {"places": len(places), "many": sum(many for _node, many in places)},
        submit=_("抽取"),
        back=reverse("appraisal:review", args=[pk]),
    )
