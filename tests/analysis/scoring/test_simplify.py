"""Simplified expressions: the same value for every row that what is known allows."""

from hypothesis import given
from hypothesis import strategies as st

from ronghe.analysis.scoring.evaluate import evaluate
from ronghe.analysis.scoring.expressions import (
    GAP,
    AnyOf,
    Choice,
    Column,
    Compare,
    Division,
    Greatest,
    IsGap,
    Least,
    Product,
    Quotient,
    Sum,
    Whole,
    between,
    if_gap,
)
from ronghe.analysis.scoring.ranges import Range
from ronghe.analysis.scoring.simplify import simplified

KNOWN = {
    Column("count"): Range(0, 20, gap=False),
    Column("either"): Range(-50, 50, gap=False),
    Column("share"): Range(0, 1000, gap=True),
    Column("peers"): Range(1, 30, gap=False),
}

ROWS = st.fixed_dictionaries(
    {
        column.name: st.integers(held.low, held.high) | (st.none() if held.gap else st.nothing())
        for column, held in KNOWN.items()
    }
)

NUMBERS = st.integers(-40, 40).map(Whole)
FULL = NUMBERS | st.sampled_from([column for column, held in KNOWN.items() if not held.gap])


def _larger(full):
    pairs = st.tuples(full, full)
    compared = st.builds(Compare, full, st.sampled_from(["<", "<=", ">", ">=", "="]), full)
    below = st.integers(1, 12).map(Whole) | st.just(Column("peers"))
    return (
        pairs.map(Sum)
        | pairs.map(Product)
        | pairs.map(Least)
        | pairs.map(Greatest)
        | st.builds(Quotient, full, below, st.booleans())
        | st.builds(lambda low, value, more: between(low, value, low + more),
                    st.integers(-5, 5), full, st.integers(0, 30))
        | st.builds(lambda when, then, last: Choice(((when, then),), last), compared, full, full)
    )  # fmt: skip


WITHOUT_GAPS = st.recursive(FULL, _larger, max_leaves=12)

SHARE = Column("share")
GUARDED = st.builds(
    lambda then, last: if_gap((SHARE, Column("count")), then, last),
    st.none() | WITHOUT_GAPS,
    st.builds(lambda one: Sum((one, SHARE)), WITHOUT_GAPS),
)


@given(WITHOUT_GAPS | GUARDED, ROWS)
def test_a_simplified_expression_has_the_same_value_and_keeps_within_its_range(expression, row):
    found, held = simplified(expression, KNOWN)
    value = evaluate(expression, row)
    assert evaluate(found, row) == value
    assert held.gap if value is None else held.low <= value <= held.high


@given(WITHOUT_GAPS, ROWS, st.integers(-30, 30), st.integers(0, 60))
def test_values_beyond_what_is_asked_for_may_differ_and_no_others(expression, row, low, width):
    def asked(value):
        return min(max(value, low), low + width)

    found, _ = simplified(expression, KNOWN, low, low + width)
    assert asked(evaluate(found, row)) == asked(evaluate(expression, row))


def test_what_cannot_be_is_not_asked_for():
    gap = AnyOf((IsGap(Column("count")), IsGap(Column("peers"))))
    assert simplified(Choice(((gap, GAP),), Column("count")), KNOWN)[0] == Column("count")
    assert simplified(between(0, Column("count"), 25), KNOWN)[0] == Column("count")


def test_a_quotient_of_what_is_not_negative_is_reduced_and_needs_no_sign():
    quotient = Quotient(Product((Whole(4000), Column("count"))), Whole(100_000))
    assert simplified(quotient, KNOWN)[0] == Division(Sum((Column("count"), Whole(12))), Whole(25))
