"""What went wrong, for programs: problem details (RFC 9457) that name the field and the fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.errors import ValidationError as UnfitError
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
TYPES = "/api/v1/docs"

TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("请求看不懂"),
    401: gettext_lazy("需要令牌"),
    403: gettext_lazy("不允许"),
    404: gettext_lazy("没有，或不在可见范围"),
    405: gettext_lazy("这个地址不能这样用"),
    409: gettext_lazy("与已有的冲突"),
    413: gettext_lazy("太大"),
    422: gettext_lazy("内容不合要求"),
    429: gettext_lazy("太频繁"),
    500: gettext_lazy("系统出错"),
}
"""Every refusal there is, by status."""

FIXES: dict[str, tuple[str | Promise, str | Promise]] = {
    "missing": (gettext_lazy("缺少这一项。"), gettext_lazy("请补上。")),
    "greater_than_equal": (gettext_lazy("太小。"), gettext_lazy("不得小于%(ge)s。")),
    "less_than_equal": (gettext_lazy("太大。"), gettext_lazy("不得大于%(le)s。")),
    "string_too_short": (gettext_lazy("太短。"), gettext_lazy("至少%(min_length)s个字符。")),
    "string_too_long": (gettext_lazy("太长。"), gettext_lazy("至多%(max_length)s个字符。")),
    "too_short": (gettext_lazy("太少。"), gettext_lazy("至少%(min_length)s项。")),
    "too_long": (gettext_lazy("太多。"), gettext_lazy("至多%(max_length)s项，请分批。")),
    "date": (gettext_lazy("不是日期。"), gettext_lazy("写成2026-03-01的样子。")),
    "decimal": (gettext_lazy("不是合适的数字。"), gettext_lazy("写成12.5的样子，至多21位。")),
    "int": (gettext_lazy("不是整数。"), gettext_lazy("请给整数。")),
    "bool": (gettext_lazy("不是真假值。"), gettext_lazy("请给true或false。")),
    "string": (gettext_lazy("不是合适的文字。"), gettext_lazy("请给不含控制字符的文字。")),
    "list": (gettext_lazy("不是列表。"), gettext_lazy("请放进[ ]里。")),
    "literal": (gettext_lazy("不在可选的范围内。"), gettext_lazy("可选：%(expected)s。")),
    "enum": (gettext_lazy("不在可选的范围内。"), gettext_lazy("可选：%(expected)s。")),
}
"""What is wrong with a value and what would be right, by kind of error or its beginning."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field (字段) and how to put it right; the place is dotted."""

    field: str
    message: str
    fix: str = ""


class FaultOut(Schema):
    """What is wrong with one field and how to put it right."""

    field: str
    message: str
    fix: str = ""


class ProblemOut(Schema):
    """A refusal: its kind, what happened in words, and each field that is wrong."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[FaultOut] = []


class Refusal(Exception):  # noqa: N818 - what a caller is told, not a fault of ours
    """Ends a request with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors
        self.headers = dict(headers or {})


def problem(
    status: int,
    detail: str,
    errors: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer with problem details."""
    told = {
        "type": f"{TYPES}#problem-{status}",
        "title": str(TITLES.get(status, TITLES[500 if status >= 500 else 400])),
        "status": status,
        "detail": detail,
        "errors": [asdict(one) for one in errors],
    }
    text = json.dumps(told, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def fault_of(error: Mapping[str, Any]) -> Fault:
    """Return an error of the declared types as a fault, in words."""
    place = ".".join(str(step) for step in error["loc"])
    kind = str(error["type"])
    fitting = [name for name in FIXES if kind == name or kind.startswith(f"{name}_")]
    if not fitting:
        return Fault(place, str(error["msg"]), _("请对照接口说明里的格式。"))
    message, fix = FIXES[max(fitting, key=len)]
    return Fault(place, str(message), str(fix) % error.get("ctx", {}))


def faults_of(refusal: ValidationError, place: str = "") -> list[Fault]:
    """Return what a service refused, field by field."""
    if not hasattr(refusal, "error_dict"):
        return [Fault(place, one) for one in refusal.messages]
    told = refusal.message_dict
    before = f"{place}." if place else ""
    return [Fault(before + name, one) for name, messages in told.items() for one in messages]


def answer_with_problems(api: NinjaAPI) -> None:
    """Let an API answer every refusal with problem details."""
    handlers: dict[type[Exception], Any] = {
        Refusal: lambda _r, e: problem(e.status, e.detail, e.errors, e.headers),
        UnfitError: _unfit,
        ValidationError: lambda _r, e: problem(422, _("没有接受。"), faults_of(e, "body")),
        PermissionDenied: lambda _r, _e: problem(403, _("令牌的范围或其主人的职务不允许。")),
        Http404: lambda _r, _e: problem(404, _("没有这个编号，或不在您的范围内。")),
        RequestDataTooBig: lambda _r, _e: problem(413, _("请求太大，请分批。")),
        HttpError: _unreadable,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def _unfit(_request: HttpRequest, refusal: UnfitError) -> HttpResponse:
    faults = [fault_of(one) for one in refusal.errors]
    told = _("有%(count)d处不合要求。") % {"count": len(faults)}
    return problem(422, told, faults)


def _unreadable(_request: HttpRequest, refusal: HttpError) -> HttpResponse:
    """Say what cannot be read; a body that was too large is told as such."""
    if isinstance(refusal.__context__, RequestDataTooBig):
        return problem(413, _("请求太大，请分批。"))
    if refusal.status_code == 400:
        fault = Fault("body", _("不是JSON。"), _("正文请用UTF-8的JSON。"))
        return problem(400, _("正文读不出来。"), [fault])
    return problem(refusal.status_code, str(refusal))
