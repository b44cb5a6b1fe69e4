"""Data that cannot be right is refused with its place, all problems together."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.engine.database import connect
from ronghe.engine.run import appraise
from run_on_rows import raw_tables, shared_connection

SCHEME = Scheme.model_validate(
    {
        "scheme": "trial",
        "version": "1",
        "title": "试验",
        "appraises": "organisation",
        "level": "township",
        "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
        "measures": [{"code": "jobs", "title": "新增就业", "scale": 1, "lowest_level": "township"}],
        "record_kinds": [{"code": "help", "title": "帮扶"}],
        "peer_groups": {"平原": "平原乡镇", "山区": "山区乡镇"},
        "points": 30,
        "indicators": [
            {
                "code": "jobs",
                "title": "新增就业",
                "points": 10,
                "source": {"kind": "measure", "measure": "jobs"},
                "rule": {"kind": "completion"},
                "missing": "not_applicable",
            },
            {
                "code": "help",
                "title": "帮扶",
                "points": 10,
                "source": {"kind": "records", "of": ["help"], "scope": "subtree"},
                "rule": {"kind": "count_points", "each": 1},
            },
            {
                "code": "votes",
                "title": "测评",
                "points": 10,
                "source": {
                    "kind": "ballot",
                    "ballot": "yearly",
                    "grades": {"好": 100, "差": 0},
                    "groups": {"群众": 1},
                },
                "rule": {"kind": "share_of_full"},
            },
        ],
    }
)


def unit(code, **more):
    return {
        "unit": code,
        "name": code,
        "kind": "organisation",
        "level": "township",
        "peer_group": "平原",
    } | more


def jobs(code, value, **more):
    return {"unit": code, "measure": "jobs", "period": "2025", "value": value} | more


def record(number, **more):
    return {"record": number, "unit": "a", "kind": "help", "day": date(2025, 5, 1)} | more


def vote(**more):
    row = {"ballot": "yearly", "unit": "a", "voter_group": "群众", "grade": "好", "votes": "3"}
    return row | more


def good_data():
    return {
        "units": [unit("a"), unit("b")],
        "measures": [jobs("a", "12.5"), jobs("b", "3")],
        "targets": [jobs("a", "10"), jobs("b", "10")],
        "records": [record("r1")],
        "ballots": [vote(), vote(unit="b")],
        "exemptions": [],
    }


def problems_of(data, *, other_periods=False):
    con = connect(threads=1)
    with pytest.raises(ProblemsError) as refusal:
        appraise(con, SCHEME, raw_tables(con, data), quotas={}, other_periods=other_periods)
    con.close()
    return [(p.code, p.where.source, p.where.row, p.found) for p in refusal.value.problems]


BAD_ROWS = {
    "no unit code": ("units", unit(None), "missing-value", None),
    "text in a number column": (
        "measures",
        jobs("a", "约12", period="2024"),
        "not-a-number",
        "约12",
    ),
    "a thousands comma": ("measures", jobs("a", "1,200", period="2024"), "not-a-number", "1,200"),
    "NaN": ("measures", jobs("a", "NaN", period="2024"), "not-a-number", "NaN"),
    "infinity": ("measures", jobs("a", "-inf", period="2024"), "not-a-number", "-inf"),
    "an underscore": ("measures", jobs("a", "1_0", period="2024"), "not-a-number", "1_0"),
    "too large": ("measures", jobs("a", "9" * 25, period="2024"), "number-too-large", "9" * 25),
    "too many digits": ("measures", jobs("a", "1.25", period="2024"), "value-too-fine", "1.25"),
    "no date": ("records", record("r2", day="去年"), "not-a-date", "去年"),
    "31 February": ("records", record("r2", day="2025-02-31"), "not-a-date", "2025-02-31"),
    "no flag": ("records", record("r2", verified="也许"), "not-a-flag", "也许"),
    "a unit twice": ("units", unit("b"), "duplicate-unit", "b"),
    "an unknown kind": ("units", unit("c", kind="team"), "word-not-allowed", "team"),
    "an unknown level": ("units", unit("c", level="乡"), "word-not-allowed", "乡"),
    "an unknown parent": ("units", unit("c", parent="x"), "unknown-parent", "x"),
    "an unknown peer group": ("units", unit("c", peer_group="高原"), "unknown-peer-group", "高原"),
    "a unit nobody knows": ("measures", jobs("x", "1"), "unknown-unit", "x"),
    "a figure twice": ("measures", jobs("b", "4"), "duplicate-row", "jobs"),
    "a target of zero": ("targets", jobs("a", "0", period="2024"), "target-not-positive", 0),
    "a record twice": ("records", record("r1"), "duplicate-record", "r1"),
    "a negative count": ("records", record("r2", quantity="-2"), "negative-count", "-2"),
    "quality off the scale": ("records", record("r2", quality="6"), "value-out-of-range", 6),
    "another period": (
        "records",
        record("r2", day=date(2024, 12, 31)),
        "date-out-of-period",
        date(2024, 12, 31),
    ),
    "negative votes": ("ballots", vote(grade="差", votes="-1"), "negative-count", -1),
    "a grade nobody can give": ("ballots", vote(grade="优"), "word-not-allowed", "优"),
    "a group without weight": ("ballots", vote(voter_group="上级"), "word-not-allowed", "上级"),
    "an exemption from nothing": (
        "exemptions",
        {"scheme": "trial", "unit": "a", "indicator": "x", "reason": "病"},
        "exempts-unknown-indicator",
        "x",
    ),
}


@pytest.mark.parametrize("case", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_refused_with_its_place(case):
    table, row, code, found = case
    data = good_data()
    data[table] = [*data[table], row]

    assert (code, f"{table}.csv", len(data[table]) + 1, found) in problems_of(data)


def test_a_unit_in_two_peer_groups_is_one_problem_at_its_second_row():
    data = good_data() | {"units": [unit("a"), unit("b"), unit("a", peer_group="山区")]}

    places = [(code, row) for code, _, row, _ in problems_of(data)]

    assert places == [("unit-in-two-groups", 4)]


def test_all_problems_of_all_tables_are_reported_together():
    data = good_data()
    for table, row, _, _ in BAD_ROWS.values():
        data[table] = [*data[table], row]

    found = {code for code, *_ in problems_of(data)}

    unreadable = {"missing-value", "not-a-number", "number-too-large", "value-too-fine"}
    assert found >= unreadable | {"not-a-date", "not-a-flag", "duplicate-unit", "unknown-unit"}


def test_units_that_stand_above_themselves_are_refused():
    data = good_data() | {"units": [unit("a", parent="b"), unit("b", parent="a")]}

    assert [code for code, *_ in problems_of(data)] == ["circular-tree", "circular-tree"]


def test_a_scheme_that_appraises_nobody_in_the_data_is_refused():
    data = good_data() | {"units": [unit("a", level="village"), unit("b", level="village")]}

    assert [code for code, *_ in problems_of(data)] == ["no-units"]


def test_a_gap_that_the_scheme_does_not_allow_is_refused_by_indicator():
    data = good_data() | {"ballots": [vote()]}

    assert problems_of(data) == [("missing-input", "", None, 1)]


def test_an_exempted_unit_needs_no_input():
    exempt = {"scheme": "trial", "unit": "b", "indicator": "votes", "reason": "新设立"}
    data = good_data() | {"ballots": [vote()], "exemptions": [exempt]}
    con = connect(threads=1)

    appraise(con, SCHEME, raw_tables(con, data), quotas={})

    assert con.execute("select \"points__votes\" from outcome where unit = 'b'").fetchone() == (
        None,
    )


def test_records_of_other_periods_can_be_left_out_and_are_counted():
    data = good_data()
    data["records"].append(record("r0", day=date(2024, 6, 1)))
    con = connect(threads=1)

    run = appraise(con, SCHEME, raw_tables(con, data), quotas={}, other_periods=True)

    assert run.left_out == 1
    assert con.execute("select \"value__help\" from outcome where unit = 'a'").fetchone() == (1,)


def test_many_rows_with_the_same_problem_are_counted_beyond_a_hundred():
    data = good_data()
    data["records"] += [record(f"x{n}", quantity="-1") for n in range(150)]

    found = problems_of(data)

    assert sum(code == "negative-count" for code, *_ in found) == 100
    assert ("more-of-the-same", "records.csv", None, 50) in found


@pytest.mark.parametrize(
    "written", ["2025-03-01", "2025/3/1", "2025.3.1", "20250301", "2025年3月1日", " 2025-03-01 "]
)
def test_dates_are_read_as_people_write_them(written):
    data = good_data() | {"records": [record("r1", day=written)]}
    con = connect(threads=1)

    appraise(con, SCHEME, raw_tables(con, data), quotas={})

    assert con.execute("select day from records").fetchone() == (date(2025, 3, 1),)


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=8) | st.from_regex(r"\A[-+]?\d{1,4}(\.\d)?\Z"))
def test_whatever_stands_in_a_number_column_is_read_exactly_or_refused(cell):
    con = shared_connection()
    data = {"units": [unit("a")], "targets": [jobs("a", cell)], "ballots": [vote()]}
    readable = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", cell.strip(), re.ASCII)

    if readable and 0 < float(cell) < 1e12 and float(cell) * 10 % 1 == 0:
        appraise(con, SCHEME, raw_tables(con, data), quotas={})
        assert con.execute("select value from targets").fetchone() == (float(cell) * 10,)
    else:
        with pytest.raises(ProblemsError):
            appraise(con, SCHEME, raw_tables(con, data), quotas={})
