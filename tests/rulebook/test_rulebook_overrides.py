"""Local values on top of the built-in ones."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ronghe.analysis.errors import ProblemsError
from ronghe.rulebook import load

KEY = "training.member_hours_per_year"
COUNTY = """
overrides:
  - key: training.member_hours_per_year
    value: 40
    since: 2027-01-01
    until: 2027-12-31
    document:
      title: {zh: 《清河县2027年党员教育培训计划》}
      year: 2027
      number: 清组〔2027〕3号
    article: 附件二
    confirmed_by: 李明（县委组织部组织科）
    confirmed_on: 2026-12-20
  - key: cadre_appraisal.person_excellent_share
    value: 20%
    since: 2026-01-01
    document: 《清河县干部考核办法》（清发〔2026〕1号）
    confirmed_by: 李明
    confirmed_on: 2026-01-05
"""
TOWNSHIP = """
overrides:
  - key: training.member_hours_per_year
    value: 48
    since: 2027-06-01
    document: 镇党委通知
    confirmed_by: 王芳
    confirmed_on: 2027-05-20
"""


@pytest.fixture
def override(tmp_path):
    """Write override files and load the rulebook with them."""

    def written(*texts):
        paths = [tmp_path / f"local-{number}.yaml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(overrides=paths)

    return written


@pytest.fixture
def problems(override):
    """Everything wrong with override files: code and row."""

    def found(*texts):
        with pytest.raises(ProblemsError) as refusal:
            override(*texts)
        return [(problem.code, problem.where.row) for problem in refusal.value.problems]

    return found


def test_a_local_value_holds_in_its_period_and_the_built_in_one_stays_visible(override):
    book = override(COUNTY)

    rule = book.rule(KEY, date(2027, 3, 1))
    assert (rule.value, rule.confirmed, rule.confirmed_by) == (40, True, "李明（县委组织部组织科）")
    assert rule.confirmed_on == date(2026, 12, 20)
    assert rule.overrides is not None
    assert rule.overrides.value == 32
    assert (
        book.citation(KEY, date(2027, 3, 1))
        == "《清河县2027年党员教育培训计划》（2027年，清组〔2027〕3号）附件二"
    )
    assert book.value(KEY, date(2026, 12, 31)) == 32
    assert book.value(KEY, date(2028, 1, 1)) == 32


def test_a_confirmed_value_carries_no_doubt_and_its_full_effect(override):
    key, on = "cadre_appraisal.person_excellent_share", date(2026, 6, 1)
    book = override(COUNTY)

    assert book.share(key, on) == Fraction(1, 5)
    assert book.rule(key, on).confirmed
    assert book.citation(key, on) == "《清河县干部考核办法》（清发〔2026〕1号）"


def test_a_later_file_wins_and_what_it_overrides_is_the_value_of_that_day(override):
    book = override(COUNTY, TOWNSHIP)

    in_2027 = book.rule(KEY, date(2027, 7, 1))
    assert (in_2027.value, in_2027.overrides.value, in_2027.overrides.overrides.value) == (
        48,
        40,
        32,
    )
    in_2028 = book.rule(KEY, date(2028, 7, 1))
    assert (in_2028.value, in_2028.overrides.value) == (48, 32)
    assert override(TOWNSHIP, COUNTY).value(KEY, date(2027, 7, 1)) == 40


def test_a_local_value_keeps_title_unit_and_bound_unless_it_states_a_bound(override):
    key, on = "election.quorum_share", date(2027, 1, 1)
    text = """
overrides:
  - {key: election.quorum_share, value: 5/6, since: 2026-01-01, document: 某办法,
     confirmed_by: 李明, confirmed_on: 2026-01-01, bound: above}
"""
    rule = override(text).rule(key, on)

    assert (rule.bound, rule.title, rule.unit) == (
        "above",
        rule.overrides.title,
        rule.overrides.unit,
    )
    assert not rule.met_by(Fraction(5, 6))
    assert override(text.replace(", bound: above", "")).rule(key, on).bound == "at_least"


def test_lists_are_overridden_with_codes_and_wordings(override):
    text = """
overrides:
  - key: member_appraisal.grades
    since: 2026-01-01
    document: 某办法
    confirmed_by: 李明
    confirmed_on: 2026-01-01
    value:
      - {code: good, zh: 好}
      - {code: poor, zh: 差, en: poor}
"""
    grades = override(text).value("member_appraisal.grades", date(2026, 5, 1))

    assert [(term.code, term.title.zh) for term in grades] == [("good", "好"), ("poor", "差")]


def test_the_digest_changes_with_a_local_value_and_not_with_the_name_of_its_file(
    override, tmp_path
):
    plain = load().digest
    once = override(COUNTY).digest
    elsewhere = tmp_path / "另一个名字.yaml"
    elsewhere.write_text(COUNTY, encoding="utf-8")

    assert once != plain
    assert load(overrides=[elsewhere]).digest == once
    assert override(COUNTY, TOWNSHIP).digest != once


def test_a_file_with_a_byte_order_mark_is_read(override):
    assert override(b"\xef\xbb\xbf" + COUNTY.encode()).value(KEY, date(2027, 3, 1)) == 40


GOOD = """overrides:
  - key: training.member_hours_per_year
    value: 40
    since: 2027-01-01
    document: 某计划
    confirmed_by: 李明
    confirmed_on: 2026-12-20
