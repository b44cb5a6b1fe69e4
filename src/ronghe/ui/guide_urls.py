"""The address of the guides."""

from django.urls import path

from ronghe.ui import guides

app_name = "help"
urlpatterns = [path("", guides.show, name="guides")]
