"""Publicity, objections, sign-off, interests and draws, attached to something at a place."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation
from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.models import Notice
from ronghe.apps.procedures import days as working
from ronghe.apps.procedures.interests import may_take_part
from ronghe.apps.procedures.models import Draw, Publicity, SignOff
from ronghe.apps.procedures.permissions import PUBLISH
from ronghe.apps.procedures.selectors.draws import verify
from ronghe.apps.procedures.selectors.objections import is_frozen
from ronghe.apps.procedures.services import draws, interests, objections, publicity, signoff
from ronghe.apps.procedures.services.calendar import enter_notice
from ronghe.apps.procedures.services.signoff import Signer
from ronghe.apps.procedures.subject import about
from ronghe.apps.regulations.models import LocalValue
from ronghe.apps.regulations.services import propose_value
from web_world import days, person, post

KEY = "joining.publicity_working_days"


@pytest.fixture
def subject(here):
    """The village, as something that procedures are about."""
    return about(here.nodes["village"], place=here.nodes["village"], title="拟接收预备党员")


@pytest.fixture
def published(here, subject):
    """A publicity that the township's secretary opened."""
    return publicity.open_publicity(
        subject, text="王大山等两名同志", key=KEY, by=here[Role.PARTY_SECRETARY]
    )


def over(row: Publicity) -> Publicity:
    """Make a publicity's last day yesterday, and certain."""
    Publicity.objects.filter(pk=row.pk).update(ends=days(-1), provisional=False)
    row.refresh_from_db()
    return row


def test_a_publicity_lasts_as_many_working_days_as_the_rule_says(here, published):
    assert published.days == 5
    assert published.ends == working.after(days(0), 5).day
    assert "发展党员工作细则" in published.citation


def test_fewer_days_than_the_rule_says_are_refused_more_are_not(here, subject):
    opened = {"text": "t", "key": KEY, "by": here[Role.PARTY_SECRETARY]}
    with pytest.raises(ValidationError):
        publicity.open_publicity(subject, **opened, working_days=4)

    assert publicity.open_publicity(subject, **opened, working_days=7).days == 7


def test_only_who_publishes_at_the_place_opens_and_ends(here, there, subject, published):
    for user in (here[Role.MEMBER], there[Role.PARTY_SECRETARY]):
        with pytest.raises(PermissionDenied):
            publicity.open_publicity(subject, text="t", key=KEY, by=user)
        with pytest.raises(PermissionDenied):
            publicity.withdraw_publicity(published, conclusion="c", by=user)


def test_a_publicity_ends_only_after_its_last_day_and_by_a_person(here, published):
    by = here[Role.PARTY_SECRETARY]
    with pytest.raises(ValidationError):
        publicity.close_publicity(published, conclusion="无异议", by=by)

    closed = publicity.close_publicity(over(published), conclusion="无异议", by=by)

    assert (closed.state, closed.ended_by) == ("closed", by)
    with pytest.raises(ValidationError):
        publicity.withdraw_publicity(closed, conclusion="c", by=by)


def test_a_provisional_publicity_is_not_closed(here, published):
    Publicity.objects.filter(pk=over(published).pk).update(provisional=True)

    with pytest.raises(ValidationError, match="暂定"):
        publicity.close_publicity(published, conclusion="c", by=here[Role.PARTY_SECRETARY])


def test_open_deadlines_are_counted_anew_when_a_year_is_entered(here, published):
    unknown = working.known_years()[0].year + 1
    Publicity.objects.filter(pk=published.pk).update(opened=date(unknown, 4, 29), days=3)
    off = [date(unknown, 1, 1), date(unknown, 10, 1)]
    off += [date(unknown, 5, day) for day in range(1, 6)]

    _notice, moved = enter_notice(
        year=unknown, number="国办发明电", off=off, made_up=[], by=here[Role.ORGANISATION]
    )

    published.refresh_from_db()
    assert moved == 1
    assert published.ends == working.after(date(unknown, 4, 29), 3).day > date(unknown, 5, 5)
    assert not published.provisional
    told = Notice.objects.filter(to=here[Role.PARTY_SECRETARY], url=published.get_absolute_url())
    assert told.count() == 1


def object_to(published, here, role=Role.RESIDENT):
    return objections.object_to_publicity(published, reason="年龄不符", by=here[role])


def test_an_objection_freezes_the_end_and_the_consequence_until_it_is_answered(here, published):
    objection, inspector = object_to(published, here), here[Role.INSPECTOR]
    over(published)
    assert is_frozen(here.nodes["village"])
    with pytest.raises(ValidationError, match="异议"):
        objections.refuse_frozen(here.nodes["village"])
    with pytest.raises(ValidationError, match="异议"):
        publicity.close_publicity(published, conclusion="c", by=here[Role.PARTY_SECRETARY])

    objections.assign(objection, to=inspector, by=here[Role.ORGANISATION])
    objections.answer(objection, uphold=False, text="已核实年龄", by=inspector)

    assert Notice.objects.filter(to=here[Role.RESIDENT]).exists()
    objections.refuse_frozen(here.nodes["village"])
    publicity.close_publicity(published, conclusion="c", by=here[Role.PARTY_SECRETARY])


