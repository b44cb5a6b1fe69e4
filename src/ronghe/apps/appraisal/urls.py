"""Addresses of schemes."""

from django.urls import path

from ronghe.apps.appraisal.views import parts, schemes, versions

app_name = "appraisal"
urlpatterns = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.start, name="start"),
    path("schemes/duties/", schemes.duties, name="duties"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/part/", parts.part, name="part"),
    path("schemes/<int:pk>/check/", parts.check, name="check"),
    path("schemes/<int:pk>/arrange/", schemes.arrange, name="arrange"),
    path("schemes/<int:pk>/submit/", versions.submit, name="submit"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/approve/", versions.approve, name="approve"),
    path("versions/<int:pk>/send-back/", versions.send_back, name="send_back"),
    path("versions/<int:pk>/publish/", versions.publish, name="publish"),
    path("versions/<int:pk>/scheme.yaml", versions.as_yaml, name="yaml"),
    path("versions/<int:pk>/scheme.xlsx", versions.as_excel, name="excel"),
]
