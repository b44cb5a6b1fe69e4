"""Sources, missing policies, pools, gates, vetoes, grades and quotas together, on drawn data."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.scoring.explain import rescored
from ronghe.analysis.scoring.program import compile_scheme
from run_on_rows import assert_engine_equals_plain, engine_outcome
from whole_scheme import PARTIES, SCHEME

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
