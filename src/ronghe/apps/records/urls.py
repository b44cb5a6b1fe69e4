"""Addresses of records."""

from django.urls import path

from ronghe.apps.records.views import calendar, checking, entry, listing

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
    path("<int:pk>/", listing.record, name="record"),
    path("<int:pk>/correct/", entry.correct, name="correct"),
    path("<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("<int:pk>/verify/", checking.verify, name="verify"),
]