def test_who_is_objected_to_neither_assigns_nor_answers(here, published):
    objection, secretary = object_to(published, here), here[Role.PARTY_SECRETARY]

    with pytest.raises(ValidationError, match="被提异议"):
        objections.assign(objection, to=here[Role.INSPECTOR], by=secretary)
    with pytest.raises(ValidationError, match="被提异议"):
        objections.assign(objection, to=secretary, by=here[Role.ORGANISATION])


def test_only_the_assignee_answers_and_only_with_reasons(here, published):
    objection = object_to(published, here)
    objections.assign(objection, to=here[Role.INSPECTOR], by=here[Role.ORGANISATION])

    with pytest.raises(ValidationError, match="没有交给您"):
        objections.answer(objection, uphold=True, text="t", by=here[Role.ORGANISATION])
    with pytest.raises(ValidationError):
        objections.answer(objection, uphold=True, text=" ", by=here[Role.INSPECTOR])
    with pytest.raises(PermissionDenied):
        objections.answer(objection, uphold=True, text="t", by=here[Role.MEMBER])


def test_the_objector_alone_withdraws(here, published):
    objection = object_to(published, here)
    with pytest.raises(ValidationError):
        objections.withdraw(objection, by=here[Role.MEMBER])

    assert objections.withdraw(objection, by=here[Role.RESIDENT]).state == "withdrawn"
    assert not is_frozen(here.nodes["village"])


def test_nobody_objects_to_what_they_cannot_see_or_what_is_over(here, there, published):
    with pytest.raises(PermissionDenied):
        object_to(published, there, Role.MEMBER)
    publicity.withdraw_publicity(published, conclusion="c", by=here[Role.PARTY_SECRETARY])
    with pytest.raises(ValidationError):
        object_to(published, here)


@pytest.fixture
def sheet(here, subject):
    """A sheet that the branch secretary lays before township and county."""
    signers = [
        Signer(here.nodes["township"], role=Role.PARTY_SECRETARY),
        Signer(here.nodes["county"], role=Role.COUNTY_LEADER),
    ]
    by = here[Role.ORGANISATION_OFFICER]
    place = about(here.nodes["branch"], place=here.nodes["branch"], title="请示")
    return signoff.open_signoff(place, text="关于……", signers=signers, by=by, power=PUBLISH)


def sign(sheet, number, by, *, approve=True, reason="", digest=None):
    sheet.refresh_from_db()
    step = sheet.steps.get(place=number)
    given = {"approve": approve, "reason": reason, "digest": digest or sheet.digest}
    return signoff.sign(step, by=by, **given)


def test_signers_sign_in_their_order_until_all_have(here, sheet):
    with pytest.raises(ValidationError, match="轮到"):
        sign(sheet, 2, here[Role.COUNTY_LEADER])

    assert sign(sheet, 1, here[Role.PARTY_SECRETARY]).state == "open"
    assert sign(sheet, 2, here[Role.COUNTY_LEADER]).state == "complete"


def test_who_holds_another_post_or_a_delegation_does_not_sign(here, sheet):
    lent = here[Role.PARTY_SECRETARY].posts.get()
    deputy = here[Role.TOWNSHIP_OFFICER]
    Delegation.objects.create(post=lent, deputy=deputy, since=days(0), until=days(9))

    for user in (here[Role.TOWNSHIP_OFFICER], here[Role.ORGANISATION]):
        with pytest.raises(PermissionDenied):
            sign(sheet, 1, user)


def test_who_prepared_it_does_not_sign_it_even_with_the_post(here, sheet):
    officer = here[Role.ORGANISATION_OFFICER]
    post(officer, Role.PARTY_SECRETARY, here.nodes["township"])
    officer.forget_standings()

    with pytest.raises(ValidationError, match="拟稿"):
        sign(sheet, 1, officer)


def test_one_person_with_two_posts_signs_one_step(here, sheet):
    leader = here[Role.COUNTY_LEADER]
    post(leader, Role.PARTY_SECRETARY, here.nodes["township"])
    leader.forget_standings()
    sign(sheet, 1, leader)

    with pytest.raises(ValidationError, match="一人不能签两步"):
        sign(sheet, 2, leader)


def test_a_changed_content_voids_what_was_signed_and_is_not_signed_unread(here, sheet):
    read = sheet.digest
    sign(sheet, 1, here[Role.PARTY_SECRETARY])
    signoff.change_content(sheet, text="改过的", by=here[Role.BRANCH_SECRETARY])

    with pytest.raises(ValidationError, match="改动"):
        sign(sheet, 1, here[Role.PARTY_SECRETARY], digest=read)
    signoff.change_content(sheet, text="关于……", by=here[Role.BRANCH_SECRETARY])
    with pytest.raises(ValidationError, match="轮到"):
        sign(sheet, 2, here[Role.COUNTY_LEADER])
    assert sign(sheet, 1, here[Role.PARTY_SECRETARY]).state == "open"


