"""Pages of imports: take a template, send it, see what is wrong, take over, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.analysis.errors import Place, ProblemsError
from ronghe.apps.records import forms
from ronghe.apps.records.catalogue import KINDS, Kind
from ronghe.apps.records.models import Import
from ronghe.apps.records.permissions import DELIVER_FIGURES, IMPORT, SET_TARGETS
from ronghe.apps.records.selectors.entries import kinds_entered_by, nodes_to_enter_for
from ronghe.apps.records.selectors.figures import definitions_delivered_by
from ronghe.apps.records.selectors.imports import import_of, imports_of
from ronghe.apps.records.services import figure_sheets, importing
from ronghe.apps.records.sheets import Table, Template, read, record_columns, written
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of
from ronghe.wording import Language, say

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100
MEGABYTES = 10


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """List one's own imports, and what can be imported."""
    user: Any = request.user
    if not user.has_perm(IMPORT):
        raise PermissionDenied
    delivers = user.has_perm(DELIVER_FIGURES) and definitions_delivered_by(user).exists()
    context = {
        "page": page_of(imports_of(user), request),
        "kinds": kinds_entered_by(user),
        "delivers": delivers,
        "sets": delivers and user.has_perm(SET_TARGETS),
    }
    return render(request, "records/imports.html", context)


@login_required
def send(request: HttpRequest) -> HttpResponse:
    """Take a sheet: of records of ``?kind=``, else of measures or targets by ``?what=``."""
    if not request.user.has_perm(IMPORT):
        raise PermissionDenied
    if not {"kind", "what"} & set(request.GET):
        return redirect("records:imports")
    if "kind" in request.GET:
        return _send_records(request, _kind(request.GET["kind"]))
    return _send_figures(request, _what(request))


def _send_records(request: HttpRequest, kind: Kind) -> HttpResponse:
    form = forms.UploadForm(
        request.POST or None, request.FILES or None, endings=(".xlsx", ".csv"), megabytes=MEGABYTES
    )

    def save(file: Any) -> Import:
        table = _read(file, record_columns(kind))
        return importing.begin_import(table, kind=kind.code, file_name=file.name, by=request.user)

    title = _("导入：%(what)s") % {"what": kind.title}
    links = [(_("下载模板"), f"{reverse('records:template')}?kind={kind.code}")]
    return _form(request, form, save, title=title, links=links)


def _send_figures(request: HttpRequest, what: str) -> HttpResponse:
    last = str(timezone.localdate().year - 1)
    period = request.GET.get("period", last)
    form = forms.FiguresForm(
        request.POST or None,
        request.FILES or None,
        endings=(".xlsx", ".csv"),
        megabytes=MEGABYTES,
        initial={"period": period},
    )
    columns = figure_sheets.columns_for(definitions_delivered_by(request.user))

    def save(file: Any, **said: Any) -> Import:
        table = _read(file, columns)
        return figure_sheets.begin_figures(
            table, what=what, file_name=file.name, by=request.user, **said
        )

    template = reverse("records:template")
    links = [
        (
            _("下载%(level)s级报送表（%(period)s）") % {"level": words, "period": period},
            f"{template}?what={what}&period={period}&level={level}",
        )
        for level, words in figure_sheets.levels_for(what, by=request.user)
    ]
    title = _("报送数据") if what == Import.What.MEASURES else _("下达目标")
    return _form(request, form, save, title=title, links=links)


def _form(
    request: HttpRequest, form: Any, save: Callable[..., Import], **shown: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        save=save,
        done=_("已检查，还没有入库。"),
        to=lambda made: reverse("records:import", args=[made.pk]),
        template="records/send.html",
        submit=_("上传并检查"),
        back=reverse("records:imports"),
        files=True,
        **shown,
    )


