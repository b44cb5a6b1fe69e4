"""Pages of draws."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.procedures import forms
from ronghe.apps.procedures.models import Draw
from ronghe.apps.procedures.permissions import DRAW, SEE_PUBLICITY
from ronghe.apps.procedures.selectors import draws as selectors
from ronghe.apps.procedures.selectors import offers
from ronghe.apps.procedures.services import draws as services
from ronghe.apps.procedures.subject import about
from ronghe.apps.procedures.views.common import done
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of


@login_required
def draws(request: HttpRequest) -> HttpResponse:
    """List the draws where one belongs."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    page = page_of(selectors.draws_visible_to(request.user), request)
    context = {"page": page, "may_draw": request.user.has_perm(DRAW)}
    return render(request, "procedures/draws.html", context)


@login_required
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draw with list, seed and lots, computed again before one's eyes."""
    row = selectors.draw_visible_to(request.user, pk)
    lots = selectors.lots_of(row)
    context = {
        "row": row,
        "drawn": lots[: row.number],
        "first": lots[0],
        "page": page_of(lots, request),
        "verified": selectors.verify(row),
    }
    return render(request, "procedures/draw.html", context)


@login_required
def new_draw(request: HttpRequest) -> HttpResponse:
    """Draw organisations or people at a place."""
    if not request.user.has_perm(DRAW):
        raise PermissionDenied
    nodes = offers.places_for(request.user, DRAW)
    form = forms.DrawForm(request.POST or None, nodes=nodes)
    made = done(request, form, lambda **sent: _drawn(request.user, **sent))
    if made is not None:
        messages.success(request, _("已抽取。名单、种子和算法都在页面上，谁都可以复算。"))
        return redirect(made)
    context = {
        "form": form,
        "title": _("随机抽取"),
        "explained": _(
            "名单一确定就生成种子并抽取，每次都留存，不能抽到满意为止。申报了利益关系的人自动排除。"
        ),
        "submit": _("抽取"),
        "back": reverse("procedures:draws"),
    }
    return render(request, "ui/form_page.html", context, status=refused(request))


def _drawn(by: Any, *, at: Any, what: str, title: str, number: int, purpose: str) -> Draw:
    subject = about(at, place=at, title=title, url=reverse("registry:node", args=[at.pk]))
    sort, _colon, chosen = what.partition(":")
    given: dict[str, Any] = {"number": number, "purpose": purpose, "by": by}
    if sort == "role":
        people = offers.people_to_draw(at, chosen)
        return services.draw_people(subject, pool=people, involved=[by], **given)
    listed = offers.organisations_to_draw(at, chosen)
    return services.draw_items(subject, pool=listed, **given)
