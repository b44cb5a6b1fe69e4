"""Programs are answered as programs, whatever part of the site it is that answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from ronghe.apps.programs.problems import TITLES, problem

PREFIX = "/api/"

Answer = Callable[[HttpRequest], HttpResponse]


def programs_middleware(get_response: Answer) -> Answer:
    """Answer programs in the language they ask for, and every refusal with a problem."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        with translation.override(_language_of(request)):
            response = get_response(request)
            if response.status_code < 400 or "json" in response.headers.get("Content-Type", ""):
                return response
            kept = {name: response[name] for name in ("Allow",) if name in response}
            return problem(response.status_code, _told(response.status_code), headers=kept)

    return answer


def _language_of(request: HttpRequest) -> str:
    """Return the language a program asks for, else Chinese; people's is that of the site."""
    reads_pages = "text/html" in request.headers.get("Accept", "")
    if reads_pages or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return translation.get_language() or settings.LANGUAGE_CODE
    asked = request.headers.get("Accept-Language", "").strip().lower()
    return "en" if asked.startswith("en") else settings.LANGUAGE_CODE


def _told(status: int) -> str:
    if status == 404:
        return _("没有这个地址，请对照接口说明。")
    if status == 405:
        return _("这个地址不接受这种方法，可用的见Allow。")
    return str(TITLES.get(status, TITLES[500]))
