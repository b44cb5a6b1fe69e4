"""Addresses of the cockpit and of joint plans."""

from django.urls import path

from ronghe.apps.planning.views import cockpit, entries, links, plans

app_name = "planning"
urlpatterns = [
    path("", cockpit.cockpit, name="cockpit"),
    path("places/<int:pk>/", cockpit.place, name="place"),
    path("links/<int:pk>/", links.links, name="links"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.add_plan, name="add_plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/deploy/", plans.deploy, name="deploy"),
    path("plans/<int:pk>/carry-over/", plans.carry_over, name="carry_over"),
    path("plans/<int:pk>/add/", entries.add_entry, name="add_entry"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/change/", entries.change_entry, name="change_entry"),
    path("entries/<int:pk>/members/", entries.choose_members, name="choose_members"),
    path("entries/<int:pk>/drop/", entries.drop_entry, name="drop_entry"),
    path("entries/<int:pk>/progress/", entries.tell_progress, name="tell_progress"),
    path("entries/<int:pk>/records/", entries.name_records, name="name_records"),
    path(
        "entries/<int:pk>/records/<int:record>/remove/",
        entries.unname_record,
        name="unname_record",
    ),
]
