"""Addresses of report appraisals."""

from django.urls import path

from ronghe.apps.reporting.views import (
    appraisals,
    documents,
    drafting,
    judging,
    paper,
    reports,
    sheets,
    year,
)

app_name = "reporting"
urlpatterns = [
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/new/", appraisals.open_appraisal, name="open"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.download, name="download"),
    path("year/", year.year, name="year"),
    path("year/calendar.ics", year.year_ics, name="year_ics"),
    path("appraisals/<int:pk>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<int:pk>/sheet/", sheets.put_all_to_sign, name="put_all_to_sign"),
    path("appraisals/sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("appraisals/sheets/lines/<int:pk>/", sheets.hold_back, name="hold_back"),
    path("appraisals/of/<int:pk>/", reports.report, name="report"),
    path("appraisals/of/<int:pk>/draw/", drafting.draw, name="draw"),
    path("appraisals/of/<int:pk>/write/", drafting.write, name="write"),
    path("appraisals/of/<int:pk>/submit/", drafting.submit, name="submit"),
    path("appraisals/of/<int:pk>/return/", judging.send_back, name="return"),
    path("appraisals/of/<int:pk>/comment/", judging.comment, name="comment"),
    path("appraisals/of/<int:pk>/votes/", judging.votes, name="votes"),
    path("appraisals/of/<int:pk>/object/", judging.object_to, name="object"),
    path("appraisals/of/<int:pk>/object-on-paper/", paper.object_on_paper, name="paper"),
    path("appraisals/papers/<int:pk>/", paper.paper_file, name="paper_file"),
    path("appraisals/of/<int:pk>/sign/", judging.put_to_sign, name="put_to_sign"),
    path("appraisals/of/<int:pk>/improve/", judging.plan, name="plan"),
    path("appraisals/items/<int:pk>/", judging.finish, name="finish"),
    path("appraisals/sentences/<int:pk>/", drafting.sentence, name="sentence"),
    path("appraisals/sentences/<int:pk>/edit/", drafting.edit, name="edit"),
    path("appraisals/sentences/<int:pk>/remove/", drafting.remove, name="remove"),
]
