"""Addresses of the accounts."""

from django.urls import path

from ronghe.apps.accounts.views import own, people

app_name = "accounts"
urlpatterns = [
    path("me/", own.me, name="me"),
    path("me/deputies/new/", own.delegate, name="delegate"),
    path("me/deputies/<int:pk>/end/", own.end_delegation, name="end_delegation"),
    path("me/tokens/new/", own.make_token, name="make_token"),
    path("me/tokens/<int:pk>/revoke/", own.revoke_token, name="revoke_token"),
    path("people/", people.people, name="people"),
    path("people/new/", people.open_account, name="open"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/posts/new/", people.give, name="give"),
    path("people/<int:pk>/password/", people.renew_password, name="renew_password"),
    path(
        "people/<int:pk>/second-factor/remove/",
        people.remove_second_factor,
        name="remove_second_factor",
    ),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("people/<int:pk>/reopen/", people.reopen, name="reopen"),
    path("posts/<int:pk>/end/", people.end, name="end"),
]
