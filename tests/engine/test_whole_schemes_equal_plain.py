"""Sources, missing policies, pools, gates, vetoes, grades and quotas together, on drawn data."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.explain import rescored
from ronghe.analysis.scoring.program import compile_scheme
from run_on_rows import assert_engine_equals_plain, engine_outcome

PARTIES = ["一村", "二村"]


def records(function="count", **more):
    return {"kind": "records", "of": ["help", "visit"], "function": function} | more


def leaf(code, points, source, rule, missing="not_applicable", **more):
    return {"code": code, "title": code, "points": points, "source": source, "rule": rule} | {
        "missing": missing,
        **more,
    }


EACH = {"kind": "count_points", "each": 1.5}
SHARE = {"kind": "share_of_full"}
BALLOT = {
    "kind": "ballot",
    "ballot": "yearly",
    "grades": {"好": 100, "一般": 62.5, "差": 0},
    "groups": {"上级": 0.4, "群众": 0.6},
}
EXPERT = {"kind": "expert", "panel": "panel", "trim": 1}

SCHEME = Scheme.model_validate(
    {
        "scheme": "whole",
        "version": "1",
        "title": "全项",
        "appraises": "member",
        "level": "person",
        "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
        "record_kinds": [{"code": "help", "title": "帮扶"}, {"code": "visit", "title": "走访"}],
        "points": 100,
        "indicators": [
            {
                "code": "work",
                "title": "工作",
                "points": 90,
                "counts_as": 60,
                "children": [
                    leaf("count", 10, records(), EACH),
                    leaf("sum", 10, records("sum", verified_only=True), EACH),
                    leaf("mean", 10, records("mean"), SHARE, "peer_median"),
                    leaf("distinct", 10, records("distinct", quality_at_least=2), EACH),
                    leaf("share", 10, records("share", quality_at_least=3), SHARE, "zero"),
                    leaf("months", 10, records(cap={"each": 1, "per": "month"}), EACH),
                    leaf("quarters", 10, records("sum", cap={"each": 2.5, "per": "quarter"}), EACH),
                    leaf("below", 10, records(scope="subtree", since="2025-03-01"), EACH),
                    leaf(
                        "first-only",
                        10,
                        records(until="2025-06-30"),
                        SHARE,
                        peer_groups=PARTIES[:1],
                    ),
                ],
            },
            leaf("ballot", 20, BALLOT, SHARE),
            leaf("expert", 10, EXPERT, SHARE, "peer_median"),
            leaf("other", 10, {"kind": "scheme", "scheme": "former"}, SHARE, "zero"),
        ],
        "pools": [
            {
                "code": "bonus",
                "title": "加分",
                "kind": "bonus",
                "cap": 4,
                "items": [leaf("extra", 5, records("sum"), EACH), leaf("more", 3, records(), EACH)],
            },
            {
                "code": "penalty",
                "title": "扣分",
                "kind": "penalty",
                "cap": 6,
                "items": [leaf("late", 6, EXPERT, {"kind": "count_points", "each": 0.25})],
            },
        ],
        "gates": [
            {
                "code": "hours",
                "title": "学时",
                "source": records("sum"),
                "requires": {"at_least": 1.5},
                "ceiling": "fair",
                "cap_points": 55.5,
            },
            {
                "code": "heard",
                "title": "测评",
                "source": BALLOT,
                "requires": {"above": 50},
                "missing": "fails",
                "zeroes": ["expert", "work"],
            },
        ],
        "vetoes": [
            {
                "code": "serious",
                "title": "否决",
                "source": records("distinct"),
                "when": {"at_least": 3},
                "ceiling": "poor",
            }
        ],
        "grading": {
            "grades": [
                {"code": "good", "title": "优秀", "at_least": 30},
                {"code": "fair", "title": "合格", "at_least": 15},
                {"code": "poor", "title": "不合格", "at_least": 5},
            ],
            "tie_breakers": ["work", "ballot"],
        },
    }
)

money = st.decimals(0, 40, places=3).map(Fraction)
days = st.integers(0, 364).map(lambda n: date(2025, 1, 1) + timedelta(days=n))


def rows_about(units, **columns):
    return st.lists(st.fixed_dictionaries({"unit": st.sampled_from(units), **columns}), max_size=25)


def first_of_each(rows, *keys):
    return list({tuple(row[key] for key in keys): row for row in reversed(rows)}.values())


@st.composite
def data_for(draw):
    units = [
        {
            "unit": f"m{n}",
            "name": f"党员{n}",
            "kind": "member",
            "level": "person",
            "peer_group": draw(st.sampled_from(PARTIES)),
            "parent": draw(st.sampled_from([f"m{k}" for k in range(n)] or [None])),
            "graded": draw(st.sampled_from([True, True, False])),
        }
        for n in range(draw(st.integers(1, 7)))
    ]
    names = [row["unit"] for row in units]
    done = draw(
        rows_about(
            names,
            kind=st.sampled_from(["help", "visit", "other"]),
            day=days,
            quantity=st.none() | money,
            quality=st.none() | st.integers(0, 5),
            object=st.none() | st.sampled_from("甲乙丙丁"),
            verified=st.none() | st.booleans(),
        )
    )
    votes = draw(
        rows_about(
            names,
            ballot=st.just("yearly"),
            voter_group=st.sampled_from(["上级", "群众"]),
            grade=st.sampled_from(["好", "一般", "差"]),
            votes=st.integers(0, 9).map(Fraction),
        )
    )
    scores = draw(
        rows_about(names, panel=st.just("panel"), expert=st.sampled_from("ABCDE"), score=money)
    )
    totals = draw(rows_about(names, scheme=st.just("former"), total=money))
    exempt = draw(
        rows_about(
            names,
            scheme=st.sampled_from(["whole", "former"]),
            indicator=st.sampled_from([i.code for i in SCHEME.scored()]),
            reason=st.just("年满70周岁"),
        )
    )
    return {
        "units": units,
        "records": [{"record": f"r{n}", **row} for n, row in enumerate(done)],
        "ballots": first_of_each(votes, "unit", "voter_group", "grade"),
        "expert_scores": first_of_each(scores, "unit", "expert"),
        "results": first_of_each(totals, "unit"),
        "exemptions": exempt,
    }


quotas = st.dictionaries(
    st.sampled_from(["good", "fair", "poor"]),
    st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction("0.15"), Fraction(1)]),
)


@settings(max_examples=25)
@given(
    data=data_for(),
    quotas=quotas,
    within=st.sampled_from(["peer_group", "parent", "all"]),
    ties=st.sampled_from(["order", "next_grade"]),
)
def test_the_engine_appraises_as_the_plain_appraisal_does(data, quotas, within, ties):
    grading = SCHEME.grading.model_copy(update={"within": within, "ties": ties})

    assert_engine_equals_plain(SCHEME.model_copy(update={"grading": grading}), data, quotas)


@settings(max_examples=8)
@given(data=data_for(), shuffle=st.randoms())
def test_the_order_of_rows_does_not_matter(data, shuffle):
    mixed = {table: shuffle.sample(rows, len(rows)) for table, rows in data.items()}

    assert engine_outcome(SCHEME, mixed) == engine_outcome(SCHEME, data)


@settings(max_examples=8)
@given(data=data_for())
def test_scoring_a_unit_again_from_its_stored_row_gives_the_same(data):
    program = compile_scheme(SCHEME)
    outcome = engine_outcome(SCHEME, data)
    for row in outcome.values():
        peers = [other for other in outcome.values() if other["peer_group"] == row["peer_group"]]

        again = rescored(program, dict.fromkeys(row) | row, peers, {})

        assert again == row
