"""The page of one part of a draft: changed or added, checked as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.drafts.fields import read_part, specs
from ronghe.apps.appraisal.drafts.tree import Document, Loc
from ronghe.apps.appraisal.forms.parts import PartForm
from ronghe.apps.appraisal.models import Scheme
from ronghe.apps.appraisal.selectors import schemes as selectors
from ronghe.apps.appraisal.services import drafts as services
from ronghe.apps.appraisal.views.common import health_at, language
from ronghe.apps.appraisal.views.schemes import stale_words

KINDS = ("group", "indicator", "pool", "gate", "veto", "grade", "peer_group", "measure",
         "record_kind")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part is asked for: one that is there, or a new one of a kind at the end of a list."""

    draft: Scheme
    loc: Loc
    kind: str
    part: Document
    new: bool

    @property
    def url(self) -> str:
        """Return the address of the form."""
        query = {"at": tree.written(self.loc)} | ({"kind": self.kind} if self.new else {})
        return f"{reverse('appraisal:part', args=[self.draft.pk])}?{urlencode(query)}"

    @property
    def above(self) -> Document | None:
        """Return the group or pool that a new part is to stand below."""
        return tree.part_at(self.draft.content, self.loc[:-1]) if len(self.loc) > 2 else None


def _asked(request: HttpRequest, draft: Scheme) -> Asked:
    content, loc = draft.content, tree.read(request.GET.get("at", ""))
    kind = request.GET.get("kind", "")
    if kind:
        held = tree.LISTS.get(loc) or ("indicator" if loc and loc[-1] in ("children", "items")
                                       else "")  # fmt: skip
        if kind not in KINDS or not (held == kind or (kind == "group" and loc[0] == "indicators")):
            raise Http404
        return Asked(draft, loc, kind, {}, new=True)
    part = tree.part_at(content, loc) if loc else content
    if part is None or not tree.kind_of(loc, part):
        raise Http404
    return Asked(draft, loc, tree.kind_of(loc, part), part, new=False)


def _form(asked: Asked, data: Any = None) -> PartForm:
    part = asked.part
    if data is not None:
        part = read_part(asked.kind, _flat(data))
    fields = specs(asked.kind, part, asked.draft.content)
    return PartForm(data, specs=fields, english=language() == "en", turn_url=asked.url)


def _flat(data: Any) -> dict[str, Any]:
    """Return posted values, lists where several were sent or many may be."""
    many = {"source-of", "peer_groups", "zeroes", "grading-tie_breakers"}
    return {name: values if name in many else values[-1] for name, values in data.lists() if values}


@login_required
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a part; save it whatever was typed, or say who was quicker."""
    draft = selectors.draft_editable_by(request.user, pk)
    asked, stale = _asked(request, draft), ""
    sent = request.method == "POST"
    form = _form(asked, request.POST if sent else None)
    if sent and "again" not in request.POST:
        try:
            loc = _save(asked, request)
        except services.StaleError:
            draft.refresh_from_db()
            stale = stale_words(draft)
        except ValidationError as refusal:
            stale = " ".join(refusal.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect(f"{reverse('appraisal:scheme', args=[pk])}#{loc[0] if loc else ''}")
    context = _context(asked, form, request)
    context["stale"] = stale
    return render(request, "appraisal/part.html", context, status=422 if stale else 200)


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what would be wrong with the draft if the part were saved as it is typed."""
    draft = selectors.draft_editable_by(request.user, pk)
    asked = _asked(request, draft)
    own = read_part(asked.kind, _flat(request.POST))
    found = health_at(draft.node, _tried(asked, own))
    context = {"health": found, "draft": draft, "here": tree.written(asked.loc), "may_edit": True}
    return render(request, "appraisal/_health.html", context)


def _tried(asked: Asked, own: Document) -> Document:
    if asked.new:
        return tree.add(asked.draft.content, asked.loc, own, asked.kind)[0]
    return tree.put(asked.draft.content, asked.loc, own)


def _save(asked: Asked, request: HttpRequest) -> Loc:
    own, marked = read_part(asked.kind, _flat(request.POST)), request.POST.get("mark", "")
    if asked.new:
        return services.add_part(
            asked.draft, into=asked.loc, marked=marked, kind=asked.kind, own=own, by=request.user
        )
    into = request.POST.get("into")
    return services.save_part(
        asked.draft,
        at=asked.loc,
        marked=marked,
        own=own,
        by=request.user,
        into=tree.read(into) if into else None,
    )


def _context(asked: Asked, form: PartForm, request: HttpRequest) -> dict[str, Any]:
    english, content = language() == "en", asked.draft.content
    above = asked.above if asked.new else asked.part
    return {
        "asked": asked,
        "draft": asked.draft,
        "form": form,
        "title": tree.title_of(asked.part, english=english),
        "mark": tree.mark(above) if above else "",
        "whole": tree.mark(asked.part, whole=True) if asked.loc and not asked.new else "",
        "groups": list(_groups(asked, content, english)),
        "into": request.POST.get("into") or tree.written(asked.loc[:-1]),
        "health": health_at(asked.draft.node, content),
        "here": tree.written(asked.loc),
        "check_url": asked.url.replace("/part/", "/check/"),
        "may_edit": True,
    }


def _groups(asked: Asked, content: Document, english: bool) -> Any:
    """Yield the lists that an indicator or group can be moved to."""
    if asked.new or asked.loc[:1] != ("indicators",):
        return
    yield "indicators", _("最上一级")
    for row in tree.rows(content, ("indicators",)):
        inside = row.loc[: len(asked.loc)] == asked.loc
        if row.kind == "group" and not inside:
            name = f"{'　' * (row.depth + 1)}{tree.title_of(row.part, english=english)}"
            yield tree.written((*row.loc, "children")), name
