"""Addresses of the guides."""

from django.urls import path

from ronghe.ui import guides

app_name = "help"
urlpatterns = [
    path("", guides.index, name="guides"),
    path("<slug:code>/", guides.guide, name="guide"),
]
