"""Pages of schemes in the making: the list, starting one, the tree, the duty list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.analysis.errors import Place, ProblemsError
from ronghe.analysis.scheme.choices import RULES, SOURCES
from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.forms.schemes import DutiesForm, StartForm
from ronghe.apps.appraisal.models import Scheme
from ronghe.apps.appraisal.permissions import EDIT_SCHEMES, SEE_DRAFTS
from ronghe.apps.appraisal.selectors import schemes as selectors
from ronghe.apps.appraisal.services import backtesting
from ronghe.apps.appraisal.services import drafts as services
from ronghe.apps.appraisal.trying import tried
from ronghe.apps.appraisal.views.common import health_at, language, read_upload
from ronghe.exchange.duty_list import read_duty_list
from ronghe.exchange.scheme import read_document
from ronghe.schemes import ready
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of
from ronghe.wording import say


@login_required
def schemes(request: HttpRequest) -> HttpResponse:
    """Show the published schemes that concern somebody, and drafts to who works on them."""
    drafts = selectors.drafts_visible_to(request.user)
    context = {
        "drafts": drafts[:50] if request.user.has_perm(SEE_DRAFTS) else [],
        "page": page_of(selectors.versions_visible_to(request.user), request),
        "may_edit": request.user.has_perm(EDIT_SCHEMES),
        "duties": _duties_of(request.user),
    }
    return render(request, "appraisal/schemes.html", context)


def _duties_of(user: Any) -> Any:
    node = selectors.nodes_with_schemes(user).first()
    return selectors.nearest_duties(node) if node else None


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Start a scheme from a ready one or from a file."""
    if not request.user.has_perm(EDIT_SCHEMES):
        raise PermissionDenied
    nodes = selectors.nodes_with_schemes(request.user)
    known = {code: read_document(path).content for code, path in ready().items()}
    english = language() == "en"
    titles = [(code, tree.title_of(one, english=english)) for code, one in known.items()]
    form = StartForm(request.POST or None, request.FILES or None, nodes=nodes, ready=titles)
    if request.method == "POST" and form.is_valid():
        content = known.get(form.cleaned_data["ready"])
        if content is None:
            content = _uploaded(form)
        if content is not None:
            node = form.cleaned_data["node"]
            begun = services.start_scheme(node=node, content=content, by=request.user)
            return redirect("appraisal:scheme", begun.pk)
    return render(request, "appraisal/start.html", {"form": form}, status=refused(request))


def _uploaded(form: StartForm) -> Any:
    """Return the content of an uploaded file; what cannot be opened at all is said in the form."""
    try:
        document = read_upload(form.cleaned_data["file"], read_document)
    except ProblemsError as refusal:
        for problem in refusal.problems:
            form.add_error("file", say(replace(problem, where=Place()), language()))
        return None
    return document.content


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of parts on the page of a draft: its title, what is said, what can be added."""

    at: str
    title: str | Promise
    explained: str | Promise
    adds: tuple[tuple[str, str | Promise], ...]
    rows: list[Any]

    @property
    def has_points(self) -> bool:
        """Tell whether there is anything to show in the column of points."""
        return any(row["points"] not in ("", None) for row in self.rows)

    @property
    def has_what(self) -> bool:
        """Tell whether there is anything to show in the column of source and rule."""
        return any(row["what"] for row in self.rows)

    @property
    def has_who(self) -> bool:
        """Tell whether there is anything to show in the column of suppliers."""
        return any(row["who"] for row in self.rows)


LISTS: dict[str, tuple[str | Promise, str | Promise, tuple[tuple[str, str | Promise], ...]]] = {
    "indicators": (
        gettext_lazy("指标"),
        gettext_lazy("分组和指标；同级分值相加应等于上级。"),
        (("group", gettext_lazy("加分组")), ("indicator", gettext_lazy("加指标"))),
    ),
    "pools": (
        gettext_lazy("加分扣分"),
        gettext_lazy("总分之外的加分项、扣分项，各有封顶。"),
        (("pool", gettext_lazy("加一组")),),
    ),
    "gates": (
        gettext_lazy("前置条件"),
        gettext_lazy("不满足时有后果的条件；出勤、学时这类义务只能放在这里，不计分。"),
        (("gate", gettext_lazy("加前置条件")),),
    ),
    "vetoes": (
        gettext_lazy("一票否决"),
        gettext_lazy("每一项都要写明设定它的文件。"),
        (("veto", gettext_lazy("加否决项")),),
    ),
    "grading.grades": (
        gettext_lazy("等次"),
        gettext_lazy("从好到差；名额可以写比例，也可以引用规则库。"),
        (("grade", gettext_lazy("加等次")),),
    ),
    "peer_groups": (
        gettext_lazy("考核分组"),
        gettext_lazy("分类考核：只在组内比较。"),
        (("peer_group", gettext_lazy("加分组")),),
    ),
    "measures": (
        gettext_lazy("数据"),
        gettext_lazy("用到的统计和台账数据，由谁提供，官方发布到哪一级。"),
        (("measure", gettext_lazy("加数据")),),
    ),
    "record_kinds": (
        gettext_lazy("纪实类别"),
        gettext_lazy("工作中留下的纪实；平时记一次，考核直接取用。"),
        (("record_kind", gettext_lazy("加类别")),),
    ),
}
"""The lists of a scheme as they stand on its page."""


@login_required
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft: its tree, its other parts, what is wrong with it and what it asks."""
    draft = selectors.draft_visible_to(request.user, pk)
    content, english = draft.content, language() == "en"
    listed = [
        Listed(at, title, told, adds, [_row(row, english) for row in _rows(content, at)])
        for at, (title, told, adds) in LISTS.items()
    ]
    context = {
        "draft": draft,
        "content": content,
        "title": tree.title_of(content, english=english) or draft.title,
        "lists": listed,
        "health": health_at(draft.node, content),
        "versions": draft.versions.all(),
        "trials": draft.trials.select_related("by").exclude(report="")[:10],
        "last_year": timezone.localdate().year - 1,
        "may_edit": request.user.has_perm(EDIT_SCHEMES, draft.node),
        "duties": selectors.nearest_duties(draft.node),
    }
    return render(request, "appraisal/scheme.html", context)


