"""What every page needs: navigation, language, theme, whether data are made up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ronghe.ui import navigation, preferences


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the values the shell shows on every page."""
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "navigation": navigation.stations_for(request) if signed_in else [],
        "theme": preferences.theme_of(request),
        "languages": settings.LANGUAGES,
    }
