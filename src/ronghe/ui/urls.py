"""Addresses of the face itself."""

from django.urls import path

from ronghe.ui import styleguide

app_name = "ui"
urlpatterns = [path("", styleguide.guide, name="styleguide")]
