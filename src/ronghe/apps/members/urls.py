"""Addresses of the roster."""

from django.urls import path

from ronghe.apps.members.views import imports
from ronghe.apps.members.views import roster as views

app_name = "members"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("new/", views.register, name="register"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/<int:pk>/", imports.check, name="check"),
    path("imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("imports/<int:pk>/apply/", imports.apply, name="apply"),
    path("<int:pk>/", views.member, name="member"),
    *(path(f"<int:pk>/{what}/", views.change, {"what": what}, name=what) for what in views.CHANGES),
]
