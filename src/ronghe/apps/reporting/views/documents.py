"""Documents at one press: asked for, fetched once they are made."""

from __future__ import annotations

from mimetypes import guess_type

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.forms import DocumentForm
from ronghe.apps.reporting.selectors import documents as selectors
from ronghe.apps.reporting.services import documents as services
from ronghe.ui.forms import refused, take_errors
from ronghe.ui.paging import page_of


@login_required
def documents(request: HttpRequest) -> HttpResponse:
    """Let somebody have a document made, and list those that were."""
    if not request.user.has_perm(powers.MAKE_DOCUMENTS):
        raise PermissionDenied
    places = selectors.places_documented_by(request.user)
    start = {"period": timezone.localdate().year}
    form = DocumentForm(request.POST or None, places=places, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            return redirect("desk:job", made.job_id)
    context = {"form": form, "page": page_of(selectors.exports_of(request.user), request)}
    return render(request, "reporting/documents.html", context, status=refused(request))


@login_required
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file to who had it made."""
    held = selectors.export_of(request.user, pk)
    if not held.is_there or not held.path.is_file():
        raise Http404
    services.fetched(held, by=request.user)
    disposition = content_disposition_header(True, held.name) or ""
    content, sent = held.path.read_bytes(), {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=guess_type(held.name)[0], headers=sent)
