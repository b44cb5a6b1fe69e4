"""Addresses of the roster."""

from django.urls import path

from ronghe.apps.members import views

app_name = "members"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("new/", views.register, name="register"),
    path("<int:pk>/", views.member, name="member"),
    *(path(f"<int:pk>/{what}/", views.change, {"what": what}, name=what) for what in views.CHANGES),
]
