"""Keeping a draft: started, uploaded, changed part by part by several people at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.analysis.scheme.check import examine
from ronghe.analysis.scheme.check.parsing import tidy
from ronghe.analysis.scheme.duties import Duty
from ronghe.apps.access import Standing
from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.drafts.tree import Document, Loc
from ronghe.apps.appraisal.models import DutyList, Scheme
from ronghe.apps.appraisal.permissions import EDIT_SCHEMES
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node


class StaleError(Exception):
    """Somebody else changed, moved or removed the part meanwhile; nothing was saved."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        super().__init__(scheme.pk)


@transaction.atomic
def start_scheme(*, node: Node, content: Document, by: Any) -> Scheme:
    """Start a scheme (起草方案) from a document, complete or not."""
    standing = standing_at(node, by)
    document = settled(content)
    title = tree.title_of(document) or _("未命名的方案")
    scheme = Scheme.objects.create(
        node=node, title=title[:200], document=text_of(document), changed_by=by
    )
    audit.record("appraisal.scheme_started", by=by, target=scheme, place=node, standing=standing)
    return scheme


def settled(content: Any) -> Document:
    """Return a document in the model's own form where it can be read, else as it stands."""
    scheme, _problems = examine(content if isinstance(content, dict) else {})
    if scheme is not None:
        settled: Document = scheme.model_dump(mode="json", exclude_defaults=True)
        return settled
    tidied = tidy(content)
    return tidied if isinstance(tidied, dict) else {}


def save_part(
    scheme: Scheme, *, at: Loc, marked: str, own: Document, by: Any, into: Loc | None = None
) -> Loc:
    """Replace a part's own fields, move it below another group if asked; return where it stands.

    Raises StaleError unless the part is still what ``marked`` says, wherever it stands now;
    ValidationError where the code of a peer group is taken.
    """

    def change(document: Document) -> tuple[Document, Loc]:
        loc = tree.find(document, at, marked)
        if loc is None:
            raise StaleError(scheme)
        _refuse_taken(document, own, loc)
        changed = tree.put(document, loc, own)
        return (changed, loc) if into is None else tree.transplant(changed, loc, into)

    return _changed(scheme, change, "changed", by)


def add_part(scheme: Scheme, *, into: Loc, marked: str, kind: str, own: Document, by: Any) -> Loc:
    """Add a part to a list, of the part above that ``marked`` names if it is not the top."""

    def change(document: Document) -> tuple[Document, Loc]:
        at = into
        if marked:
            above = tree.find(document, into[:-1], marked)
            if above is None:
                raise StaleError(scheme)
            at = (*above, into[-1])
        _refuse_taken(document, own, at)
        return tree.add(document, at, own, kind)

    return _changed(scheme, change, "added", by)


def arrange(scheme: Scheme, *, do: str, at: Loc, marked: str, by: Any) -> None:
    """Move a part ``up`` or ``down`` among its neighbours, or ``remove`` it with all below."""

    def change(document: Document) -> tuple[Document, Loc]:
        loc = tree.find(document, at, marked, whole=True)
        if loc is None or not loc:
            raise StaleError(scheme)
        if do == "remove":
            return tree.remove(document, loc), loc
        return tree.shift(document, loc, -1 if do == "up" else 1), loc

    _changed(scheme, change, {"remove": "removed"}.get(do, "moved"), by)


@transaction.atomic
def upload_duties(*, node: Node, file_name: str, duties: Sequence[Duty], by: Any) -> DutyList:
    """Keep the duty list (履职事项清单) of a node, in place of an earlier one."""
    standing = standing_at(node, by)
    kept, _new = DutyList.objects.update_or_create(
        node=node,
        defaults={
            "file_name": file_name[:200],
            "duties": [asdict(duty) for duty in duties],
            "uploaded_by": by,
        },
    )
    details = {"duties": len(duties)}
    audit.record(
        "appraisal.duties_uploaded", by=by, target=kept, place=node, standing=standing, **details
    )
    return kept


def standing_at(node: Node, by: Any) -> Standing:
    """Return the post somebody edits schemes from; PermissionDenied without one."""
    standing: Standing | None = by.reach(EDIT_SCHEMES).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    return standing


@transaction.atomic
def _changed(
    scheme: Scheme, change: Callable[[Document], tuple[Document, Loc]], did: str, by: Any
) -> Loc:
    """Change the document as it is now; of two at once, the second sees the first's change."""
    standing = standing_at(scheme.node, by)
    now = Scheme.objects.select_for_update().get(pk=scheme.pk)
    document, loc = change(now.content)
    kept = Scheme.objects.filter(pk=now.pk, revision=now.revision)
    now.revision += 1
    now.document, now.changed_by = text_of(document), by
    now.title = (tree.title_of(document) or now.title)[:200]
    if not kept.exists():
        raise StaleError(now)
    now.save()
    audit.record(
        "appraisal.scheme_changed",
        by=by,
        target=now,
        place=now.node,
        standing=standing,
        did=did,
        at=tree.written(loc),
        revision=now.revision,
    )
    return loc


def _refuse_taken(document: Document, own: Document, loc: Loc) -> None:
    """Refuse a peer group without a code or with another one's: it is what they are kept by."""
    if loc[:1] != ("peer_groups",):
        return
    others = [row for row in tree.rows(document, ("peer_groups",)) if row.loc != loc]
    name = own.get("@name")
    if not name or name in {row.part["@name"] for row in others}:
        raise ValidationError({"@name": _("请填一个没有用过的代码。")})


def text_of(document: Document) -> str:
    """Write a document as it is kept."""
    return json.dumps(document, ensure_ascii=False)
