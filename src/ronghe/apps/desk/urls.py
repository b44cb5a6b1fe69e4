"""Addresses of the desk."""

from django.urls import path

from ronghe.apps.desk.views import desk, jobs, notices, search

app_name = "desk"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("search/", search.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.read, name="read_notice"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/settings/", notices.settings, name="notice_settings"),
    path("notices/settings/end/", notices.unsubscribe, name="unsubscribe"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="cancel_job"),
]
