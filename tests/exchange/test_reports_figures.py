"""The figures behind the reports: shares, distributions, merged groups, numbers in words."""

from __future__ import annotations

import re
import string
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_runs import (
    LINEAR,
    document,
    measured,
    measures_of,
    member_data,
    member_scheme,
    township_data,
    township_scheme,
    write_run,
)
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.evaluate import evaluate
from ronghe.exchange.reports import statistics, write_reports
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.labels import LABELS
from ronghe.exchange.reports.numbers import (
    day_text,
    decimal_text,
    fraction_text,
    percent_text,
    share_text,
)
from ronghe.exchange.reports.shares import share_of


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    scheme = township_scheme()
    folder = tmp_path_factory.mktemp("runs") / "township"
    write_run(folder, scheme, township_data(scheme), {"excellent": Fraction(3, 10)})
    with open_run(folder) as opened:
        yield opened


def tree(*nodes: dict) -> Scheme:
    return Scheme.model_validate(
        document(
            scheme="tree",
            title="树",
            appraises="organisation",
            measures=measures_of(list(nodes), "township"),
            indicators=list(nodes),
        )
    )


def group(code: str, points: int, children: list[dict], **more: object) -> dict:
    return {"code": code, "title": code, "points": points, "children": children, **more}


FOLDED = tree(
    group(
        "party",
        100,
        [measured("a", "甲", 60, LINEAR), measured("b", "乙", 40, LINEAR)],
        counts_as=30,
        side="party",
    ),
    group(
        "work",
        50,
        [
            measured("c", "丙", 20, LINEAR, side="economy", dimension="green"),
            measured("d", "丁", 30, LINEAR, side="party"),
        ],
        counts_as=70,
        dimension="sharing",
    ),
)


@pytest.mark.parametrize(
    ("attribute", "wanted", "row", "share"),
    [
        # 0.3 of the 50 points that the folded group has, and 1.4 of each of the indicator's 15
        ("side", "party", {"node__party": 50_000, "points__d": 15_000}, (15 + 21, 30 + 42)),
        ("side", "party", {"node__party": 50_000, "points__d": None}, (15, 30)),
        ("side", "economy", {"points__c": 5_000}, (5, 20)),
        ("dimension", "green", {"points__c": 5_000}, (5, 20)),
        ("dimension", "sharing", {"points__d": 10_000}, (10, 30)),
    ],
)
def test_a_share_weighs_what_carries_it_as_the_total_does(attribute, wanted, row, share):
    expression = share_of(FOLDED, attribute, wanted)

    part, whole = share
    assert expression is not None
    assert evaluate(expression, row) == (20_000 * part + whole) // (2 * whole)


def test_a_share_of_nothing_that_applies_is_a_gap():
    expression = share_of(FOLDED, "dimension", "green")

    assert expression is not None
    assert evaluate(expression, {"points__c": None}) is None


def test_a_side_that_no_indicator_has_has_no_share():
    assert share_of(FOLDED, "dimension", "openness") is None


def test_a_distribution_counts_every_unit_once(run):
    for spread in statistics.spreads(run).values():
        assert sum(spread.bins) == spread.count
        assert spread.least <= min(spread.quartiles) <= max(spread.quartiles) <= spread.greatest


def test_the_distribution_of_totals_is_that_of_the_results(run):
    totals = sorted(total for (total,) in run.rows("select total from outcome"))

    spread = statistics.spreads(run)[statistics.TOTAL]

    assert (spread.least, spread.greatest, spread.sum) == (totals[0], totals[-1], sum(totals))
    assert spread.quartiles == (totals[2], totals[5], totals[8])


def test_units_at_full_points_and_at_none_are_counted(run):
    spread = statistics.spreads(run)["projects"]

    assert spread.at_zero == 7
    assert spread.at_full == 0


@given(sizes=st.lists(st.tuples(st.uuids().map(str), st.integers(1, 30)), max_size=12))
def test_no_group_shown_is_too_small_and_no_hidden_one_can_be_worked_out(sizes):
    shown = statistics.large_enough(sizes)

    held = dict(sizes)
    assert all(sum(held[label] for label in labels) >= statistics.SMALLEST for labels in shown)
    if shown:
        assert sorted(label for labels in shown for label in labels) == sorted(held)


def test_persons_struck_by_a_veto_are_counted_and_not_named(tmp_path):
    scheme = member_scheme()
    with open_run(write_run(tmp_path / "run", scheme, member_data(scheme))) as members:
        strike = statistics.strikes(members)[0]

    assert strike.count == 4
    assert strike.names == ()


def test_the_same_run_gives_the_same_bytes(tmp_path):
    scheme = township_scheme()
    data = township_data(scheme)
    held = []
    for name in ("one", "two"):
        folder = write_run(tmp_path / name, scheme, data, {"excellent": Fraction(3, 10)})
        write_reports(folder, "zh")
        held.append({p.name: p.read_bytes() for p in folder.glob("report.*")})

    assert sorted(held[0]) == ["report.docx", "report.html", "report.xlsx"]
    assert held[0] == held[1]


@pytest.mark.parametrize(
    ("value", "scale", "digits", "text"),
    [(1, 3, None, "0.001"), (-1250, 3, 2, "-1.25"), (1255, 3, 2, "1.26"), (7, 0, None, "7"),
     (-4, 3, 2, "0.00"), (None, 3, 2, "—")],
)  # fmt: skip
def test_numbers_are_rounded_half_away_from_zero(value, scale, digits, text):
    assert decimal_text(value, scale, digits) == text


def test_percentages_and_days_are_written_as_people_read_them():
    assert percent_text(10_000) == "100.0%"
    assert share_text(1, 3) == "33.3%"
    assert share_text(0, 0) == "—"
    assert fraction_text(Fraction(3, 10)) == "30%"
    assert day_text(date(2025, 2, 3), "zh") == "2025年2月3日"
    assert day_text(date(2025, 2, 3), "en") == "3 February 2025"


# --- labels -----------------------------------------------------------------------------------

PACKAGE = files("ronghe.exchange.reports")
SOURCES = [
    path.read_text(encoding="utf-8")
    for folder in (PACKAGE, PACKAGE / "templates")
    for path in folder.iterdir()
    if path.name.endswith((".py", ".j2")) and not path.name.endswith("_labels.py")
]


def test_every_label_is_used_and_every_label_used_is_there():
    text = "\n".join(SOURCES)
    asked = set(re.findall(r"""say\(\s*["']([a-z0-9_-]+)["']""", text))
    patterns = [
        re.compile(re.sub(r"\\{.*?\\}", ".+", re.escape(key)))
        for key in re.findall(r'say\(\s*f"([^"]+)"', text)
    ]
    named = set(re.findall(r"""["']([a-z0-9_-]+)["']""", text))

    assert asked <= set(LABELS)
    unused = [
        key
        for key in LABELS
        if key not in named and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


def test_a_label_names_the_same_values_in_both_languages():
    def named(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    assert [key for key, label in LABELS.items() if named(label.zh) != named(label.en)] == []
