"""Addresses of the cockpit."""

from django.urls import path

from ronghe.apps.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("places/<int:pk>/", views.place, name="place"),
]
