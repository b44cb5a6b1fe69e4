"""Addresses of procedures."""

from django.urls import path

from ronghe.apps.procedures.views import (
    calendar,
    draws,
    interests,
    objections,
    publicity,
    signoff,
)

app_name = "procedures"
urlpatterns = [
    path("working-days/", calendar.working_days, name="working_days"),
    path("working-days/enter/", calendar.enter_notice, name="enter_notice"),
    path("publicity/", publicity.publicities, name="publicities"),
    path("publicity/new/", publicity.publish, name="publish"),
    path("publicity/new/<str:label>/<int:pk>/", publicity.publish_about, name="publish_about"),
    path("publicity/<int:pk>/", publicity.publicity, name="publicity"),
    path("publicity/<int:pk>/end/", publicity.end, name="end_publicity"),
    path("publicity/<int:pk>/object/", publicity.object_to, name="object"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
    path("objections/<int:pk>/assign/", objections.assign, name="assign"),
    path("objections/<int:pk>/answer/", objections.answer, name="answer"),
    path("objections/<int:pk>/withdraw/", objections.withdraw, name="withdraw"),
    path("sign-offs/", signoff.signoffs, name="signoffs"),
    path("sign-offs/<int:pk>/", signoff.signoff, name="signoff"),
    path("sign-offs/steps/<int:pk>/", signoff.sign, name="sign"),
    path("interests/", interests.interests, name="interests"),
    path("interests/new/", interests.declare, name="declare"),
    path("interests/<int:pk>/end/", interests.end, name="end_interest"),
    path("draws/", draws.draws, name="draws"),
    path("draws/new/", draws.new_draw, name="new_draw"),
    path("draws/<int:pk>/", draws.draw, name="draw"),
]
