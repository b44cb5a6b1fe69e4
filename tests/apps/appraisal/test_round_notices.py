"""Who is told what happens to a round, each once."""

from __future__ import annotations

from ronghe.apps.access import Role
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services import appeals, rounds, telling
from ronghe.apps.desk.models import Job, Notice
from ronghe.apps.records.models import MeasureDefinition
from round_world import TO_FINAL, a_round, an_appeal, computed, moved, small_scheme
from web_world import on_roster, person, post


def told(county, role):
    """Return the titles of what somebody was told."""
    return list(Notice.objects.filter(to=county.people[role]).values_list("title", flat=True))


def test_who_supplies_what_is_missing_is_told_when_collecting_begins(here):
    source = {"kind": "measure", "measure": "income"}
    rule = {"rule": {"kind": "goalposts", "low": 0, "high": 10}, "basis": "经济发展"}
    measure = {"code": "income", "title": "集体收入", "lowest_level": "village", "owner": "统计局"}
    scheme = small_scheme(
        indicators=[{"code": "income", "title": "收入", "points": 100, "source": source, **rule}],
        measures=[measure], record_kinds=[],
    )  # fmt: skip
    MeasureDefinition.objects.create(
        county=here.nodes["county"], code="income", title="集体收入", lowest_level="village",
        owner=here.nodes["department"],
    )  # fmt: skip
    a_round(here, scheme=scheme)

    assert told(here, Role.DATA_DEPARTMENT) == [f"请提供考核数据：{a_title(scheme)}"]
    assert told(here, Role.EXPERT) == []
    assert told(here, Role.BRANCH_SECRETARY) == []


def a_title(scheme):
    return f"{scheme.title} {scheme.period.label}"


def test_townships_and_experts_are_told_of_votes_and_scores_to_come(here):
    a_round(here)

    assert len(told(here, Role.TOWNSHIP_OFFICER)) == len(told(here, Role.EXPERT)) == 1
    assert told(here, Role.DATA_DEPARTMENT) == told(here, Role.MEMBER) == []


def test_the_assessed_are_told_at_disclosure_publicity_and_the_end(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    assert [title[:8] for title in told(here, Role.BRANCH_SECRETARY)] == ["考核结果已经反馈"]
    assert told(here, Role.MEMBER) == []

    moved(here, round_, *TO_FINAL[1:])
    assert [title[:6] for title in told(here, Role.PARTY_SECRETARY)[:3]] == [
        "考核结果已经", "考核结果开始", "考核结果已经",
    ]  # fmt: skip
    assert "考核结果已经定稿" in told(here, Role.APPRAISAL_OFFICE)[0]


def test_a_member_with_an_account_is_told_of_the_own_result(here):
    member = on_roster(here.nodes["branch"])
    member.account = here.people[Role.MEMBER]
    member.save()
    on_roster(here.nodes["branch"], name="张三")
    round_ = a_round(here, scheme=small_scheme(appraises="member", level="person"))
    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    moved(here, round_, Event.DISCLOSE)

    assert len(told(here, Role.MEMBER)) == 1


def test_who_appealed_is_told_of_the_answer(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    made = an_appeal(here, round_)
    appeals.answer(made, upheld=False, words="不成立", by=here[Role.APPRAISAL_OFFICE])

    assert "您提出的申诉已经答复" in told(here, Role.BRANCH_SECRETARY)


def test_who_was_told_before_the_worker_was_killed_is_not_told_again(here, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 1)
    more = person("second-secretary")
    post(more, Role.BRANCH_SECRETARY, here.nodes["branch"])
    round_ = moved(here, computed(here), Event.DISCLOSE)
    once = Notice.objects.count()
    Notice.objects.filter(to=more).delete()
    Job.objects.filter(kind="appraisal.tell").delete()

    telling.tell_later(round_, Event.DISCLOSE, by=here[Role.APPRAISAL_OFFICE])

    assert Notice.objects.count() == once
    assert Notice.objects.filter(to=more).count() == 1
