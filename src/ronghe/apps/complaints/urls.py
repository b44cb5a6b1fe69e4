"""Addresses of complaints."""

from django.urls import path

from ronghe.apps.complaints import views

app_name = "complaints"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("receipt/", views.receipt, name="receipt"),
    path("", views.mine, name="mine"),
    path("received/", views.received, name="received"),
    path("<int:pk>/", views.complaint, name="complaint"),
    path("<int:pk>/answer/", views.answer, name="answer"),
]
