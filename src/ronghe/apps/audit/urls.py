"""Addresses of the audit."""

from django.urls import path

from ronghe.apps.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("export/", views.export, name="export"),
    path("anchor/", views.anchor, name="anchor"),
]
