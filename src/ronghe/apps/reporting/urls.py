"""Addresses of report appraisals."""

from django.urls import path

from ronghe.apps.reporting.views import appraisals, drafting, judging, reports, year

app_name = "reporting"
urlpatterns = [
    path("", appraisals.appraisals, name="appraisals"),
    path("new/", appraisals.open_appraisal, name="open"),
    path("year/", year.year, name="year"),
    path("year/calendar.ics", year.year_ics, name="year_ics"),
    path("<int:pk>/", appraisals.appraisal, name="appraisal"),
    path("of/<int:pk>/", reports.report, name="report"),
    path("of/<int:pk>/draw/", drafting.draw, name="draw"),
    path("of/<int:pk>/write/", drafting.write, name="write"),
    path("of/<int:pk>/submit/", drafting.submit, name="submit"),
    path("of/<int:pk>/return/", judging.send_back, name="return"),
    path("of/<int:pk>/comment/", judging.comment, name="comment"),
    path("of/<int:pk>/votes/", judging.votes, name="votes"),
    path("of/<int:pk>/object/", judging.object_to, name="object"),
    path("of/<int:pk>/sign/", judging.put_to_sign, name="put_to_sign"),
    path("of/<int:pk>/improve/", judging.plan, name="plan"),
    path("items/<int:pk>/", judging.finish, name="finish"),
    path("sentences/<int:pk>/", drafting.sentence, name="sentence"),
    path("sentences/<int:pk>/edit/", drafting.edit, name="edit"),
    path("sentences/<int:pk>/remove/", drafting.remove, name="remove"),
]
