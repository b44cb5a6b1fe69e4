"""Addresses of records."""

from django.urls import path

from ronghe.apps.records.views import (
    calendar,
    catalogue,
    checking,
    entry,
    figures,
    files,
    imports,
    listing,
)

app_name = "records"
urlpatterns = [
    path("", listing.listed, name="list"),
    path("new/", entry.choose, name="choose"),
    path("new/entry/", entry.add, name="add"),
    path("waiting/", checking.waiting, name="waiting"),
    path("draws/at/<int:pk>/", checking.draw, name="draw"),
    path("draws/<int:pk>/", checking.drawn, name="drawn"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/address/", calendar.subscribe, name="subscribe"),
    path("calendar/address/end/", calendar.unsubscribe, name="unsubscribe"),
    path("calendar.ics", calendar.feed, name="feed"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/kinds/", catalogue.give, name="give"),
    path("catalogue/<int:pk>/measures/new/", catalogue.define, name="define"),
    path("catalogue/measures/<int:pk>/", catalogue.redefine, name="redefine"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.send, name="send"),
    path("imports/template/", imports.template, name="template"),
    path("imports/<int:pk>/", imports.shown, name="import"),
    path("imports/<int:pk>/refused/", imports.refused, name="refused"),
    path("imports/<int:pk>/start/", imports.start, name="start_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_import"),
    path("organisations/<int:pk>/figures/", figures.figures_of, name="figures_of"),
    path("businesses/<int:pk>/figures/", figures.own_figures, name="own_figures"),
    path("<int:pk>/", listing.record, name="record"),
    path("<int:pk>/correct/", entry.correct, name="correct"),
    path("<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("<int:pk>/files/new/", files.upload, name="upload"),
    path("files/<int:pk>/", files.download, name="download"),
    path("files/<int:pk>/remove/", files.remove, name="remove"),
    path("<int:pk>/verify/", checking.verify, name="verify"),
]
