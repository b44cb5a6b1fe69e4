"""A corrected run has the results that the corrected data would have had at once."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from test_drawn_schemes_equal_plain import gaps_refused, runs

from ronghe.engine.chunks import outcome_of
from ronghe.engine.correct import merge_into_tables, take_changes
from ronghe.engine.correct_store import correct_store, growing_beside
from ronghe.engine.database import connect
from ronghe.engine.outputs import write_json, write_tables
from ronghe.engine.run import appraise, appraise_typed
from run_in_parts import in_parts, packed, rolled_up, rows_of
from run_on_rows import raw_tables


def corrected(data: dict[str, list[dict]], chance: Random) -> tuple[dict, dict]:
    """Return the data with some rows changed, added and withdrawn, and those rows alone."""
    new, changes = deepcopy(data), {}
    for table in ("measures", "targets", "expert_scores", "results"):
        value = {"expert_scores": "score", "results": "total"}.get(table, "value")
        for row in new[table]:
            if chance.random() < 0.4:
                row[value] = row[value] + 1
                changes.setdefault(table, []).append(row)
    kept, withdrawn = [], []
    for row in new["records"]:
        if chance.random() < 0.2:
            withdrawn.append({"record": row["record"], "unit": row["unit"], "reason": "重复"})
            continue
        if chance.random() < 0.4:
            row["quality"] = chance.choice([None, 0, 5])
            changes.setdefault("records", []).append(row)
        kept.append(row)
    new["records"] = kept
    if new["records"]:
        added = {**chance.choice(new["records"]), "record": "late"}
        new["records"].append(added)
        changes.setdefault("records", []).append(added)
    if withdrawn:
        changes["withdrawals"] = withdrawn
    return new, changes


def whole_outcome(scheme, data, quotas) -> dict[str, dict]:
    con = connect(threads=1)
    appraise(con, scheme, raw_tables(con, data), quotas=quotas, other_periods=True)
    return rows_of(con, "from outcome")


@settings(max_examples=6)
@given(runs(), st.randoms(use_true_random=False))
def test_a_corrected_run_equals_a_run_on_the_corrected_data(run, chance):
    scheme, data, quotas = run
    scheme = gaps_refused(scheme)
    new, changes = corrected(data, chance)
    if not changes:
        return
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        con = connect(threads=1)
        write_tables(
            appraise(con, scheme, raw_tables(con, data), quotas=quotas, other_periods=True), folder
        )
        con = connect(threads=1)
        raw = raw_tables(con, changes)
        take_changes(con, raw, scheme, other_periods=True)
        tables = merge_into_tables(con, raw, folder / "inputs")
        appraise_typed(con, scheme, tables, quotas=quotas, other_periods=True)
        found = rows_of(con, "from outcome")

    assert found == whole_outcome(scheme, new, quotas)


@settings(max_examples=6)
@given(runs(), st.randoms(use_true_random=False), st.sampled_from([1, 100]))
def test_a_run_over_a_store_is_corrected_part_by_part(run, chance, units_at_once):
    scheme, data, quotas = run
    scheme = gaps_refused(scheme)
    new, changes = corrected(data, chance)
    if not changes:
        return
    with TemporaryDirectory() as temporary:
        folder, path = Path(temporary), Path(temporary) / "run"
        store = packed(data, scheme.level, folder / "store")
        in_parts(scheme, store, path, quotas, units_at_once)
        write_json(path / "store.json", {"path": "../store", "sha256": store.sha256})
        correct(scheme, path, changes, quotas)
        anew = packed(new, scheme.level, folder / "new")
        expected = in_parts(scheme, anew, folder / "expected", quotas, units_at_once)
        con = connect(threads=1)
        assert rows_of(con, outcome_of(sorted((path / "parts").iterdir()))) == expected
        assert rolled_up(path) == rolled_up(folder / "expected")


def correct(scheme, path: Path, changes, quotas) -> None:
    con = connect(threads=1)
    raw = raw_tables(con, changes)
    take_changes(con, raw, scheme, other_periods=True, as_written=True)
    write_json(path / "run.json", {})
    with growing_beside(path, (path / "run.json").read_bytes()) as growing:
        correct_store(con, scheme, path, {t.name: t for t in raw}, growing, quotas=quotas)