"""


MISSING, UNKNOWN = "rulebook-missing-field", "rulebook-unknown-field"
KIND, NOBODY = "rulebook-value-kind", "rulebook-override-unconfirmed"
CASES = [
    ("member_hours_per_year", "member_hour", [("rulebook-unknown-key", 2)]),
    ("value: 40", "value: 40.5", [(KIND, 3)]),
    ("value: 40", "value: -1", [(KIND, 3)]),
    ("value: 40", "value: true", [(KIND, 3)]),
    ("value: 40", "value: [40]", [(KIND, 3)]),
    ("value: 40", "value:", [(MISSING, 2)]),
    ("2027-01-01", "2027-02-30", [("rulebook-bad-value", 4)]),
    ("2027-01-01", "2027/1/1", [("rulebook-bad-value", 4)]),
    ("since: 2027-01-01", "until: 2027-01-01", [(MISSING, 2)]),
    ("2027-01-01", "2027-01-01\n    until: 2026-01-01", [("rulebook-period-reversed", 2)]),
    ("document: 某计划", "article: 3", [("rulebook-override-without-document", 2)]),
    ("document: 某计划", "document: ''", [("rulebook-override-without-document", 2)]),
    ("document: 某计划", "document: {zh: 某计划}", [(MISSING, 5), (UNKNOWN, 5)]),
    ("confirmed_by: 李明", "note: 无", [(NOBODY, 2)]),
    ("confirmed_on: 2026-12-20", "note: 无", [(NOBODY, 2)]),
    ("confirmed_by", "confirmd_by", [(UNKNOWN, 6), (NOBODY, 2)]),
    ("value: 40", "bound: at_leest\n    value: 40", [("rulebook-bad-value", 3)]),
    ("value: 40", "value: 40\n    value: 41", [("rulebook-yaml-duplicate-key", 4)]),
    ("value: 40", "value: &a 40", [("rulebook-yaml-alias", 3)]),
    ("value: 40", "value: !!int 40", [("rulebook-yaml-tag", 3)]),
    ("value: 40", "value: !!python/name:os.getcwd 40", [("rulebook-yaml-tag", 3)]),
    ("value: 40", "value: 'open", [("rulebook-yaml-syntax", 8)]),
    ("value: 40", "? [a]\n    : 1\n    value: 40", [("rulebook-yaml-key", 3)]),
    ("overrides:", "rules:", [(MISSING, 1), (UNKNOWN, 2)]),
    ("overrides:", "overrides:\n  - 40", [("rulebook-shape", 2)]),
    (GOOD, "overrides: 40", [("rulebook-shape", 1)]),
    (GOOD, "- 40", [("rulebook-shape", 1)]),
    (GOOD, "", [(MISSING, None)]),
    (GOOD, GOOD + "---\n" + GOOD, [("rulebook-yaml-second-document", 8)]),
    (GOOD, "overrides: " + "[" * 30 + "]" * 30, [("rulebook-yaml-too-deep", 1)]),
    (GOOD, "overrides: \x00", [("rulebook-yaml-character", 1)]),
]


@pytest.mark.parametrize(("was", "now", "expected"), CASES)
def test_what_is_wrong_with_a_local_value_is_said_with_its_row(problems, was, now, expected):
    assert was in GOOD

    found = problems(GOOD.replace(was, now))

    assert found == expected


def test_everything_wrong_in_all_files_is_said_together(problems):
    first = GOOD.replace("value: 40", "value: 0.4").replace("    document: 某计划\n", "")
    second = GOOD.replace("member_hours_per_year", "nothing")

    assert problems(first, COUNTY, second) == [
        ("rulebook-override-without-document", 2),
        (KIND, 3),
        ("rulebook-unknown-key", 2),
    ]


def test_two_values_of_one_file_may_follow_each_other_and_not_overlap(override, problems):
    second = GOOD.split("\n", 1)[1].replace("2027-01-01", "2028-01-01").replace("40", "44")
    ended = GOOD.replace("    document", "    until: 2027-12-31\n    document")

    assert override(ended + second).value(KEY, date(2028, 5, 1)) == 44
    assert problems(GOOD + second) == [("rulebook-periods-overlap", 8)]


def test_a_bound_is_refused_where_nothing_is_measured(problems):
    text = GOOD.replace(KEY, "volunteering.forced").replace("value: 40", "value: true")

    assert problems(text.replace("value: true", "value: true\n    bound: at_least")) == [
        (UNKNOWN, 4)
    ]


@pytest.mark.parametrize("text", ["1/0", "4/3", "120%", "0,3", "1e-1", "３/４", "0.3333333333"])
def test_a_share_is_written_exactly_and_lies_between_0_and_1(problems, text):
    share = GOOD.replace(KEY, "member_appraisal.excellent_share")

    assert problems(share.replace("value: 40", f"value: '{text}'")) == [(KIND, 3)]


def test_a_file_that_is_missing_too_large_or_in_another_encoding_is_refused(problems, tmp_path):
    with pytest.raises(ProblemsError) as refusal:
        load(overrides=[tmp_path / "missing.yaml"])

    assert [problem.code for problem in refusal.value.problems] == ["rulebook-unreadable"]
    assert problems(GOOD.encode("gb18030")) == [("rulebook-not-utf8", 5)]
    assert problems(b"#" * 2_000_001) == [("rulebook-too-large", None)]
