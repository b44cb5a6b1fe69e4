"""Calling the API as somebody, with a token of some scopes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ronghe.apps.accounts.services.tokens import make_token
from ronghe.apps.programs.scopes import SCOPES
from web_world import days


def secret_of(user: Any, scopes: Any = None) -> str:
    """Make a token of somebody, with every scope unless some are named."""
    _token, secret = make_token(name="t", scopes=scopes or SCOPES, until=days(1), by=user)
    return secret


@dataclass
class Caller:
    """A program with a token."""

    client: Any
    secret: str
    language: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"}
        if self.language:
            headers["Accept-Language"] = self.language
        more: dict[str, Any] = {"query_params": query} if query else {}
        if body is not None:
            text = body if isinstance(body, str) else json.dumps(body)
            more |= {"data": text, "content_type": "application/json"}
        return self.client.generic(method.upper(), f"/api/v1/{path}", headers=headers, **more)

    def items(self, path: str, **query: Any) -> list[Any]:
        """Return the items of a list's first page."""
        found: list[Any] = self("get", path, **query).json()["items"]
        return found
