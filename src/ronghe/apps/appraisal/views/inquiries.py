"""Pages on which departments are asked about their figures, and answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.appraisal.forms.inquiries import PassOnForm, StatementForm
from ronghe.apps.appraisal.selectors import appeals as selectors
from ronghe.apps.appraisal.services import inquiries as services
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.ui.forms import form_page

LISTED = 20


@require_POST
@login_required
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the department that owns an input of an appeal."""
    made = selectors.appeal_answered_by(request.user, pk)
    form = PassOnForm(request.POST, departments=selectors.departments_behind(made))
    if not form.is_valid():
        messages.error(request, _("请选择一个部门。"))
        return redirect("appraisal:answer", pk)
    try:
        asked = services.pass_on(made, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        named = {"department": asked.asked.name, "day": date_format(asked.due)}
        messages.success(request, _("已转请%(department)s核实，期限%(day)s。") % named)
    return redirect("appraisal:answer", pk)


@login_required
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a department see what is appealed and say whether its figures are right."""
    asked = selectors.inquiry_answered_by(request.user, pk)
    made, user = asked.appeal, request.user
    form = StatementForm(request.POST or None, inputs=selectors.inputs_of(asked))

    def save(**said: Any) -> Any:
        chosen = {name: said.get(name, "") for name in ("wrong", "statement", "source")}
        return services.state(asked, corrected=form.corrected(), by=user, **chosen)

    return form_page(
        request,
        form,
        save=save,
        done=_("已提交给考核办。"),
        to=reverse("desk:desk"),
        template="appraisal/inquiry.html",
        title=_("核实数据：%(name)s") % {"name": made.result.name},
        inquiry=asked,
        quoted=[(_("申诉说哪里不对"), made.words), (_("申诉的依据"), made.evidence)],
        files=selectors.appeal_files_visible_to(user).filter(appeal=made),
        records=records_visible_to(user).filter(pk__in=selectors.records_behind(asked))[:LISTED],
        submit=_("提交"),
        back=reverse("desk:desk"),
    )
