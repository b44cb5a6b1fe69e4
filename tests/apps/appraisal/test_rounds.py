"""Rounds: inputs, computation, disclosure, appeals, sign-off; what is final stays."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Appeal, Result, Round, Run
from ronghe.apps.appraisal.rounds.stages import Event, Stage
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.selectors.appeals import appeals_of
from ronghe.apps.appraisal.services import appeals, rounds
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk import jobs
from ronghe.apps.desk.models import Job
from round_world import (
    TO_FINAL,
    YEAR,
    a_round,
    a_version,
    an_appeal,
    computed,
    final,
    moved,
    result_of,
    small_scheme,
    vote,
)
from web_world import days, on_roster, person, post


def test_a_round_is_computed_from_votes_scores_and_records(here):
    round_ = computed(here)

    assert round_.stage == Stage.REVIEW
    best, other = result_of(round_), result_of(round_, "branch_beside")
    assert best.scores == {"review": 32000, "quality": 36000, "cases": 0}
    assert (best.total, best.grade, best.rank) == (68000, "fair", 1)
    assert (other.total, other.grade) == (28000, "poor")
    assert best.node == here.nodes["branch"]


def test_a_round_is_opened_once_for_a_scheme_and_period(here):
    round_ = a_round(here)

    with pytest.raises(ValidationError):
        rounds.open_round(
            round_.version,
            period=str(YEAR),
            collect_until=days(1),
            by=here[Role.APPRAISAL_OFFICE],
        )


def test_nobody_but_the_office_opens_or_moves_a_round(here):
    version = a_version(here)
    days_ = {"collect_until": days(1)}
    with pytest.raises(PermissionDenied):
        rounds.open_round(version, period=str(YEAR), by=here[Role.ORGANISATION], **days_)
    round_ = a_round(here, scheme=small_scheme(scheme="other"))
    with pytest.raises(PermissionDenied):
        rounds.move(round_, Event.WITHDRAW, by=here[Role.PARTY_SECRETARY])


def test_of_two_officers_pressing_the_same_button_the_second_is_told(here):
    round_ = computed(here)
    again = Round.objects.get(pk=round_.pk)
    rounds.move(round_, Event.DISCLOSE, by=here[Role.APPRAISAL_OFFICE])

    with pytest.raises(ValidationError):
        rounds.move(again, Event.DISCLOSE, by=here[Role.APPRAISAL_OFFICE])


def test_missing_inputs_are_listed_with_who_lacks_them(here):
    round_ = a_round(here)
    vote(here, round_)

    units = selectors.units_of(round_)
    found = {one.need.code: one.units for one in selectors.missing_of(round_, units)}

    assert found == {"review": ("branch_beside",), "panel": ("branch", "branch_beside")}


def test_votes_are_refused_outside_of_collecting_and_for_unknown_grades(here):
    round_ = a_round(here)
    node, by = here.nodes["branch"], here[Role.TOWNSHIP_OFFICER]
    common = {"ballot": "review", "unit": "branch", "node": node, "by": by}
    with pytest.raises(ValidationError):
        rounds.enter_votes(round_, counts={("党员", "很好"): 3}, **common)
    rounds.enter_votes(round_, counts={("党员", "好"): 3}, **common)
    moved(here, round_, Event.WITHDRAW)
    with pytest.raises(ValidationError):
        rounds.enter_votes(round_, counts={("党员", "好"): 3}, **common)


def test_a_township_does_not_enter_votes_for_its_neighbour(here):
    round_ = a_round(here)

    with pytest.raises(PermissionDenied):
        rounds.enter_votes(
            round_,
            ballot="review",
            unit="branch_beside",
            counts={("党员", "好"): 3},
            node=here.nodes["branch_beside"],
            by=here[Role.TOWNSHIP_OFFICER],
        )


def test_a_scheme_that_the_data_do_not_fit_returns_to_collecting_with_the_reason(here):
    common = {"source": {"kind": "expert", "panel": "panel"}, "rule": {"kind": "share_of_full"}}
    strict = {"code": "quality", "title": "专家评审", "points": 100, "missing": "error", **common}
    round_ = a_round(here, scheme=small_scheme(indicators=[strict], record_kinds=[]))
    run = rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])

    round_.refresh_from_db()
    assert round_.stage == Stage.COLLECTING
    assert Job.objects.get(pk=run.job_id).state == Job.State.REFUSED
    assert "专家评审" in run.job.error
    assert str(run.folder) not in run.job.error


def test_before_disclosure_only_the_office_sees_results(here):
    round_ = computed(here)

    assert selectors.results_visible_to(here[Role.APPRAISAL_OFFICE], round_).count() == 2
    assert not selectors.results_visible_to(here[Role.BRANCH_SECRETARY], round_).exists()
    round_ = moved(here, round_, Event.DISCLOSE)
    mine = selectors.results_visible_to(here[Role.BRANCH_SECRETARY], round_)
    assert [one.unit for one in mine] == ["branch"]
    township = selectors.results_visible_to(here[Role.PARTY_SECRETARY], round_)
    assert [one.unit for one in township] == ["branch"]
    assert not selectors.results_visible_to(here[Role.MEMBER], round_).exists()


def test_an_appeal_freezes_the_round_until_it_is_answered_and_computed(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    made = an_appeal(here, round_)
    round_ = moved(here, round_, Event.HEAR)
    with pytest.raises(ValidationError, match="申诉没有答复"):
        moved(here, round_, Event.PUBLICISE)
    appeals.answer(made, upheld=True, words="确有漏记", by=here[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    with pytest.raises(ValidationError, match="重新计算"):
        moved(here, round_, Event.PUBLICISE)

    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    assert round_.stage == Stage.APPEALS
    assert moved(here, round_, Event.PUBLICISE).stage == Stage.PUBLICITY


def test_nobody_answers_their_own_appeal(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    both = person("both")
    post(both, Role.APPRAISAL_OFFICE, here.nodes["county"])
    post(both, Role.BRANCH_SECRETARY, here.nodes["branch"])
    made = appeals.appeal(result_of(round_), indicator="", words="不对", evidence="台账", by=both)

    with pytest.raises(PermissionDenied):
        appeals.answer(made, upheld=False, words="不成立", by=both)


def test_who_is_not_the_unit_does_not_appeal(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)

    for role in (Role.MEMBER, Role.APPRAISAL_OFFICE):
        with pytest.raises(PermissionDenied):
            appeals.appeal(
                result_of(round_), indicator="", words="不对", evidence="台账", by=here[role]
            )


def test_who_put_a_round_to_sign_does_not_sign_it(here):
    round_ = moved(here, computed(here), *TO_FINAL[:-1])
    both = here[Role.APPRAISAL_OFFICE]
    post(both, Role.ORGANISATION, here.nodes["county"])

    with pytest.raises(ValidationError):
        rounds.move(round_, Event.SIGN, by=here[Role.APPRAISAL_OFFICE])


def test_a_final_round_never_changes_and_its_digests_are_audited(here):
    round_ = final(here)
    for event in set(Event) - {Event.IMPROVE, Event.COMPUTED, Event.FAILED}:
        with pytest.raises(ValidationError):
            moved(here, round_, event)
    with pytest.raises(ValidationError):
        rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])

    entry = Entry.objects.get(action="appraisal.round_moved", details__event="sign")
    assert entry.details["result"] == round_.run.result_digest
    assert Run.objects.count() == 1


def test_a_result_is_computed_again_byte_for_byte(here):
    round_ = final(here)

    job = jobs.start("appraisal.reproduce", by=here[Role.INSPECTOR], run=round_.run_id)
    assert job.state == Job.State.DONE

    data = round_.run.folder / "run" / "results.parquet"
    data.write_bytes(data.read_bytes() + b"x")
    job = jobs.start("appraisal.reproduce", by=here[Role.INSPECTOR], run=round_.run_id)
    assert job.state == Job.State.REFUSED


def test_totals_of_the_round_before_stand_beside(here):
    final(here)
    round_ = computed(here, scheme=small_scheme(version="2"), period=str(YEAR + 1))

    assert result_of(round_).previous == 68000


def test_persons_have_no_rank_and_see_only_their_own(here):
    scheme = small_scheme(scheme="people", appraises="member", level="person")
    member, other = on_roster(here.nodes["branch"]), on_roster(here.nodes["branch"], name="张三")
    member.account = here.people[Role.MEMBER]
    member.save()
    round_ = a_round(here, scheme=scheme)
    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    round_ = moved(here, round_, *TO_FINAL[:3])

    assert set(Result.objects.values_list("rank", "low", "band")) == {(None, None, None)}
    mine = selectors.results_visible_to(here[Role.MEMBER], round_)
    assert [one.member for one in mine] == [member]
    theirs = Result.objects.get(member=other)
    with pytest.raises(Http404):
        selectors.result_visible_to(here[Role.MEMBER], theirs.pk)
    assert not selectors.publicised(round_).exists()
    assert selectors.results_visible_to(here[Role.BRANCH_SECRETARY], round_).count() == 2
    assert not selectors.results_visible_to(here[Role.COUNTY_LEADER], round_).exists()


def test_improvement_is_planned_after_the_end_and_finished_by_its_owner(here):
    round_ = final(here)
    result, secretary = result_of(round_), here[Role.BRANCH_SECRETARY]
    item = appeals.plan_improvement(
        result, indicator="cases", words="每月走访", owner=secretary, due=days(30), by=secretary
    )

    with pytest.raises(PermissionDenied):
        appeals.finish_improvement(item, outcome="完成", by=here[Role.APPRAISAL_OFFICE])
    appeals.finish_improvement(item, outcome="走访40户", by=secretary)
    item.refresh_from_db()
    assert item.outcome == "走访40户"


def test_a_computation_that_was_lost_can_be_given_up(here):
    round_ = a_round(here)
    Round.objects.filter(pk=round_.pk).update(stage=Stage.COMPUTING, resume=Stage.COLLECTING)
    job = Job.objects.create(kind="appraisal.compute", key="x", state=Job.State.RUNNING)
    Run.objects.create(round=round_, number=1, by=here[Role.APPRAISAL_OFFICE], job=job)
    with pytest.raises(ValidationError):
        rounds.give_up_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    Job.objects.update(state=Job.State.FAILED)

    assert rounds.give_up_computing(round_, by=here[Role.APPRAISAL_OFFICE]).stage == "collecting"


def test_an_appeal_keeps_its_words_and_its_answer(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    made = an_appeal(here, round_)
    appeals.answer(made, upheld=False, words="那一件是上年的", by=here[Role.APPRAISAL_OFFICE])

    assert Appeal.objects.get().state == Appeal.State.REFUSED
    assert [one.answer for one in appeals_of(result_of(round_))] == ["那一件是上年的"]
