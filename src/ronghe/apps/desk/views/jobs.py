"""Pages of jobs: the list, one with its progress, cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.desk.selectors import jobs as selectors
from ronghe.apps.desk.services.jobs import cancel_job
from ronghe.ui.paging import page_of


@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Show one's own jobs and those of one's places, newest first."""
    page = page_of(selectors.jobs_visible_to(request.user), request)
    return render(request, "desk/jobs.html", {"page": page})


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far one job has come; htmx asks for that part alone until it ends."""
    shown = selectors.job_visible_to(request.user, pk)
    fragment = "HX-Request" in request.headers
    return render(request, "desk/_job.html" if fragment else "desk/job.html", {"job": shown})


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a job."""
    if cancel_job(selectors.job_visible_to(request.user, pk), by=request.user):
        messages.success(request, _("已取消；进行中的会在下一步停下。"))
    return redirect("desk:job", pk)
