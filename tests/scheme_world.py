"""Schemes in a county of the web tests: in the making and published."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ronghe.apps.appraisal.models import Scheme, Version
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.exchange.scheme import read_scheme, write_scheme_yaml
from ronghe.schemes import ready
from web_world import days


@cache
def ready_scheme(code: str = "village-branch"):
    """Return a ready scheme."""
    return read_scheme(ready()[code])[0]


def ready_content(code: str = "village-branch") -> dict[str, Any]:
    """Return the plain document of a ready scheme."""
    return ready_scheme(code).model_dump(mode="json", exclude_defaults=True)


def a_draft(node, *, by, content: dict[str, Any] | None = None) -> Scheme:
    """Keep a draft at a node, whoever starts it."""
    document = content or ready_content()
    text = json.dumps(document, ensure_ascii=False)
    return Scheme.objects.create(node=node, title="支部考核", document=text, changed_by=by)


def a_published_version(node, *, by, code: str = "village-branch") -> Version:
    """Publish a ready scheme at a node, whoever approves."""
    text = write_scheme_yaml(ready_scheme(code))
    return Version.objects.create(
        scheme=a_draft(node, by=by, content=ready_content(code)),
        code=code,
        version="2025.1",
        title="支部考核",
        document=text,
        digest=digest_of(text),
        state=Version.State.PUBLISHED,
        submitted_by=by,
        published_by=by,
        approval_document="清发〔2025〕1号",
        approval_dated=days(-30),
    )
