"""The shared face as an app, for its templates, static files and catalogue."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the shared templates and tags."""

    name = "ronghe.ui"
