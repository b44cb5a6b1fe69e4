"""Pages of appeals and improvement."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.forms.inquiries import PassOnForm
from ronghe.apps.appraisal.forms.rounds import (
    AnswerForm,
    AppealForm,
    ImprovementForm,
    OutcomeForm,
)
from ronghe.apps.appraisal.models import Result
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors import appeals as selectors
from ronghe.apps.appraisal.selectors.rounds import (
    improvement_done_by,
    result_visible_to,
    scheme_of,
)
from ronghe.apps.appraisal.services import appeals as services
from ronghe.apps.appraisal.views.common import language
from ronghe.apps.records.forms import UploadForm
from ronghe.apps.records.selectors.evidence import path_of
from ronghe.apps.records.uploads import ENDINGS
from ronghe.apps.records.views.files import handed_out
from ronghe.ui.forms import form_page, refused, take_errors


def _indicators(result: Result) -> list[tuple[str, str]]:
    english = language() == "en"
    scored = scheme_of(result.run.round).scored()
    return [(one.code, (one.title.en if english else "") or one.title.zh) for one in scored]


def _carried_out(
    request: HttpRequest, form: Any, service: Any, page: dict[str, Any], done: str
) -> HttpResponse:
    """Carry out what a form says and go back; show the form where it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            service(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, done)
            return redirect(page["back"])
    return render(request, "appraisal/form.html", {"form": form, **page}, status=refused(request))


@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a result."""
    result = result_visible_to(request.user, pk)
    if not selectors.may_appeal(request.user, result):
        raise Http404
    form = AppealForm(request.POST or None, indicators=_indicators(result))
    page = {
        "title": _("申诉：%(name)s") % {"name": result.name},
        "told": _("考核办逐件答复并写明理由；答复之前，这一轮不会定稿。"),
        "submit": _("提出申诉"),
        "back": reverse("appraisal:result", args=[result.pk]),
    }
    service = lambda **words: services.appeal(result, **words)
    return _carried_out(request, form, service, page, _("申诉已提出。"))


@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an appeal with reasons."""
    made = selectors.appeal_answered_by(request.user, pk)
    departments = selectors.departments_behind(made)
    return form_page(
        request,
        AnswerForm(request.POST or None),
        save=lambda **words: services.answer(made, by=request.user, **words),
        done=_("已答复。"),
        to=reverse("appraisal:round", args=[made.result.run.round_id]),
        template="appraisal/answer.html",
        title=_("答复申诉：%(name)s") % {"name": made.result.name},
        appeal=made,
        quoted=[(_("哪里不对"), made.words), (_("依据"), made.evidence)],
        files=selectors.appeal_files_visible_to(request.user).filter(appeal=made),
        inquiries=made.inquiries.select_related("asked"),
        pass_on=PassOnForm(departments=departments) if departments.exists() else None,
        submit=_("答复"),
        back=reverse("appraisal:round", args=[made.result.run.round_id]),
    )


@login_required
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file behind one's own appeal."""
    made = selectors.own_open_appeal(request.user, pk)
    sent = (request.POST or None, request.FILES or None)
    form = UploadForm(*sent, endings=ENDINGS, megabytes=settings.RONGHE_EVIDENCE_MB)
    back = reverse("appraisal:result", args=[made.result_id])
    return form_page(
        request,
        form,
        save=lambda **file: services.attach(made, by=request.user, **file),
        done=_("附件已加上。"),
        to=back,
        title=_("申诉附件：%(name)s") % {"name": made.result.name},
        explained=_(
            "只有您、答复申诉的人和被转请核实的部门看得到。照片里的拍摄地点等信息会自动去掉。"
        ),
        submit=_("附上"),
        back=back,
        files=True,
    )


@login_required
def appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file of an appeal."""
    found = selectors.appeal_file_visible_to(request.user, pk)
    return handed_out(path_of(found.digest, services.SHELF), found.name, found.ending)


@login_required
def improve(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan what is done about lost points."""
    result = result_visible_to(request.user, pk)
    ended = result.run.round.stage in (Stage.FINAL, Stage.IMPROVEMENT)
    if not ended or not request.user.has_perm(powers.SEE_RESULTS, result.node):
        raise Http404
    user: Any = request.user
    today = timezone.localdate()
    owners = get_user_model().objects.filter(
        posts__node__path__startswith=result.node.path, posts__since__lte=today, is_active=True
    )
    owners = (owners | get_user_model().objects.filter(pk=user.pk)).distinct()
    lost = {code for code, points in result.scores.items() if points is not None}
    indicators = [one for one in _indicators(result) if one[0] in lost]
    form = ImprovementForm(request.POST or None, indicators=indicators, owners=owners)
    page = {
        "title": _("安排整改：%(name)s") % {"name": result.name},
        "submit": _("安排"),
        "back": reverse("appraisal:result", args=[result.pk]),
    }
    service = lambda **words: services.plan_improvement(result, **words)
    return _carried_out(request, form, service, page, _("已安排，会出现在负责人的工作台上。"))


@login_required
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an improvement item."""
    item = improvement_done_by(request.user, pk)
    form = OutcomeForm(request.POST or None)
    page = {
        "title": _("整改办结"),
        "told": item.words,
        "submit": _("办结"),
        "back": reverse("desk:desk"),
    }
    service = lambda **words: services.finish_improvement(item, **words)
    return _carried_out(request, form, service, page, _("已办结。"))
