"""Addresses of the rules."""

from django.urls import path

from ronghe.apps.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("values/<int:pk>/", views.value, name="value"),
    path("<int:pk>/<str:key>/", views.rule, name="rule"),
    path("<int:pk>/<str:key>/set/", views.set_value, name="set"),
    path("<int:pk>/<str:key>/confirm/", views.confirm, name="confirm"),
]
