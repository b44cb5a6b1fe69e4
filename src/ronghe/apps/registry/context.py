"""Whether the installation shows made-up data, said on every page."""

from __future__ import annotations

from django.http import HttpRequest

from ronghe.apps.registry.selectors import holds_fictitious_data


def fictitious(_request: HttpRequest) -> dict[str, bool]:
    """Tell the shell whether to show that data are made up (演示数据)."""
    return {"fictitious": holds_fictitious_data()}
