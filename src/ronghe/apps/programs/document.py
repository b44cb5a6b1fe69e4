"""The OpenAPI document: every refusal declared, scopes named, texts in the asker's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from ninja import NinjaAPI

from ronghe.apps.programs.problems import MEDIA_TYPE, TITLES, ProblemOut, answer_with_problems
from ronghe.apps.programs.tokens import TokenWith

METHODS = ("get", "post", "put", "patch", "delete")


class Api(NinjaAPI):
    """An API whose refusals are problems, and whose document says which there can be."""

    def __init__(self, **more: Any) -> None:
        super().__init__(auth=TokenWith(), **more)
        answer_with_problems(self)

    def get_openapi_schema(self, **more: Any) -> Any:
        """Return the document in the language of the request."""
        document: Any = super().get_openapi_schema(**more)
        scopes = self._scopes()
        document["info"]["description"] = _(document["info"]["description"])
        document["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": _("接口令牌")}
        }
        schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        known = document["components"]["schemas"]
        known |= schema.pop("$defs")
        known["ProblemOut"] = schema
        for one in known.values():
            _translate(one.get("properties", {}).values())
        for _method, _path, operation in operations_of(document):
            _complete(operation, scopes[operation["operationId"]])
        return document

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name an operation as its function is."""
        return str(operation.view_func.__name__).rstrip("_")

    def _scopes(self) -> dict[str, str]:
        """Return the scope that each operation asks for."""
        found = {}
        for router in self._get_bound_routers():
            for view in router.path_operations.values():
                for one in view.operations:
                    name = one.operation_id or self.get_openapi_operation_id(one)
                    auth = next((a for a in one.auth_callbacks if isinstance(a, TokenWith)), None)
                    found[name] = auth.scope if auth else ""
        return found


def operations_of(document: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every operation of a document: its method, its path, what is said of it."""
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield method.upper(), path, methods[method]


def _translate(parts: Iterable[dict[str, Any]]) -> None:
    """Put what is said of fields into the language of the request."""
    for one in parts:
        if "description" in one:
            one["description"] = _(one["description"])


def _complete(operation: dict[str, Any], scope: str) -> None:
    """Translate an operation, name its scope and declare how it can be refused."""
    operation["summary"] = _(operation["summary"])
    operation["security"] = [{"token": [scope] if scope else []}]
    parameters = operation.get("parameters", [])
    _translate([*parameters, *(one["schema"] for one in parameters)])
    refused = [401, 403, 429]
    if any(one["in"] == "path" or one["name"] == "below" for one in parameters):
        refused.append(404)
    if parameters or "requestBody" in operation:
        refused.append(422)
    if "requestBody" in operation:
        refused += [400, 413]
    for status in sorted(refused):
        operation["responses"][status] = {
            "description": str(TITLES[status]),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
        }
