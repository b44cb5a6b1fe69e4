"""Drafts and versions somebody may see, and the duty list that counts at a node."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml
from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.analysis.scheme.check import parse_scheme
from ronghe.analysis.scheme.duties import Duty
from ronghe.analysis.scheme.model import Scheme as SchemeDocument
from ronghe.apps.appraisal.models import DutyList, Scheme, Trial, Version
from ronghe.apps.appraisal.permissions import (
    APPROVE_SCHEMES,
    EDIT_SCHEMES,
    SEE_DRAFTS,
    SEE_SCHEMES,
)
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.selectors import nodes_reached_by

State = Version.State


def drafts_visible_to(user: Any) -> QuerySet[Scheme]:
    """Return the schemes in the making within reach."""
    within = user.reach(SEE_DRAFTS).within("node__path")
    return Scheme.objects.filter(within).select_related("node", "changed_by")


def draft_visible_to(user: Any, pk: int) -> Any:
    """Return one scheme in the making, or raise Http404."""
    return _one(drafts_visible_to(user), pk)


def draft_editable_by(user: Any, pk: int) -> Any:
    """Return one scheme in the making that a person edits, or raise Http404."""
    within = user.reach(EDIT_SCHEMES).within("node__path")
    return _one(Scheme.objects.filter(within).select_related("node", "changed_by"), pk)


def trial_visible_to(user: Any, pk: int) -> Any:
    """Return one back-test of a draft within reach, or raise Http404."""
    within = user.reach(SEE_DRAFTS).within("scheme__node__path")
    return _one(Trial.objects.filter(within).select_related("scheme", "by"), pk)


def versions_visible_to(user: Any) -> QuerySet[Version]:
    """Return published versions of one's places, of those above and below; others by role.

    Whoever is appraised by a scheme stands below the node whose scheme it is.
    """
    reach = user.reach(SEE_SCHEMES)
    above = {int(pk) for one in reach.standings for pk in one.path.split("/") if pk}
    mine = Q(reach.within("scheme__node__path")) | Q(scheme__node__in=above)
    others = Q(user.reach(SEE_DRAFTS).within("scheme__node__path"))
    versions = Version.objects.select_related("scheme__node")
    return versions.filter(Q(mine, state=State.PUBLISHED) | others)


def version_visible_to(user: Any, pk: int) -> Any:
    """Return one version, or raise Http404."""
    return _one(versions_visible_to(user), pk)


def version_decided_by(user: Any, pk: int) -> Any:
    """Return a version that a person may approve or send back, or raise Http404."""
    within = user.reach(APPROVE_SCHEMES).within("scheme__node__path")
    return _one(Version.objects.filter(within).select_related("scheme__node"), pk)


def version_edited_by(user: Any, pk: int) -> Any:
    """Return a version that a person may publish, or raise Http404."""
    within = user.reach(EDIT_SCHEMES).within("scheme__node__path")
    return _one(Version.objects.filter(within).select_related("scheme__node"), pk)


def nodes_with_schemes(user: Any) -> QuerySet[Node]:
    """Return the nodes whose schemes a person may edit."""
    return nodes_reached_by(user, EDIT_SCHEMES)


def duties_for(node: Node) -> list[Duty]:
    """Return the duties of the nearest list at or above a node; none where there is no list."""
    kept = nearest_duties(node)
    return [Duty(**duty) for duty in kept.duties] if kept else []


def nearest_duties(node: Node) -> DutyList | None:
    """Return the nearest duty list at or above a node."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    return DutyList.objects.filter(node__in=above).order_by("-node__path").first()


def document_of(version: Version) -> SchemeDocument:
    """Return the scheme document of a version."""
    return parsed(version.document)


@lru_cache(maxsize=64)
def parsed(text: str) -> SchemeDocument:
    """Return the scheme of a version's text."""
    return parse_scheme(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - texts only


def _one(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
