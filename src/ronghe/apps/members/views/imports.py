"""Pages of a roster file: send it, say which column is what, review, take over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from ronghe.analysis.errors import Place, ProblemsError
from ronghe.apps.members import selectors
from ronghe.apps.members.differences import review
from ronghe.apps.members.forms import ColumnsForm, UploadForm
from ronghe.apps.members.models import RosterImport
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import FIELDS, NEEDED
from ronghe.apps.members.services import importing
from ronghe.exchange.roster import RosterTable, read_roster
from ronghe.ui.forms import refused
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
    """Show what a file says otherwise than the roster."""
    begun = selectors.import_of(request.user, pk)
    return render(request, "members/check.html", _context(begun, request))


def _context(begun: RosterImport, request: HttpRequest) -> dict[str, Any]:
    table = importing.table_of(begun)
    missing = [FIELDS[field][0] for field in NEEDED if field not in begun.mapping]
    return {
        "begun": begun,
        "missing": missing,
        "form": ColumnsForm(headings=table.headings, initial=begun.mapping),
        "review": None if missing else review(table, begun.mapping, by=request.user),
    }


@require_POST
@login_required
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is what, and review again."""
    begun = selectors.import_of(request.user, pk)
    form = ColumnsForm(request.POST, headings=importing.table_of(begun).headings)
    if not form.is_valid():
        context = {**_context(begun, request), "form": form}
        return render(request, "members/check.html", context, status=422)
    importing.map_columns(begun, form.cleaned_data, by=request.user)
    return redirect("members:check", pk)


@require_POST
@login_required
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the chosen rows and say what came of each that was refused."""
    begun = selectors.import_of(request.user, pk)
    rows = {int(one) for one in request.POST.getlist("row") if one.isdigit()}
    not_taken = importing.apply_import(begun, rows=rows, by=request.user)
    context = {"taken": len(rows) - len(not_taken), "not_taken": not_taken}
    return render(request, "members/applied.html", context)
