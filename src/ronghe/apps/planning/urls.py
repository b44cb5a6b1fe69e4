"""Addresses of the cockpit."""

from django.urls import path

from ronghe.apps.planning.views import cockpit

app_name = "planning"
urlpatterns = [
    path("", cockpit.cockpit, name="cockpit"),
    path("places/<int:pk>/", cockpit.place, name="place"),
]