def _rows(content: tree.Document, at: str) -> list[tree.Row]:
    return list(tree.rows(content, tree.read(at)))


def _row(row: tree.Row, english: bool) -> dict[str, Any]:
    """Return a line of a list in words: title, points or what is like them, source, rule."""
    part = row.part
    source, rule = part.get("source"), part.get("rule")
    kinds = ((SOURCES, source), (RULES, rule))
    points = part.get("points", part.get("cap", part.get("at_least", "")))
    worth = part.get("counts_as")
    return {
        "row": row,
        "title": tree.title_of(part, english=english) or _("未命名"),
        "code": part.get("code") or part.get("@name") or "",
        "points": f"{points} → {worth}" if worth else points,
        "what": [
            names[value["kind"]][english]
            for names, value in kinds
            if isinstance(value, dict) and value.get("kind") in names
        ],
        "who": part.get("supplier") or part.get("owner") or "",
    }


@login_required
@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a part up or down, or remove it with all below it."""
    draft = selectors.draft_editable_by(request.user, pk)
    do, _space, rest = request.POST.get("do", "").partition(" ")
    at, _space, marked = rest.partition(" ")
    if do not in ("up", "down", "remove") or not at:
        return redirect("appraisal:scheme", draft.pk)
    try:
        services.arrange(draft, do=do, at=tree.read(at), marked=marked, by=request.user)
    except services.StaleError as stale:
        messages.warning(request, stale_words(stale.scheme))
    return redirect(f"{_page(draft)}#{tree.read(at)[0]}")


@login_required
@require_POST
def backtest(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a draft on the data of a year, in the background."""
    draft = selectors.draft_editable_by(request.user, pk)
    period = request.POST.get("period", "").strip()
    try:
        job = backtesting.start_trial(draft, period=period, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("appraisal:scheme", draft.pk)
    return redirect("desk:job", job.pk)


@login_required
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report of a back-test."""
    shown = selectors.trial_visible_to(request.user, pk)
    context = {"trial": shown, "tried": tried(shown.pk)}
    return render(request, "appraisal/trial.html", context)


def _page(draft: Scheme) -> str:
    return reverse("appraisal:scheme", args=[draft.pk])


def stale_words(draft: Scheme) -> str:
    """Say who was quicker."""
    told = _("%(name)s刚刚改动或移走了这一项，您的改动没有存。请核对后再办一次。")
    return told % {"name": draft.changed_by.name}


@login_required
def duties(request: HttpRequest) -> HttpResponse:
    """Show the duty list, and take a new one."""
    if not request.user.has_perm(EDIT_SCHEMES):
        raise PermissionDenied
    nodes = selectors.nodes_with_schemes(request.user)
    form = DutiesForm(request.POST or None, request.FILES or None, nodes=nodes)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found, warnings = read_upload(file, read_duty_list)
        except ProblemsError as refusal:
            for problem in refusal.problems:
                where = replace(problem.where, source="")
                form.add_error("file", say(replace(problem, where=where), language()))
        else:
            node = form.cleaned_data["node"]
            services.upload_duties(node=node, file_name=file.name, duties=found, by=request.user)
            for problem in warnings:
                messages.warning(request, say(replace(problem, where=Place()), language()))
            messages.success(request, _("清单已保存，方案会对照它检查。"))
            return redirect("appraisal:duties")
    kept = _duties_of(request.user)
    counts: dict[str, int] = {}
    for duty in kept.duties if kept else []:
        counts[duty["kind"]] = counts.get(duty["kind"], 0) + 1
    context = {"form": form, "kept": kept, "counts": counts}
    return render(request, "appraisal/duties.html", context, status=refused(request))
