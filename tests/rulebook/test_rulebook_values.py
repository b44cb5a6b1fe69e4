"""The built-in rules: what each entry must have, look-up by date, comparing, citing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.analysis.errors import ProblemsError
from ronghe.rulebook import Rulebook, load
from ronghe.rulebook.citing import chinese_number, name_article

TODAY = date(2026, 11, 1)
BOOK = load()
KEYS = BOOK.keys()


@pytest.mark.parametrize("key", KEYS)
def test_every_entry_has_both_languages_a_source_and_is_not_confirmed(key):
    for rule in BOOK.history(key):
        titles = [rule.title, rule.document.title]
        if isinstance(rule.value, tuple):
            titles += [term.title for term in rule.value]
        assert all(title.zh and title.en for title in titles)
        assert bool(rule.note.zh) == bool(rule.note.en)
        assert bool(rule.summary.zh) == bool(rule.summary.en)
        assert not rule.confirmed
        assert rule.overrides is None


@pytest.mark.parametrize("key", KEYS)
def test_every_number_and_share_says_how_it_bounds_and_its_unit(key):
    for rule in BOOK.history(key):
        measured = rule.kind in ("number", "share")
        assert (rule.bound is not None) == measured
        assert bool(rule.unit.zh and rule.unit.en) == measured


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("formalism.")])
def test_every_rule_against_formalism_can_be_told_in_a_letter(key):
    rule = BOOK.rule(key, TODAY)

    assert rule.summary.zh
    assert rule.summary.en
    assert "《" in BOOK.citation(key, TODAY)


@pytest.mark.parametrize("key", KEYS)
def test_a_date_known_only_to_the_year_or_month_starts_on_its_first_day(key):
    for rule in BOOK.history(key):
        if rule.precision != "day":
            assert rule.since is not None
            assert rule.since.day == 1
            assert rule.precision == "month" or rule.since.month == 1


@pytest.mark.parametrize("key", KEYS)
def test_on_the_days_around_every_change_the_right_value_holds(key):
    history = BOOK.history(key)
    for rule in history:
        for day in (rule.since or date.min, rule.until or date.max):
            assert BOOK.rule(key, day) == rule
    for earlier, later in pairwise(history):
        assert earlier.until is not None
        assert later.since is not None
        assert earlier.until < later.since
        before = BOOK.find(key, later.since - timedelta(days=1))
        assert before == (earlier if later.since - earlier.until == timedelta(days=1) else None)


@given(key=st.sampled_from(KEYS), on=st.dates())
def test_at_most_one_built_in_value_holds_on_a_day(key, on):
    holding = [rule for rule in BOOK.history(key) if rule.in_force(on)]

    assert len(holding) <= 1
    assert BOOK.find(key, on) == (holding[0] if holding else None)
    assert (key in BOOK.on(on)) == bool(holding)


def test_an_election_is_judged_by_the_rule_of_its_day():
    exactly_four_fifths = Fraction(40, 50)
    interim = BOOK.rule("election.quorum_share", date(2020, 7, 12))
    present = BOOK.rule("election.quorum_share", date(2020, 7, 13))

    assert interim.value == present.value == Fraction(4, 5)
    assert not interim.met_by(exactly_four_fifths)
    assert present.met_by(exactly_four_fifths)


@given(excellent=st.integers(0, 300), graded=st.integers(1, 300))
def test_a_third_is_compared_exactly(excellent, graded):
    quota = BOOK.rule("member_appraisal.excellent_share", TODAY)

    assert quota.met_by(Fraction(excellent, graded)) == (3 * excellent <= graded)


@pytest.mark.parametrize(
    ("key", "met", "missed"),
    [
        ("branch.min_full_members", 3, 2),
        ("organisation.general_branch_members", 51, 50),
        ("committee.max_people", 7, 8),
        ("branch.joint_below_full_members", 2, 3),
        ("terms.village_community_years", 5, 4),
        ("cooperative.farmer_share", Decimal("0.8"), Decimal("0.79")),
    ],
)
def test_a_bound_says_which_amounts_meet_a_rule(key, met, missed):
    rule = BOOK.rule(key, TODAY)

    assert rule.met_by(met)
    assert not rule.met_by(missed)


def test_binary_fractions_and_rules_without_a_bound_are_not_compared():
    with pytest.raises(TypeError, match="exactly"):
        BOOK.rule("cooperative.farmer_share", TODAY).met_by(0.8)
    with pytest.raises(TypeError, match="no bound"):
        BOOK.rule("village.four_steps", TODAY).met_by(4)
    with pytest.raises(TypeError, match="no bound"):
        BOOK.rule("volunteering.forced", TODAY).met_by(0)


def test_a_rule_that_is_only_recalled_or_to_be_confirmed_just_warns():
    unsure = BOOK.rule("party_committee.secretary_speaks_last", TODAY)

    assert (unsure.stated_effect, unsure.effect) == ("must", "warn")
    assert BOOK.rule("decision.head_speaks_last", TODAY).effect == "must"


def problem_of(look_up):
    with pytest.raises(ProblemsError) as refusal:
        look_up()
    (problem,) = refusal.value.problems
    return problem


def test_an_unknown_key_is_refused_with_the_keys_that_look_like_it():
    problem = problem_of(lambda: BOOK.value("branch.min_full_member", TODAY))

    assert problem.code == "rulebook-unknown-key"
    assert "branch.min_full_members" in problem.expected


def test_a_day_without_a_value_in_force_is_refused_with_the_periods_known():
    problem = problem_of(lambda: BOOK.value("training.secretary_hours_per_year", date(2029, 1, 1)))

    assert problem.code == "rulebook-not-in-force"
    assert "2024-01-01–2028-12-31" in problem.expected


def test_numbers_and_shares_are_given_as_such_and_nothing_else_is():
    assert BOOK.number("decision.public_comment_days", TODAY) == 30
    assert BOOK.share("appointment.quorum_share", TODAY) == Fraction(2, 3)
    for look_up in (
        lambda: BOOK.share("decision.public_comment_days", TODAY),
        lambda: BOOK.number("appointment.quorum_share", TODAY),
        lambda: BOOK.number("volunteering.forced", TODAY),
    ):
        assert problem_of(look_up).code == "rulebook-other-kind"


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        (
            "fair_competition.selective_subsidy",
            "《公平竞争审查条例》（2024年）第十条第（二）项",
            "Regulations on Fair Competition Review (2024), art. 10 (2)",
        ),
        (
            "licence.delivery_working_days",
            "《中华人民共和国行政许可法》（2003年）第四十四条、第八十二条",
            "Administrative Licensing Law (2003), arts 44, 82",
        ),
        (
            "appraisal.veto_authority",
            "《关于统筹规范督查检查考核工作的通知》（2018年）（待核实）",
            "Notice on Co-ordinating and Regulating Supervision and Appraisal (2018) "
            "(to be confirmed)",
        ),
        (
            "formalism.streaks",
            "《政务移动互联网应用程序规范化管理办法》（2026年，国办函〔2026〕12号）（据转述）",
            "Measures for the Standardised Management of Government Mobile Applications "
            "(2026, 国办函〔2026〕12号) (seen second-hand)",
        ),
    ],
)
def test_a_citation_names_document_year_number_article_and_doubt(key, zh, en):
    assert BOOK.citation(key, TODAY) == zh
    assert BOOK.citation(key, TODAY, "en") == en


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("9", "第九条", "art. 9"),
        ("25-26", "第二十五条至第二十六条", "arts 25–26"),
        ("chapter 2", "第二章", "chapter 2"),
        ("part 3", "第三部分", "part 3"),
        ("附件二", "附件二", "附件二"),
        ("", "", ""),
    ],
)
def test_articles_are_named_as_documents_number_them(article, zh, en):
    assert name_article(article, "zh") == zh
    assert name_article(article, "en") == en


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_article_numbers_are_written_in_chinese(number, zh):
    assert chinese_number(number) == zh


def test_the_digest_is_the_same_for_the_same_content():
    again = Rulebook(BOOK.layers)

    assert len(BOOK.digest) == 64
    assert again.digest == BOOK.digest
