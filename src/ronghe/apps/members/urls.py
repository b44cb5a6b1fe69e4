"""Addresses of the roster."""

from django.urls import path

from ronghe.apps.members.views import imports, own, steps, terms
from ronghe.apps.members.views import roster as views

app_name = "members"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("new/", views.register, name="register"),
    path("mine/", own.mine, name="mine"),
    path("mine/ask/", own.ask, name="ask"),
    path("requests/", own.requests, name="requests"),
    path("requests/<int:pk>/", own.answer, name="answer"),
    path("terms/", terms.ending, name="ending"),
    path("organisations/<int:pk>/terms/", terms.terms, name="terms"),
    path("organisations/<int:pk>/terms/new/", terms.begin, name="begin"),
    path("organisations/<int:pk>/seats/new/", terms.seat, name="seat"),
    path("organisations/<int:pk>/split/", terms.split, name="split"),
    path("seats/<int:pk>/leave/", terms.leave, name="leave"),
    path("steps/", steps.due, name="steps"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/<int:pk>/", imports.check, name="check"),
    path("imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("imports/<int:pk>/applied/", imports.applied, name="applied"),
    path("imports/<int:pk>/apply/", imports.apply, name="apply"),
    path("<int:pk>/", views.member, name="member"),
    path("<int:pk>/household/", views.household, name="household"),
    path("<int:pk>/account/", own.account, name="account"),
    *(path(f"<int:pk>/{what}/", views.change, {"what": what}, name=what) for what in views.CHANGES),
]
