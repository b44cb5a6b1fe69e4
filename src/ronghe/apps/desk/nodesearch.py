"""Finding organisations: the registry stands below the desk and cannot register itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.desk import search
from ronghe.apps.registry.selectors import nodes_visible_to


@search.provide
def organisations(user: Any, words: search.Words) -> Iterator[search.Hit]:
    """Find the organisations a person may see, by name, initials or code."""
    rows = nodes_visible_to(user).order_by("level", "path")
    for node in search.named(rows, words, more=("code",)):
        kind = node.get_kind_display()
        detail = _("%(kind)s，已撤销") % {"kind": kind} if node.closed else kind
        url = reverse("registry:node", args=[node.pk])
        yield search.Hit(node.name, gettext_lazy("组织"), url, detail)
