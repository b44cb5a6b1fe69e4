"""Addresses of the registry."""

from django.urls import path

from ronghe.apps.registry.views import facts
from ronghe.apps.registry.views import tree as views

app_name = "registry"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("suggested/", views.suggest, name="suggest"),
    path("<int:pk>/", views.node, name="node"),
    path("<int:pk>/twig/", views.twig, name="twig"),
    path("<int:pk>/add/", views.add, name="add"),
    path("<int:pk>/registration/", facts.register, name="register"),
    path("<int:pk>/code/", facts.code, name="code"),
    path("<int:pk>/households/", facts.households, name="households"),
    path("<int:pk>/households/new/", facts.add_household, name="add_household"),
    path("households/<int:pk>/", facts.household, name="household"),
    path("households/<int:pk>/correct/", facts.correct_household, name="correct_household"),
    path("households/<int:pk>/mark/", facts.mark, name="mark"),
    path("households/marks/<int:pk>/end/", facts.end_mark, name="end_mark"),
    *(path(f"<int:pk>/{what}/", views.change, {"what": what}, name=what) for what in views.CHANGES),
]
