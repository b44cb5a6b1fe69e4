"""The page of audit entries, the file of them, and the anchor of the chain."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.audit import selectors, services
from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.chain import write_anchor
from ronghe.apps.audit.exporting import MOST, csv_lines
from ronghe.apps.audit.forms import AskedForm
from ronghe.apps.audit.permissions import SEE_ENTRIES
from ronghe.apps.audit.sealing import head
from ronghe.ui.paging import page_of


@login_required
def entries(request: HttpRequest) -> HttpResponse:
    """Show the entries within reach, newest first, as far as they are asked for."""
    _refuse_others(request)
    form = AskedForm(request.GET)
    page = page_of(selectors.entries_visible_to(request.user, form.asked()), request)
    rows = [(entry, SENTENCES.get(entry.action, entry.action)) for entry in page]
    context = {"page": page, "rows": rows, "form": form, "head": head()}
    return render(request, "audit/entries.html", context)


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """Give the entries asked for as a file with a watermark; taking it is recorded."""
    _refuse_others(request)
    user: Any = request.user
    found = selectors.entries_visible_to(user, AskedForm(request.POST).asked())
    count = found[: MOST + 1].count()
    if count > MOST:
        told = _("一次最多导出%(most)d条，请缩小范围。") % {"most": MOST}
        messages.error(request, told)
        return redirect("audit:entries")
    standing = user.reach(SEE_ENTRIES).standings[0]
    taken = services.record_export(by=user, standing=standing, count=count)
    mark = {"name": user.name, "login": user.username, "count": count}
    mark["at"] = timezone.localtime().isoformat(timespec="seconds")
    watermark = _("%(name)s（%(login)s）于%(at)s导出，共%(count)d条，仅供职责所需。") % mark
    earlier = found.filter(pk__lt=taken.pk).iterator(chunk_size=2000)
    lines = csv_lines(earlier, watermark=watermark)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


@login_required
def anchor(request: HttpRequest) -> HttpResponse:
    """Give the anchor of the chain as a text to print or keep elsewhere."""
    _refuse_others(request)
    text = write_anchor(head(), timezone.localtime().isoformat(timespec="seconds"))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-anchor.txt"'
    return response


def _refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm(SEE_ENTRIES):
        raise PermissionDenied
