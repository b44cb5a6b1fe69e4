"""The page that explains the API to people: drawn from its document, without script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from ronghe.apps.programs.document import operations_of
from ronghe.apps.programs.problems import TITLES
from ronghe.apps.programs.scopes import SCOPES

Row = tuple[str, str, bool, str]
"""A field: its name, its type in words, whether it must be given, what it is."""


class Reference(DocsBase):
    """Lists every operation with its scope, parameters, body and answer."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Draw the page in the language of the asker."""
        document = api.get_openapi_schema()
        schemas = document["components"]["schemas"]
        groups: dict[str, list[dict[str, Any]]] = {}
        for method, path, one in operations_of(document):
            shown = {"method": method, "path": path, **_shown(one, schemas)}
            groups.setdefault(one["tags"][0], []).append(shown)
        context = {
            "groups": groups,
            "openapi": self.get_openapi_url(api, kwargs),
            "problems": list(TITLES.items())[:-1],
            "scopes": {name: scope.title for name, scope in SCOPES.items()},
        }
        return render(request, "programs/reference.html", context)


def _shown(operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of an operation."""
    body = _schema_in(operation.get("requestBody", {}))
    answer = _schema_in(operation["responses"].get(200, {}))
    return {
        "id": operation["operationId"],
        "title": operation["summary"],
        "scope": "".join(operation["security"][0]["token"]),
        "parameters": [
            (one["name"], words_of(one["schema"]), one.get("required", False), one.get(
                "description", ""))
            for one in operation.get("parameters", [])
        ],
        "body": fields_of(body, schemas),
        "answer": fields_of(answer, schemas),
    }  # fmt: skip


def _schema_in(part: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = part.get("content", {}).get("application/json", {})
    found: dict[str, Any] = content.get("schema", {})
    return found


def fields_of(schema: dict[str, Any], schemas: dict[str, Any], before: str = "") -> list[Row]:
    """Return the fields of a schema, those inside lists and objects with their whole place."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if schema.get("type") == "array":
        return fields_of(schema["items"], schemas, f"{before}[]")
    rows: list[Row] = []
    needed = schema.get("required", [])
    for name, one in schema.get("properties", {}).items():
        place = f"{before}.{name}".strip(".")
        inside = [part for part in (one, *one.get("anyOf", [])) if _leads_on(part)]
        if inside:
            rows += fields_of(inside[0], schemas, place)
        else:
            rows.append((place, words_of(one), name in needed, one.get("description", "")))
    return rows


def _leads_on(schema: dict[str, Any]) -> bool:
    return "$ref" in schema or "$ref" in schema.get("items", {})


def words_of(schema: dict[str, Any]) -> str:
    """Return the type of a value in a few words."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(words_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"[{words_of(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", "any"))
