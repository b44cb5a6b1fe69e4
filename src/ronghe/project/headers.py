"""Headers of every answer that is no static file."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    # Offices share machines: after signing out, Back must not show what was on screen.
    "Cache-Control": "private, no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def headers_middleware(answer: Answer) -> Answer:
    """Add what an answer does not state itself."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return with_headers


def timing_middleware(answer: Answer) -> Answer:
    """Tell how long an answer took here, all told and on the processor, in milliseconds.

    Switched on by ``RONGHE_TIMING`` for measuring; it tells nobody anything about the contents.
    """
    if not settings.RONGHE_TIMING:
        raise MiddlewareNotUsed

    def timed(request: HttpRequest) -> HttpResponse:
        begun, worked = time.perf_counter(), time.thread_time()
        response = answer(request)
        took = 1000 * (time.perf_counter() - begun)
        busy = 1000 * (time.thread_time() - worked)
        response.headers["Server-Timing"] = f"app;dur={took:.1f}, cpu;dur={busy:.1f}"
        return response

    return timed
