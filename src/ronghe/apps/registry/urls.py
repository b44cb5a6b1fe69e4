"""Addresses of the registry."""

from django.urls import path

from ronghe.apps.registry import views

app_name = "registry"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("suggested/", views.suggest, name="suggest"),
    path("<int:pk>/", views.node, name="node"),
    path("<int:pk>/twig/", views.twig, name="twig"),
    path("<int:pk>/add/", views.add, name="add"),
    path("<int:pk>/registration/", views.register, name="register"),
    *(path(f"<int:pk>/{what}/", views.change, {"what": what}, name=what) for what in views.CHANGES),
]
