"""The end of a round: days by the rules, publicity with objections, signatures."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.stages import Event, Stage
from ronghe.apps.appraisal.selectors.rounds import signers_for
from ronghe.apps.appraisal.services import concluding, rounds
from ronghe.apps.desk import jobs
from ronghe.apps.desk.models import Job
from ronghe.apps.procedures import days as working
from ronghe.apps.procedures.models import Publicity, SignOff
from ronghe.apps.procedures.services import objections
from ronghe.apps.procedures.services.calendar import enter_notice
from ronghe.apps.procedures.services.publicity import close_publicity
from ronghe.apps.regulations.models import LocalValue, State
from round_world import (
    TO_FINAL,
    a_round,
    computed,
    final,
    matrix_round,
    moved,
    publicity_of,
    small_scheme,
)
from web_world import days, on_roster, post

TO_PUBLICITY = TO_FINAL[:3]


def local_value(county, key, value):
    """Keep a local value in force, whoever proposed and signed it."""
    by = county.people[Role.ORGANISATION]
    return LocalValue.objects.create(
        key=key, node=county.nodes["county"], value=value, document="《清河县考核办法》",
        since=days(-400), reason="r", state=State.IN_FORCE, proposed_by=by, decided_by=by,
        decided=timezone.now(),
    )  # fmt: skip


def shared_out(share_key="member_appraisal.excellent_share"):
    """Return the grades of a scheme whose best one has a quota by a rule."""
    return {"within": "all", "grades": [
        {"code": "good", "title": "好", "at_least": 20, "quota_rule": share_key},
        {"code": "poor", "title": "差", "at_least": 0},
    ]}  # fmt: skip


def objected(county, round_):
    """Let a member object and the organisation department be given it."""
    made = objections.object_to_publicity(
        publicity_of(round_), reason="办成的事少算了", by=county[Role.MEMBER]
    )
    by = county[Role.ORGANISATION]
    return objections.assign(made, to=by, by=by)


def test_the_time_for_appeals_and_publicity_are_the_rules_of_the_place(here):
    local_value(here, "appraisal.appeal_working_days", "7")
    local_value(here, "appraisal.publicity_working_days", "6")
    round_ = moved(here, computed(here), Event.DISCLOSE)
    assert round_.until == working.after(timezone.localdate(), 7).day

    round_ = moved(here, round_, Event.HEAR, Event.PUBLICISE)
    publicity = publicity_of(round_)
    assert publicity.days == 6
    assert "清河县考核办法" in publicity.citation


def test_a_notice_of_holidays_moves_the_time_for_appeals_of_open_rounds(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    Round.objects.filter(pk=round_.pk).update(
        disclosed=date(2030, 1, 2), until=date(2030, 1, 9), provisional=True
    )
    off = [date(2030, 1, 1), date(2030, 1, 3), date(2030, 5, 1), date(2030, 10, 1)]
    enter_notice(year=2030, number="1", off=off, made_up=[], by=here[Role.ORGANISATION])

    round_.refresh_from_db()
    assert (round_.until, round_.provisional) == (date(2030, 1, 10), False)


def test_a_provisional_day_does_not_end_the_time_for_appeals(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    Round.objects.filter(pk=round_.pk).update(until=days(-1), provisional=True)

    with pytest.raises(ValidationError, match="暂定"):
        rounds.move(round_, Event.HEAR, by=here[Role.APPRAISAL_OFFICE])


def test_results_are_put_to_sign_only_once_somebody_has_concluded_the_publicity(here):
    round_ = moved(here, computed(here), *TO_PUBLICITY)
    by, signers = here[Role.APPRAISAL_OFFICE], [f"organisation-{round_.node_id}"]
    with pytest.raises(ValidationError, match="公示还没有结束"):
        concluding.put_to_sign(round_, signers=signers, by=by)
    with pytest.raises(ValidationError, match="最后一天"):
        close_publicity(publicity_of(round_), conclusion="无异议", by=by)

    round_ = moved(here, round_, Event.CONCLUDE)
    assert round_.stage == Stage.PUBLICITY
    assert concluding.put_to_sign(round_, signers=signers, by=by).steps.count() == 1


def test_an_objection_freezes_the_round_and_one_that_stands_has_it_computed_anew(here):
    round_ = moved(here, computed(here), *TO_PUBLICITY)
    made = objected(here, round_)
    with pytest.raises(ValidationError):
        moved(here, round_, Event.CONCLUDE)
    objections.answer(made, uphold=True, text="确有漏记", by=here[Role.ORGANISATION])
    with pytest.raises(ValidationError, match="重新计算"):
        moved(here, round_, Event.CONCLUDE)

    round_ = moved(here, round_, Event.TAKE_BACK)
    assert (round_.stage, round_.stale) == (Stage.APPEALS, True)
    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    assert moved(here, round_, Event.PUBLICISE, *TO_FINAL[3:]).stage == Stage.FINAL
    assert Publicity.objects.count() == 2


def test_an_objection_that_does_not_stand_lets_the_round_go_on(here):
    round_ = moved(here, computed(here), *TO_PUBLICITY)
    made = objected(here, round_)
    objections.answer(made, uphold=False, text="那是上一年的", by=here[Role.ORGANISATION])

    assert moved(here, round_, *TO_FINAL[3:]).stage == Stage.FINAL


def test_results_sent_back_are_publicised_and_signed_again(here):
    round_ = moved(here, computed(here), *TO_FINAL[:-1], Event.SEND_BACK)
    assert round_.stage == Stage.APPEALS

    round_ = moved(here, round_, *TO_FINAL[2:])
    assert round_.stage == Stage.FINAL
    assert [one.state for one in SignOff.objects.all()] == ["complete", "returned"]


def test_what_is_signed_names_the_digests_and_how_publicity_ended(here):
    round_ = moved(here, computed(here), *TO_FINAL[:-1])
    text = SignOff.objects.get().text

    assert round_.run.result_digest in text
    assert "较好1、差1" in text
    assert "结论：期满" in text


def test_the_publicity_of_persons_names_nobody(here):

    on_roster(here.nodes["branch"], name="李大山")
    round_ = a_round(here, scheme=small_scheme(appraises="member", level="person"))
    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    round_ = moved(here, round_, *TO_PUBLICITY)

    assert "李大山" not in publicity_of(round_).text
    assert "不公开" in publicity_of(round_).text


def test_who_made_the_round_is_offered_no_signature(here):
    round_ = final(here)

    assert {one.role for one in signers_for(round_)} == {Role.ORGANISATION, Role.COUNTY_LEADER}
    Round.objects.filter(pk=round_.pk).update(opened_by=here.people[Role.COUNTY_LEADER])
    round_.refresh_from_db()
    assert {one.role for one in signers_for(round_)} == {Role.ORGANISATION}
    post(here.people[Role.MEMBER], Role.COUNTY_LEADER, here.nodes["county"], until=-1)
    assert {one.role for one in signers_for(round_)} == {Role.ORGANISATION}


class Before:
    """A round as it was kept before procedures: with its own days and signature."""

    def __init__(self, round_, **own):
        gone = dict.fromkeys(("put_by_id", "signed_by_id", "signed_at"))
        more = {"pk": round_.pk, "publicity_days": 5, "opinion": ""}
        self.kept = {**vars(round_), **gone, **more, **own}

    def __getattr__(self, name):
        return self.kept[name]


def test_rounds_from_before_go_on_with_a_publicity_or_a_sheet(here):
    carrying = import_module("ronghe.apps.appraisal.migrations.0005_publicity_and_signatures")
    round_ = matrix_round(here)
    signer, now = here.people[Role.ORGANISATION], timezone.now()
    for _twice in range(2):
        carrying.publish(apps, Before(round_, until=days(3)))
        carrying.lay_before(apps, Before(round_, signed_by_id=signer.pk, signed_at=now))

    assert Publicity.objects.get().ends == days(3)
    sheet = SignOff.objects.get()
    assert (sheet.state, sheet.ended) == ("complete", now)
    assert [one.by for one in sheet.steps.get().signatures.all()] == [signer]


def test_a_local_quota_changes_the_grades_and_the_run_can_be_had_again(here):
    scheme = small_scheme(scheme="by-rule", grading=shared_out())
    built_in = computed(here, scheme=scheme)
    assert grades(built_in) == ["poor", "poor"]

    local_value(here, "member_appraisal.excellent_share", "1/2")
    rounds.start_computing(built_in, by=here[Role.APPRAISAL_OFFICE])
    round_ = Round.objects.select_related("run").get(pk=built_in.pk)

    assert grades(round_) == ["good", "poor"]
    account = json.loads((round_.run.folder / "run" / "run.json").read_text(encoding="utf-8"))
    assert list(account["local_rules"]) == ["rulebook.yaml"]
    assert "清河县考核办法" in account["quotas"]["good"]["citation"]["zh"]
    LocalValue.objects.all().delete()
    job = jobs.start("appraisal.reproduce", by=here[Role.INSPECTOR], run=round_.run_id)
    assert job.state == Job.State.DONE


def grades(round_):
    """Return the proposed grades, the best total first."""
    return list(round_.run.results.order_by("-total").values_list("grade", flat=True))
