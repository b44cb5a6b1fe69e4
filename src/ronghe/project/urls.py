"""All addresses. ``docs/reference/access-matrix.yaml`` says who may open each."""

from __future__ import annotations

from django.urls import include, path

from ronghe.project.api import api
from ronghe.project.signin import signin_urls
from ronghe.ui import errors, preferences

urlpatterns = [
    path("", include("ronghe.apps.desk.urls")),
    path("account/", include(signin_urls)),
    path("", include("ronghe.apps.accounts.urls")),
    path("organisations/", include("ronghe.apps.registry.urls")),
    path("members/", include("ronghe.apps.members.urls")),
    path("appraisal/", include("ronghe.apps.appraisal.urls")),
    path("planning/", include("ronghe.apps.planning.urls")),
    path("reports/", include("ronghe.apps.reporting.urls")),
    path("rules/", include("ronghe.apps.regulations.urls")),
    path("procedures/", include("ronghe.apps.procedures.urls")),
    path("records/", include("ronghe.apps.records.urls")),
    path("audit/", include("ronghe.apps.audit.urls")),
    path("complaints/", include("ronghe.apps.complaints.urls")),
    path("help/", include("ronghe.ui.guide_urls")),
    path("style-guide/", include("ronghe.ui.urls")),
    path("preferences/", preferences.choose, name="preferences"),
    path("api/v1/", api.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
