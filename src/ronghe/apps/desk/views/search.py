"""The page of searching."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronghe.apps.desk.search import found_by, words_in


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words; what was typed is kept nowhere."""
    typed = request.GET.get("q", "").strip()
    groups = found_by(request.user, words_in(typed))
    return render(request, "desk/search.html", {"typed": typed, "groups": groups})
