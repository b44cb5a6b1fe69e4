"""The API: OpenAPI under ``/api/v1/openapi.json``, every address by token."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from ronghe.apps.accounts.api import TokenAuth
from ronghe.apps.accounts.api import router as accounts
from ronghe.apps.audit.api import router as audit
from ronghe.apps.records.api import router as records
from ronghe.apps.registry.api import router as registry

api = NinjaAPI(
    title="Ronghe 融合", version="1", auth=TokenAuth(), docs_url=None, urls_namespace="api"
)
for router in (accounts, registry, records, audit):
    api.add_router("", router)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _refusal: PermissionDenied) -> HttpResponse:
    """Say that the token's scopes or its owner's posts do not allow it."""
    told = "令牌的范围或其主人的职务不允许 · the token's scopes or its owner's posts forbid it"
    return api.create_response(request, {"detail": told}, status=403)
