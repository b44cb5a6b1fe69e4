"""Pages of versions: put forward, approved or sent back, published, read, taken away as files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.analysis.scheme.burden import burden
from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.forms.schemes import ApproveForm, SendBackForm
from ronghe.apps.appraisal.models import Version
from ronghe.apps.appraisal.permissions import APPROVE_SCHEMES, EDIT_SCHEMES
from ronghe.apps.appraisal.selectors import schemes as selectors
from ronghe.apps.appraisal.services import versions as services
from ronghe.apps.appraisal.views.common import language
from ronghe.apps.appraisal.views.schemes import LISTS, Listed, _row
from ronghe.exchange.scheme import write_scheme_excel
from ronghe.ui.forms import refused, take_errors

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: what it appraises, its indicators, how it came into force."""
    shown = selectors.version_visible_to(request.user, pk)
    document, english = selectors.document_of(shown), language() == "en"
    content = document.model_dump(mode="json", exclude_defaults=True)
    lists = [
        Listed(at, title, told, (), [_row(row, english) for row in tree.rows(content, loc)])
        for at, (title, told, _adds) in LISTS.items()
        if (loc := tree.read(at))
    ]
    state, node = shown.state, shown.scheme.node
    asked = [row for row in burden(document) if row.yearly or row.proofs]
    context = {
        "version": shown,
        "document": document,
        "lists": [one for one in lists if one.rows],
        "asked": asked,
        "may_decide": state == Version.State.SUBMITTED
        and request.user.has_perm(APPROVE_SCHEMES, node)
        and request.user.pk != shown.submitted_by_id,
        "may_publish": state == Version.State.APPROVED
        and request.user.has_perm(EDIT_SCHEMES, node)
        and request.user.pk != shown.decided_by_id,
    }
    return render(request, "appraisal/version.html", context)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft forward for approval."""
    draft = selectors.draft_editable_by(request.user, pk)
    try:
        put = services.submit(draft, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("appraisal:scheme", draft.pk)
    messages.success(request, _("已送审；批准后再发布。"))
    return redirect("appraisal:version", put.pk)


def _decide(
    request: HttpRequest, pk: int, form_class: Any, service: Any, page: str
) -> HttpResponse:
    """Show a decision's form and carry it out."""
    shown = selectors.version_decided_by(request.user, pk)
    approval = selectors.document_of(shown).approval
    initial = {"document": approval.document, "dated": approval.dated}
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service(shown, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            return redirect("appraisal:version", shown.pk)
    context = {"version": shown, "form": form}
    return render(request, page, context, status=refused(request))


@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a version, naming the document."""
    return _decide(request, pk, ApproveForm, services.approve, "appraisal/approve.html")


@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version back with the reason."""
    return _decide(request, pk, SendBackForm, services.send_back, "appraisal/send_back.html")


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an approved version."""
    shown = selectors.version_edited_by(request.user, pk)
    try:
        services.publish(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已发布；从现在起内容不再变动。"))
    return redirect("appraisal:version", shown.pk)


@login_required
def as_yaml(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version as the YAML text that its digest is of."""
    shown = selectors.version_visible_to(request.user, pk)
    return _file(shown, shown.document.encode(), "yaml", "application/yaml")


@login_required
def as_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version as a workbook."""
    shown = selectors.version_visible_to(request.user, pk)
    with TemporaryDirectory(prefix="ronghe-") as folder:
        path = Path(folder, "scheme.xlsx")
        write_scheme_excel(selectors.document_of(shown), path, language())
        content = path.read_bytes()
    return _file(shown, content, "xlsx", EXCEL)


def _file(shown: Version, content: bytes, suffix: str, kind: str) -> HttpResponse:
    name = f"{shown.title}-{shown.version}.{suffix}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
