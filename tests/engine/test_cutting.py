"""Cutting a store into chunks, and work on a database that goes on side by side."""

from pathlib import Path
from threading import Event

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.engine.cutting import gathered
from ronghe.engine.database import connect, side_by_side
from ronghe.engine.store import Part

SIZES = st.lists(st.integers(1, 1000), max_size=30)


def parts_of(sizes):
    return [Part(Path(), f"C{n}", "", size, "", "", {}) for n, size in enumerate(sizes)]


@given(SIZES, st.integers(1, 3000), st.integers(1, 8))
def test_chunks_hold_every_part_once_and_in_order(sizes, units_at_once, workers):
    parts = parts_of(sizes)
    chunks = gathered(parts, units_at_once, workers)
    assert [part for chunk in chunks for part in chunk] == parts
    assert all(chunks)


@given(SIZES, st.integers(1, 3000), st.integers(1, 8))
def test_chunks_of_all_workers_together_hold_about_what_is_computed_at_once(
    sizes, units_at_once, workers
):
    each, largest = units_at_once / workers, max(sizes, default=0)
    for chunk in gathered(parts_of(sizes), units_at_once, workers):
        assert len(chunk) == 1 or sum(part.units for part in chunk) <= each + largest / 2 + 1


def test_three_parts_of_a_size_give_each_of_two_workers_a_chunk():
    chunks = gathered(parts_of([34, 34, 32]), 1000, 2)
    assert [[part.units for part in chunk] for chunk in chunks] == [[34], [34, 32]]


def test_sessions_side_by_side_see_the_same_tables_and_answer_in_order():
    con = connect(threads=2)
    con.execute("create schema here")
    con.execute("use here")
    con.execute("create table numbers as select 7 as n")
    found = side_by_side(
        con, lambda c, k: c.execute(f"select n * {k} from numbers").fetchall()[0][0], range(5)
    )
    assert found == [0, 7, 14, 21, 28]


def test_when_one_session_fails_the_others_are_interrupted():
    con = connect(threads=2)
    begun, ended = Event(), []

    def work(session, fails):
        if fails:
            begun.wait()
            raise ValueError("no good")
        begun.set()
        try:
            session.execute("select count(*) from range(10000000000000) where hash(range) = 1")
        except duckdb.InterruptException:
            ended.append("interrupted")
            raise

    with pytest.raises(ValueError, match="no good"):
        side_by_side(con, work, [True, False])
    assert ended == ["interrupted"]
