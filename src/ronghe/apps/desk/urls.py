"""Addresses of the desk."""

from django.urls import path

from ronghe.apps.desk.views import desk, jobs

app_name = "desk"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="cancel_job"),
]