@login_required
def template(request: HttpRequest) -> HttpResponse:
    """Hand out a template: of records of ``?kind=``, else of the figures of a level."""
    if not request.user.has_perm(IMPORT):
        raise PermissionDenied
    if not {"kind", "what"} & set(request.GET):
        return redirect("records:imports")
    if "kind" in request.GET:
        kind = _kind(request.GET["kind"])
        nodes = nodes_to_enter_for(request.user, kind, power=IMPORT).order_by("path")
        units = list(nodes.values_list("code", "name"))
        told = [str(kind.told), _("在“填写”表里一行写一条；上传后先检查，有错的行会退回。")]
        made = Template(str(kind.title), told, record_columns(kind), units)
        return _workbook(made, f"{kind.title}.xlsx")
    what, level = _what(request), request.GET.get("level", "")
    try:
        period = request.GET.get("period", "")
        made = figure_sheets.figure_template(what, period, level, by=request.user)
    except ValidationError as wrong:
        raise Http404 from wrong
    return _workbook(made, f"{made.title} {period}.xlsx")


@login_required
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one import: how many rows are good, what is wrong with the others."""
    begun = import_of(request.user, pk)
    problems = importing.problems_of(begun)
    context = {"begun": begun, "problems": list(problems.items())[:SHOWN], "most": SHOWN}
    return render(request, "records/import.html", context)


@login_required
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the refused rows as a workbook with the reasons, to be mended and sent as it is."""
    begun = import_of(request.user, pk)
    problems = importing.problems_of(begun)
    if not problems:
        raise Http404
    if begun.what == Import.What.RECORDS:
        columns = record_columns(KINDS[begun.kind])
    else:
        columns = figure_sheets.columns_for(definitions_delivered_by(request.user))
    table, reasons = figure_sheets.refused_rows(begun, problems)
    rows = [[table.said(cells).get(one.code, "") for one in columns] for _n, cells in table.rows]
    told = dict(enumerate(reasons, start=1))
    guide = [_("改好后可以直接上传，“退回原因”一列不用删。")]
    made = Template(_("退回的行"), guide, columns, [], rows, told)
    return _workbook(made, f"{_('退回的行')} {begun.file_name.rpartition('.')[0]}.xlsx")


@login_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the good rows to a job."""
    begun = import_of(request.user, pk)
    return form_page(
        request,
        Form(request.POST or None),
        save=lambda: importing.start_import(begun, by=request.user),
        done=_("已开始入库。"),
        to=lambda job: reverse("desk:job", args=[job.pk]),
        title=_("入库：%(name)s") % {"name": begun.file_name},
        explained=_("正确的%(good)d行入库；退回的%(bad)d行不入库，改好再传。")
        % {"good": begun.good, "bad": begun.bad},
        submit=_("入库"),
        back=reverse("records:import", args=[pk]),
    )


@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole import back, with the reason."""
    begun = import_of(request.user, pk)
    page = reverse("records:import", args=[pk])
    return form_page(
        request,
        forms.ReasonedForm(request.POST or None),
        save=lambda reason: importing.undo_import(begun, reason=reason, by=request.user),
        done=lambda many: _("已撤回%(many)d条。") % {"many": many},
        to=page,
        title=_("撤回整批：%(name)s") % {"name": begun.file_name},
        explained=_("这一批全部不再计入，但照旧可查；被它替换的数据恢复原值。"),
        submit=_("撤回整批"),
        back=page,
    )


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _what(request: HttpRequest) -> str:
    what = request.GET.get("what", Import.What.MEASURES)
    if what not in (Import.What.MEASURES, Import.What.TARGETS):
        raise Http404
    return what


def _read(file: Any, columns: Any) -> Table:
    """Read what was sent, or raise ValidationError in words for people."""
    try:
        return read(file.read(), file.name, columns)
    except ProblemsError as refusal:
        language: Language = "en" if get_language() == "en" else "zh"
        told = [say(replace(one, where=Place()), language) for one in refusal.problems]
        raise ValidationError({"file": told}) from refusal


def _workbook(made: Template, name: str) -> HttpResponse:
    response = HttpResponse(written(made), content_type=EXCEL)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
