"""Files behind records: put there, looked at, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ronghe.apps.records.forms import ReasonedForm, UploadForm
from ronghe.apps.records.selectors import entries
from ronghe.apps.records.selectors.evidence import (
    evidence_changed_by,
    evidence_visible_to,
    path_of,
)
from ronghe.apps.records.services.evidence import attach, remove_evidence
from ronghe.apps.records.uploads import ENDINGS, TYPES
from ronghe.ui.forms import form_page


@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file behind a record."""
    record = entries.record_changed_by(request.user, pk)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        endings=ENDINGS,
        megabytes=settings.RONGHE_EVIDENCE_MB,
    )

    def save(file: Any) -> Any:
        return attach(record, name=file.name, chunks=file.chunks(), by=request.user)

    page = reverse("records:record", args=[pk])
    return form_page(
        request,
        form,
        save=save,
        done=_("凭据已附上。"),
        to=page,
        title=_("附凭据：%(what)s") % {"what": record.title},
        explained=_(
            "不是必须的：有现成的签到表、合同、通知就附，不必为了留痕专门拍照。"
            "照片里的拍摄地点等信息会自动去掉。"
        ),
        submit=_("附上"),
        back=page,
        files=True,
    )


@login_required
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file to those in reach: to be saved, never run by the browser."""
    found = evidence_visible_to(request.user, pk)
    return handed_out(path_of(found.digest), found.name, found.ending)


def handed_out(path: Path, name: str, ending: str) -> HttpResponse:
    """Return a kept file to be saved, never run by the browser; Http404 where it is gone."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away, with the reason."""
    found = evidence_changed_by(request.user, pk)
    page = reverse("records:record", args=[found.record_id])
    return form_page(
        request,
        ReasonedForm(request.POST or None),
        save=lambda reason: remove_evidence(found, reason=reason, by=request.user),
        done=_("已移除。"),
        to=page,
        title=_("移除凭据：%(name)s") % {"name": found.name},
        explained=_("文件本身会删除，只留下谁、什么时候、为什么移除。"),
        submit=_("移除"),
        back=page,
    )
