"""Local values: dated, inherited, put into force by a second person, never silent."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.registry.services import move_node
from ronghe.apps.registry.services.registering import doubts_on_cooperative
from ronghe.apps.regulations import selectors
from ronghe.apps.regulations.models import LocalValue
from ronghe.apps.regulations.services import decide_value, propose_confirmation, propose_value
from ronghe.apps.regulations.subjects import subject_of
from ronghe.rulebook import load, read_value, write_overrides, write_value
from web_world import business_below, days, person, post

HOURS = "training.member_hours_per_year"
KEYS = selectors.rulebook().keys()


@pytest.fixture
def second(here):
    """Another person of the organisation department."""
    user = person("second")
    post(user, Role.ORGANISATION, here.nodes["county"])
    return user


def proposed(node, by, value="40", key=HOURS, **changed):
    given = {
        "document": "《清河县党员教育培训计划》",
        "number": "清组〔2026〕3号",
        "article": "",
        "since": days(-10),
        "until": None,
        "reason": "按县里的计划",
    }
    return propose_value(key, node=node, value=value, by=by, **{**given, **changed})


def set_for(node, by, second, value="40", **changed):
    local = proposed(node, by, value, **changed)
    return decide_value(local, approve=True, reason="", by=second)


def value_at(node, day=0, key=HOURS):
    return selectors.value(key, on=days(day), at=node)


def test_without_a_local_value_the_built_in_one_holds_with_its_source(here):
    found = value_at(here.nodes["branch"])

    assert (found.value, found.confirmed, found.key) == (32, False, HOURS)
    assert "2024" in found.citation or "《" in found.citation


def test_a_local_value_is_inherited_down_the_tree_and_shown_beside_the_built_in_one(here, second):
    set_for(here.nodes["township"], here[Role.ORGANISATION], second)

    below, beside = value_at(here.nodes["branch"]), value_at(here.nodes["branch_beside"])

    assert (below.value, below.citation) == (40, "《清河县党员教育培训计划》（清组〔2026〕3号）")
    assert below.rule.overrides.value == 32
    assert beside.value == 32


def test_the_nearest_local_value_holds(here, second):
    by = here[Role.ORGANISATION]
    set_for(here.nodes["village"], by, second, "50")
    set_for(here.nodes["county"], by, second, "40")

    assert value_at(here.nodes["branch"]).value == 50
    assert value_at(here.nodes["enterprise"]).value == 40


def test_a_later_value_supersedes_on_the_days_it_covers_and_the_earlier_one_stays(here, second):
    by, county = here[Role.ORGANISATION], here.nodes["county"]
    set_for(county, by, second, "40", since=days(-20))
    set_for(county, by, second, "44", since=days(-5), until=days(-2))

    assert [value_at(county, day).value for day in (-21, -20, -5, -2, -1)] == [32, 40, 44, 44, 40]
    assert LocalValue.objects.count() == 2


def test_another_county_is_not_touched(here, there, second):
    set_for(here.nodes["county"], here[Role.ORGANISATION], second)

    assert value_at(there.nodes["branch"]).value == 32


def test_a_proposed_value_does_not_hold_until_a_second_person_signs(here, second):
    by = here[Role.ORGANISATION]
    local = proposed(here.nodes["county"], by)

    assert value_at(here.nodes["county"]).value == 32
    with pytest.raises(PermissionDenied):
        decide_value(local, approve=True, reason="", by=by)

    decide_value(local, approve=True, reason="", by=second)
    assert value_at(here.nodes["county"]).value == 40
    with pytest.raises(ValidationError):
        decide_value(local, approve=False, reason="迟了", by=here[Role.COUNTY_LEADER])


def test_a_return_needs_a_reason_and_changes_nothing(here, second):
    local = proposed(here.nodes["county"], here[Role.ORGANISATION])

    with pytest.raises(ValidationError):
        decide_value(local, approve=False, reason=" ", by=second)
    decide_value(local, approve=False, reason="依据不足", by=second)

    assert value_at(here.nodes["county"]).value == 32


def test_a_confirmation_keeps_the_value_and_its_source_and_names_who(here, second):
    local = propose_confirmation(
        HOURS, node=here.nodes["county"], since=days(0), until=None, reason="核对", by=second
    )
    decide_value(local, approve=True, reason="", by=here[Role.ORGANISATION])

    found = value_at(here.nodes["branch"])

    assert (found.value, found.confirmed, found.weaker) == (32, True, False)
    assert found.rule.confirmed_by == "here-organisation"
    assert found.citation == value_at(here.nodes["branch"], -1).citation


def test_who_sets_must_reach_the_place(here, there):
    for user in (here[Role.PARTY_SECRETARY], there[Role.ORGANISATION]):
        with pytest.raises(PermissionDenied):
            proposed(here.nodes["township"], user)


def test_a_value_of_the_wrong_kind_is_refused_in_words(here):
    with pytest.raises(ValidationError) as refusal:
        proposed(here.nodes["county"], here[Role.ORGANISATION], "许多")

    assert "许多" in refusal.value.message_dict["value"][0]


def test_a_weaker_value_is_marked(here, second):
    set_for(here.nodes["county"], here[Role.ORGANISATION], second, "24")

    found = value_at(here.nodes["county"])

    assert found.weaker
    assert found.difference == "宽于内置规定"


def test_an_earlier_day_is_asked_of_the_tree_of_that_day(here, second):
    by = here[Role.ORGANISATION]
    set_for(here.nodes["township_beside"], by, second, since=days(-300))
    move_node(
        here.nodes["village"],
        parent=here.nodes["township_beside"],
        since=days(-100),
        by=here[Role.ADMINISTRATOR],
    )
    here.nodes["branch"].refresh_from_db()

    assert value_at(here.nodes["branch"], -101).value == 32
    assert value_at(here.nodes["branch"], -100).value == 40


def test_what_is_done_is_audited_without_anything_personal(here, second):
    set_for(here.nodes["county"], here[Role.ORGANISATION], second)

    done = Entry.objects.filter(action__startswith="regulations.").values_list("action", flat=True)

    assert set(done) == {"regulations.value_proposed", "regulations.value_in_force"}


def test_every_built_in_key_has_a_subject():
    assert {subject_of(key) for key in KEYS}


@given(key=st.sampled_from(KEYS), day=st.dates(date(2000, 1, 1)))
def test_every_built_in_value_is_written_and_read_back(key, day):
    rule = selectors.rulebook().find(key, day)
    if rule is not None:
        assert read_value(write_value(rule.value), rule.kind) == rule.value


def test_the_list_is_read_with_few_queries_however_many_local_values_there_are(
    here, second, signed_in, django_assert_max_num_queries
):
    keys = [key for key in KEYS if "_days" in key][:12]
    for key in keys:
        set_for(here.nodes["county"], here[Role.ORGANISATION], second, key=key)
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    with django_assert_max_num_queries(14):
        page = browser.get("/rules/")

    assert page.status_code == 200
    assert page.content.decode().count("本地另定") == len(keys)


def test_search_finds_by_words_document_and_key(here):
    for words in ("学时", HOURS, "hours"):
        found = selectors.rules_at(here.nodes["county"], days(0), search=words)
        assert HOURS in {one.key for _title, rules in found for one in rules}


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        (HOURS, "36"),
        ("member_appraisal.excellent_share", "30%"),
        ("formalism.streaks", "false"),
        ("member_appraisal.grades", "good | 好 | good\npoor | 差"),
    ],
)
def test_an_officer_sets_a_value_of_any_kind_on_screen(here, signed_in, key, sent):
    form = {"value": sent, "document": "《办法》", "number": "清发〔2026〕1号", "reason": "试行"}
    url = f"/rules/{here.nodes['county'].pk}/{key}/set/"

    answer = signed_in(here[Role.ORGANISATION]).post(url, {**form, "since": days(0).isoformat()})

    assert answer.status_code == 302
    assert LocalValue.objects.get(key=key).document == "《办法》"


def test_the_rules_of_a_place_written_to_a_file_are_read_as_the_same(here, second, tmp_path):
    set_for(here.nodes["county"], here[Role.ORGANISATION], second)
    key = "cadre_appraisal.person_excellent_share"
    set_for(here.nodes["county"], here[Role.ORGANISATION], second, "1/4", key=key, document="办法")
    local = selectors.local_rules(on=days(0), at=here.nodes["branch"])
    file = tmp_path / "rulebook.yaml"
    file.write_text(write_overrides(local.values()), encoding="utf-8")

    read = load(overrides=[file])

    book = selectors.rulebook_at(here.nodes["branch"], days(0))
    assert list(local) == [key, HOURS]
    assert read.layers[1] == {key: (rule,) for key, rule in local.items()}
    assert read.value(HOURS, days(0)) == book.value(HOURS, days(0)) == 40
    assert read.rule(HOURS, days(0)).overrides == book.rule(HOURS, days(0)).overrides


def test_every_rule_can_be_confirmed_in_a_file(here, second, tmp_path):
    for key in KEYS:
        LocalValue.objects.create(
            key=key, node=here.nodes["county"], confirms=True, since=days(0), reason="r",
            value=write_value(selectors.rulebook().value(key, days(0))), state="in_force",
            proposed_by=second, decided_by=second, decided=timezone.now(),
        )  # fmt: skip
    file = tmp_path / "rulebook.yaml"
    local = selectors.local_rules(on=days(0), at=here.nodes["county"])
    file.write_text(write_overrides(local.values()), encoding="utf-8")

    read = load(overrides=[file])

    built_in = selectors.rulebook()
    assert {key: read.value(key, days(0)) for key in KEYS} == {
        key: built_in.value(key, days(0)) for key in KEYS
    }


def test_a_cooperative_is_judged_by_the_rules_of_its_place(here, second):
    key = "cooperative.min_members"
    set_for(here.nodes["township"], here[Role.ORGANISATION], second, "8", key=key)
    inside = business_below(here.nodes["village"], kind="cooperative")
    beside = business_below(here.nodes["village_beside"], kind="cooperative", code="b")
    given = {"people": 6, "farmers": 6}

    assert [one.key for one in doubts_on_cooperative(inside, days(0), given)] == [key]
    assert doubts_on_cooperative(beside, days(0), given) == []
