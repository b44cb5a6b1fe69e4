"""Addresses of procedures."""

from django.urls import path

from ronghe.apps.procedures.views import calendar

app_name = "procedures"
urlpatterns = [
    path("working-days/", calendar.working_days, name="working_days"),
    path("working-days/enter/", calendar.enter_notice, name="enter_notice"),
]
