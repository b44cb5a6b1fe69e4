"""Pages of a roster file: send it, say which column is what, review, take over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from ronghe.analysis.errors import Place, ProblemsError
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import jobs
from ronghe.apps.members import rosterjobs, selectors
from ronghe.apps.members.forms import ColumnsForm, UploadForm
from ronghe.apps.members.models import RosterImport
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import FIELDS, NEEDED
from ronghe.apps.members.services import importing
from ronghe.apps.registry.models import Node
from ronghe.exchange.roster import RosterTable, read_roster
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of
from ronghe.wording import Language, say


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a roster file for review."""
    if not request.user.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = _read(file)
        except ProblemsError as refusal:
            language: Language = "en" if get_language() == "en" else "zh"
            for problem in refusal.problems:
                form.add_error("file", say(replace(problem, where=Place()), language))
        else:
            begun = importing.begin_import(table, file_name=file.name, by=request.user)
            return redirect("members:check", begun.pk)
    return render(request, "members/upload.html", {"form": form}, status=refused(request))


def _read(file: Any) -> RosterTable:
    """Read what was sent from a copy under a name of ours, gone afterwards."""
    suffix = ".csv" if file.name.casefold().endswith(".csv") else ".xlsx"
    with TemporaryDirectory(prefix="ronghe-") as folder:
        path = Path(folder, f"roster{suffix}")
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return read_roster(path)


@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file says otherwise than the roster; a large file is compared by a job."""
    begun = selectors.import_of(request.user, pk)
    _saw(request.user, begun)
    table = importing.table_of(begun)
    if begun.started:
        left = importing.chosen_of(begun).count()
        return render(request, "members/going_on.html", {"begun": begun, "left": left})
    if begun.staged is None and not _missing(begun):
        if len(table.rows) > importing.FEW:
            return _by_job(request, rosterjobs.COMPARE, begun, key=f"{pk} {begun.mapping}")
        importing.stage(begun, by=request.user)
    return render(request, "members/check.html", _context(begun, table, request))


def _saw(user: Any, begun: RosterImport) -> None:
    """Record that somebody looked at people's numbers in a file; they see only their own files."""
    standing = user.reach(MANAGE_MEMBERS).standings[0]
    place = Node.objects.get(pk=standing.node_id)
    audit.saw("members.import_seen", by=user, target=begun, place=place, power=MANAGE_MEMBERS)


def _missing(begun: RosterImport) -> list[Any]:
    return [FIELDS[field][0] for field in NEEDED if field not in begun.mapping]


def _by_job(request: HttpRequest, kind: str, begun: RosterImport, *, key: str) -> HttpResponse:
    with transaction.atomic():
        job = jobs.start(kind, by=request.user, key=key, begun=begun.pk)
    return redirect("desk:job", job.pk)


def _context(begun: RosterImport, table: RosterTable, request: HttpRequest) -> dict[str, Any]:
    show = request.GET.get("show", "different")
    context: dict[str, Any] = {
        "begun": begun,
        "show": show,
        "missing": _missing(begun),
        "form": ColumnsForm(headings=table.headings, initial=begun.mapping),
    }
    if begun.staged is None:
        return context
    if show == "absent":
        page = page_of(selectors.absent_from(begun), request)
    else:
        page = page_of(begun.rows.filter(kind=show), request)
        context["rows"] = selectors.shown_rows(page.object_list, table, begun.mapping)
    chosen = importing.chosen_of(begun).count()
    return {**context, "page": page, "counts": selectors.import_counts(begun), "chosen": chosen}


@require_POST
@login_required
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is what, and review again."""
    begun = selectors.import_of(request.user, pk)
    table = importing.table_of(begun)
    form = ColumnsForm(request.POST, headings=table.headings)
    if not form.is_valid():
        context = {**_context(begun, table, request), "form": form}
        return render(request, "members/check.html", context, status=422)
    importing.map_columns(begun, form.cleaned_data, by=request.user)
    return redirect("members:check", pk)


@require_POST
@login_required
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the choice on this page; if asked, take over all that is chosen."""
    begun = selectors.import_of(request.user, pk)
    if begun.started:
        return _by_job(request, rosterjobs.TAKE_OVER, begun, key=f"{pk}")
    shown, rows = (
        {int(one) for one in request.POST.getlist(name) if one.isdigit()}
        for name in ("shown", "row")
    )
    importing.choose(begun, shown=shown, rows=rows, by=request.user)
    if request.POST.get("do") == "keep":
        page = request.POST.get("page", "")
        return redirect(
            f"{reverse('members:check', args=[pk])}?page={page if page.isdigit() else 1}"
        )
    many = importing.chosen_of(begun).count() > importing.FEW
    with transaction.atomic():
        importing.start_import(begun, by=request.user)
        if many:
            job = jobs.start(rosterjobs.TAKE_OVER, by=request.user, key=f"{pk}", begun=pk)
            return redirect("desk:job", job.pk)
    importing.take_over(begun, by=request.user)
    return redirect("members:applied", pk)


@login_required
def applied(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came of a file that was taken over."""
    begun = selectors.import_done(request.user, pk)
    _saw(request.user, begun)
    page = page_of(begun.rows.filter(outcome="refused"), request)
    taken = begun.rows.filter(outcome="taken").count()
    return render(request, "members/applied.html", {"begun": begun, "page": page, "taken": taken})
