"""Language and theme: kept in a cookie, changed with one press, with or without script."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST

from ronghe.ui.forms import back_or

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """Return the chosen language; Chinese, the text of record, where none was chosen."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme; ``auto`` follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


Answer = Callable[[HttpRequest], HttpResponse]


def language_middleware(get_response: Answer) -> Answer:
    """Answer every request in its chosen language, whatever the browser says it prefers."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = get_response(request)
            response.headers["Content-Language"] = translation.get_language() or ""
        return response

    return answer


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language or theme that was pressed and go back to the page."""
    response = back_or(request, "/")
    chosen = {
        settings.LANGUAGE_COOKIE_NAME: (request.POST.get("language"), dict(settings.LANGUAGES)),
        THEME_COOKIE: (request.POST.get("theme"), THEMES),
    }
    for cookie, (value, allowed) in chosen.items():
        if value in allowed:
            response.set_cookie(
                cookie, str(value), max_age=YEAR, samesite="Lax", secure=request.is_secure()
            )
    return response