def test_a_return_needs_a_reason_and_ends_it_until_the_content_changes(here, sheet):
    secretary = here[Role.PARTY_SECRETARY]
    with pytest.raises(ValidationError):
        sign(sheet, 1, secretary, approve=False)
    assert sign(sheet, 1, secretary, approve=False, reason="缺材料").state == "returned"

    assert (
        signoff.change_content(sheet, text="补齐", by=here[Role.BRANCH_SECRETARY]).state == "open"
    )
    assert sign(sheet, 1, secretary).state == "open"


def test_signing_is_blocked_by_a_declared_interest(here, sheet):
    secretary = here[Role.PARTY_SECRETARY]
    interests.declare(kind="family", since=days(-1), by=secretary, node=here.nodes["branch"])

    with pytest.raises(ValidationError, match="回避"):
        sign(sheet, 1, secretary)


def test_a_local_value_comes_into_force_by_the_sign_off_of_a_second_person(here):
    by = here[Role.ORGANISATION]
    local = propose_value(
        "training.member_hours_per_year",
        node=here.nodes["county"],
        value="40",
        document="《计划》",
        number="1号",
        article="",
        since=days(0),
        until=None,
        reason="r",
        by=by,
    )
    sheet = SignOff.objects.get(target_id=local.pk)

    with pytest.raises(ValidationError):
        sign(sheet, 1, by)
    sign(sheet, 1, here[Role.COUNTY_LEADER])

    local = LocalValue.objects.get(pk=local.pk)
    assert (local.state, local.decided_by) == ("in_force", here[Role.COUNTY_LEADER])


def test_an_interest_blocks_while_it_lasts_and_only_there(here, subject):
    expert, enterprise = here[Role.EXPERT], here.nodes["enterprise"]
    firm = about(enterprise, place=enterprise, title="t")
    interest = interests.declare(kind="economic", since=days(-9), by=expert, node=enterprise)

    assert "经济利益" in may_take_part(expert, firm)
    assert may_take_part(expert, subject) is None
    assert may_take_part(here[Role.INSPECTOR], firm) is None

    interests.end(interest, on=days(-1), by=expert)
    assert may_take_part(expert, firm) is None


def test_an_interest_in_a_person_or_an_object_blocks(here, subject):
    expert, resident = here[Role.EXPERT], here[Role.RESIDENT]
    assert may_take_part(expert, subject, involved=[expert])
    interests.declare(kind="family", since=days(0), by=expert, person=resident)
    assert may_take_part(expert, subject) is None
    assert may_take_part(expert, subject, involved=[resident])

    interests.declare(kind="other", since=days(0), by=resident, subject=subject)
    assert may_take_part(resident, subject)


def test_an_interest_in_nothing_or_in_oneself_is_refused(here):
    expert = here[Role.EXPERT]
    for wrong in ({}, {"person": expert}):
        with pytest.raises(ValidationError):
            interests.declare(kind="other", since=days(0), by=expert, **wrong)


def test_a_draw_leaves_out_who_has_a_conflict_and_can_be_computed_again(here, subject):
    experts = [here[Role.EXPERT], person("zhao"), person("qian"), person("sun")]
    for extra in experts[1:]:
        post(extra, Role.EXPERT, here.nodes["county"])
    interests.declare(kind="family", since=days(0), by=experts[1], node=here.nodes["village"])

    made = draws.draw_people(
        subject, pool=experts, number=2, purpose="评审", by=here[Role.ORGANISATION]
    )

    assert verify(made)
    assert len(made.drawn) == 2
    assert f"user:{experts[1].pk}" not in made.drawn
    assert [one["code"] for one in made.left_out] == [f"user:{experts[1].pk}"]
    Draw.objects.filter(pk=made.pk).update(drawn=list(reversed(made.drawn)))
    assert not verify(Draw.objects.get(pk=made.pk))


def test_more_than_the_list_holds_cannot_be_drawn_nor_by_anybody(here, subject):
    pool = [{"code": "a", "name": "甲"}]
    with pytest.raises(ValidationError):
        draws.draw_items(subject, pool=pool, number=2, purpose="p", by=here[Role.ORGANISATION])
    with pytest.raises(PermissionDenied):
        draws.draw_items(subject, pool=pool, number=1, purpose="p", by=here[Role.MEMBER])


def test_everything_is_audited_in_words_and_without_names(here, published, sheet):
    object_to(published, here)
    acts = Entry.objects.filter(action__startswith="procedures.")

    assert {entry.action for entry in acts} <= set(SENTENCES)
    assert acts.count() >= 3
    assert not any("年龄" in str(entry.details) for entry in acts)
