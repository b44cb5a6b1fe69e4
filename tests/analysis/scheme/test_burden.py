"""The burden counts what people are asked for beyond what is there anyway."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings

from lint_schemes import VOTES, indicator, records, scheme_of
from ronghe.analysis.scheme.burden import burden, by_supplier
from ronghe.analysis.scheme.model import Scheme
from ronghe.schemes import ready
from strategies_scheme import schemes

OWN = {"kind": "measure", "measure": "own"}


@pytest.mark.parametrize(
    ("frequency", "times"),
    [("none", 0), ("yearly", 1), ("half-yearly", 2), ("quarterly", 4), ("monthly", 12)],
)
def test_entries_count_as_often_as_they_are_asked_for(frequency, times):
    asked = indicator(source=OWN, supplier="村文书", fields=3, frequency=frequency)

    row = burden(scheme_of(asked))[0]

    assert row.yearly == 3 * times


@pytest.mark.parametrize(
    ("changes", "there", "entries"),
    [
        ({"source": records(), "supplier": "村文书"}, "records", 0),
        ({"source": records(), "supplier": "村文书", "fields": 4}, "records", 3),
        ({"supplier": "县农业农村局"}, "owner", 0),
        ({"supplier": ""}, "owner", 0),
        ({"supplier": "村文书"}, "", 1),
        ({"source": OWN, "supplier": "村文书"}, "", 1),
        ({"source": OWN, "supplier": "村文书", "fields": 0}, "", 0),
        ({"source": VOTES | {"ballot": "b"}}, "others", 0),
        ({"source": {"kind": "scheme", "scheme": "other"}}, "others", 0),
    ],
)
def test_what_is_there_already_costs_no_first_entry(changes, there, entries):
    row = burden(scheme_of(indicator(**changes)))[0]

    assert (row.there, row.entries) == (there, entries)


def test_required_evidence_is_counted_once_each_time_and_sampled_is_not():
    required = indicator(source=OWN, supplier="村文书", evidence="required", frequency="quarterly")
    always = indicator("诉求", source=records(), evidence="required", frequency="none")
    sampled = indicator("就业", source=records("job"), evidence="sampled")

    rows = burden(scheme_of(required, always, sampled))

    assert [row.proofs for row in rows[:3]] == [4, 1, 0]


def test_a_figure_asked_for_again_names_where_it_was_asked_before():
    one = indicator("企业数", source=OWN, supplier="村文书")
    two = indicator("企业发展", source=OWN, supplier="镇经发办")

    first, second, *_ = burden(scheme_of(one, two))

    assert first.also_in == ()
    assert [str(title) for title in second.also_in] == ["企业数"]


def test_suppliers_are_added_up_those_asked_for_most_first():
    rows = burden(
        scheme_of(
            indicator("甲", source=OWN, supplier="镇经发办", fields=2),
            indicator("乙", source=OWN, supplier="村文书", fields=5, evidence="required"),
            indicator("丙", source=OWN, supplier="村文书", fields=1),
        )
    )

    sums = [(s.supplier, s.indicators, s.entries, s.proofs, s.repeats) for s in by_supplier(rows)]

    assert sums == [
        ("村文书", 2, 6, 1, 2),
        ("镇经发办", 1, 2, 0, 0),
        ("县农业农村局", 2, 0, 0, 0),
    ]


@pytest.mark.parametrize("code", ready())
def test_the_ready_schemes_ask_units_for_nothing(code):
    scheme = Scheme.model_validate(yaml.safe_load(ready()[code].read_text("utf-8")))

    assert sum(row.yearly + row.proofs for row in burden(scheme)) == 0


@settings(max_examples=30, deadline=None)
@given(scheme=schemes())
def test_the_sums_by_supplier_are_the_sums_of_the_rows(scheme):
    rows = burden(scheme)

    assert [row.code for row in rows] == [i.code for i in scheme.scored()]
    assert sum(s.entries for s in by_supplier(rows)) == sum(row.yearly for row in rows)
    assert sum(s.indicators for s in by_supplier(rows)) == len(rows)
