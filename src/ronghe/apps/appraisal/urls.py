"""Addresses of schemes, rounds and results."""

from django.urls import path

from ronghe.apps.appraisal.views import (
    appeals,
    entering,
    parts,
    results,
    rounds,
    schemes,
    versions,
)

app_name = "appraisal"
urlpatterns = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.start, name="start"),
    path("schemes/duties/", schemes.duties, name="duties"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/part/", parts.part, name="part"),
    path("schemes/<int:pk>/check/", parts.check, name="check"),
    path("schemes/<int:pk>/arrange/", schemes.arrange, name="arrange"),
    path("schemes/<int:pk>/backtest/", schemes.backtest, name="backtest"),
    path("trials/<int:pk>/", schemes.trial, name="trial"),
    path("schemes/<int:pk>/submit/", versions.submit, name="submit"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/approve/", versions.approve, name="approve"),
    path("versions/<int:pk>/send-back/", versions.send_back, name="send_back"),
    path("versions/<int:pk>/publish/", versions.publish, name="publish"),
    path("versions/<int:pk>/scheme.yaml", versions.as_yaml, name="yaml"),
    path("versions/<int:pk>/scheme.xlsx", versions.as_excel, name="excel"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.open_round, name="open_round"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/move/", rounds.move, name="move"),
    path("rounds/<int:pk>/give-up/", rounds.give_up, name="give_up"),
    path("rounds/<int:pk>/put-to-sign/", rounds.put_to_sign, name="put_to_sign"),
    path("rounds/<int:pk>/reproduce/", rounds.reproduce, name="reproduce"),
    path("rounds/<int:pk>/inputs/", rounds.inputs, name="inputs"),
    path("rounds/<int:pk>/votes/", entering.votes, name="votes"),
    path("rounds/<int:pk>/scores/", entering.scores, name="scores"),
    path("rounds/<int:pk>/results/", results.results, name="results"),
    path("rounds/<int:pk>/review/", results.review, name="review"),
    path("rounds/<int:pk>/fusion/", results.fusion, name="fusion"),
    path("rounds/<int:pk>/report.xlsx", results.excel, name="round_excel"),
    path("rounds/<int:pk>/notice.docx", results.notice, name="round_notice"),
    path("rounds/<int:pk>/notice.pdf", results.notice_pdf, name="round_notice_pdf"),
    path("results/<int:pk>/", results.result, name="result"),
    path("results/<int:pk>/appeal/", appeals.appeal, name="appeal"),
    path("results/<int:pk>/improve/", appeals.improve, name="improve"),
    path("appeals/<int:pk>/answer/", appeals.answer, name="answer"),
    path("improvements/<int:pk>/finish/", appeals.finish, name="finish"),
]
