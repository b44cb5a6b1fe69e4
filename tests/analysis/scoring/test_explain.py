"""Explanations agree with the scores; headroom names real work and nothing else."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.explain import (
    OpenItem,
    explain,
    headroom,
    losses,
    open_targets,
    rescored,
)
from ronghe.analysis.scoring.program import compile_scheme
from run_on_rows import engine_outcome


def counted(code, kind, points=10):
    return {
        "code": code,
        "title": code,
        "points": points,
        "source": {"kind": "records", "of": [kind]},
        "rule": {"kind": "count_points", "each": 2},
    }


SCHEME = Scheme.model_validate(
    {
        "scheme": "trial",
        "version": "1",
        "title": "试验",
        "appraises": "organisation",
        "level": "township",
        "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
        "measures": [{"code": "jobs", "title": "新增就业", "scale": 1, "lowest_level": "township"}],
        "record_kinds": [
            {"code": "solved", "title": "难题解决"},
            {"code": "meeting", "title": "会议", "nature": "obligation"},
            {"code": "article", "title": "刊发", "nature": "paper"},
        ],
        "points": 50,
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
                "code": "place",
                "title": "就业位次",
                "points": 10,
                "source": {"kind": "measure", "measure": "jobs"},
                "rule": {"kind": "rank_ladder", "ladder": [10, 8, 6]},
                "missing": "peer_median",
            },
            counted("solved", "solved"),
            counted("meeting", "meeting"),
            counted("article", "article"),
        ],
        "gates": [
            {
                "code": "held",
                "title": "会议",
                "source": {"kind": "records", "of": ["meeting"]},
                "requires": {"at_least": 1},
                "zeroes": ["article"],
            }
        ],
    }
)
PROGRAM = compile_scheme(SCHEME)


@pytest.fixture(scope="module")
def outcome():
    units = [
        {"unit": u, "name": u, "kind": "organisation", "level": "township"} for u in ("a", "b", "c")
    ]
    jobs = [("a", 50), ("b", 80)]
    targets = [("a", 100), ("b", 100)]
    done = [("a", "solved"), ("a", "article"), ("b", "meeting"), ("b", "article")]

    def figures(rows):
        return [
            {"unit": u, "measure": "jobs", "period": "2025", "value": Fraction(v)} for u, v in rows
        ]

    return engine_outcome(
        SCHEME,
        {
            "units": units,
            "measures": figures(jobs),
            "targets": figures(targets),
            "records": [
                {"record": f"r{n}", "unit": u, "kind": kind, "day": date(2025, 3, 1)}
                for n, (u, kind) in enumerate(done)
            ],
        },
    )


def explained(outcome, unit):
    return {one.indicator.code: one for one in explain(PROGRAM, outcome[unit], [*outcome.values()])}


def test_an_explanation_holds_inputs_peers_and_what_was_lost(outcome):
    one = explained(outcome, "a")["jobs"]

    assert [(i.column, value) for i, value in one.inputs] == [
        ("value__jobs", 500),
        ("target__jobs", 1000),
    ]
    assert (one.points, one.lost, one.treatment) == (5000, 5000, "scored")
    assert (one.peers.scored, one.peers.best, one.peers.better) == (2, 8000, 1)


def test_a_gap_is_explained_by_the_policy_that_filled_it(outcome):
    one = explained(outcome, "c")

    assert (one["jobs"].treatment, one["jobs"].points) == ("not_applicable", None)
    assert (one["place"].treatment, one["place"].points) == ("peer_median", 8000)


def test_points_that_a_gate_took_are_explained_by_the_gate(outcome):
    one = explained(outcome, "a")["article"]

    assert (one.treatment, one.points, one.struck_by) == ("zeroed", 0, ("held",))


def test_losses_come_most_first(outcome):
    found = [one.lost for one in losses(explained(outcome, "a").values())]

    assert found == sorted(found, reverse=True)
    assert found[0] == 10_000


def item(counts_for, quantity=1, **more):
    return OpenItem("1", "case", "事项", counts_for, quantity * 1000, **more)


def test_headroom_adds_what_the_run_would_add_if_the_work_were_done(outcome):
    found = headroom(PROGRAM, outcome["a"], [*outcome.values()], [item("jobs", 40)])

    assert [(one.indicators, one.gain) for one in found] == [(("jobs", "place"), 4000 + 2000)]


def test_headroom_never_names_meetings_or_documents(outcome):
    items = [item("meeting"), item("article"), item("solved")]

    found = headroom(PROGRAM, outcome["a"], [*outcome.values()], items)

    assert [one.item.counts_for for one in found] == ["solved"]


def test_work_of_units_below_helps_only_where_the_whole_subtree_counts(outcome):
    below = item("solved", own=False)

    assert headroom(PROGRAM, outcome["a"], [*outcome.values()], [below]) == []


def test_a_target_not_reached_is_open_work(outcome):
    assert [(t.counts_for, t.quantity) for t in open_targets(PROGRAM, outcome["a"])] == [
        ("jobs", 50_000)
    ]
    assert open_targets(PROGRAM, outcome["c"]) == []


def test_meeting_a_gate_gives_back_what_it_took(outcome):
    again = rescored(PROGRAM, outcome["a"], [*outcome.values()], {"value__held": 1})

    assert again["points__article"] == 2000
    assert again["total"] == outcome["a"]["total"] + 2000
