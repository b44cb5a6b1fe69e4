"""Pages of a draft: drawn from the records, edited sentence by sentence, put forward."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.forms import OwnSentenceForm, SentenceForm
from ronghe.apps.reporting.models import Sentence
from ronghe.apps.reporting.selectors import facts
from ronghe.apps.reporting.selectors import reports as selectors
from ronghe.apps.reporting.services import drafting
from ronghe.apps.reporting.stages import Stage
from ronghe.ui.forms import back_or, form_page
from ronghe.ui.paging import page_of


@login_required
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a report from the records."""
    report = selectors.report_written_by(request.user, pk)
    try:
        number = drafting.draw(report, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        told = ngettext("已从记录起草%(count)d句。", "已从记录起草%(count)d句。", number)
        messages.success(request, told % {"count": number})
    return back_or(request, report.get_absolute_url())


@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a sentence of one's own."""
    report = selectors.report_written_by(request.user, pk)
    form = OwnSentenceForm(request.POST or None, initial={"theme": request.GET.get("theme")})
    return form_page(
        request,
        form,
        save=lambda **words: drafting.write(report, by=request.user, **words),
        done=_("已加上。"),
        to=report.get_absolute_url(),
        title=_("自己写一句"),
        explained=_("自己写的会注明是自己写的；能从记录得出的，登记纪实后重新起草更省事。"),
        submit=_("加上"),
        back=report.get_absolute_url(),
    )


@login_required
def sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sentence with everything it was made from."""
    shown = selectors.sentence_visible_to(request.user, pk)
    page = page_of(shown.sources, request)
    context = {
        "sentence": shown,
        "report": shown.report,
        "page": page,
        "rows": facts.sources_shown(request.user, list(page.object_list)),
        "may_write": _is_written(request, shown),
    }
    return render(request, "reporting/sentence.html", context)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a sentence; its sources stay linked."""
    shown = _written(request, pk)
    form = SentenceForm(request.POST or None, initial={"text": shown.text})
    return form_page(
        request,
        form,
        save=lambda text: drafting.edit(shown, text=text, by=request.user),
        done=_("已改好。"),
        to=shown.report.get_absolute_url(),
        title=_("改这一句"),
        explained=_("起草的原文和来源都留着，读报告的人看得到改过。"),
        submit=_("保存"),
        back=shown.report.get_absolute_url(),
    )


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sentence out."""
    shown = _written(request, pk)
    try:
        drafting.remove(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(shown.report)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a report forward."""
    report = selectors.report_written_by(request.user, pk)
    try:
        drafting.submit(report, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已提交，内容从此不变。"))
    return redirect(report)


def _written(request: HttpRequest, pk: int) -> Sentence:
    shown = selectors.sentence_visible_to(request.user, pk)
    if not _is_written(request, shown):
        raise Http404
    return shown


def _is_written(request: HttpRequest, shown: Sentence) -> bool:
    drafted = shown.report.stage == Stage.DRAFT
    return drafted and powers.may_write(request.user, shown.report)
