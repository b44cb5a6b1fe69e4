"""Counting the calls of a token, also where two processes count at once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from ronghe.apps.programs.calls import is_within
from ronghe.apps.programs.models import Calls

MINUTE = 30_000_000
pytestmark = pytest.mark.django_db


def call(times: int = 1, *, minute: int = MINUTE, most: int = 3, whose: str = "t") -> list[bool]:
    return [is_within(whose, minute=minute, most=most) for _call in range(times)]


def test_so_many_calls_a_minute_and_no_more():
    assert call(5) == [True, True, True, False, False]
    assert Calls.objects.get().count == 3


def test_the_next_minute_begins_anew():
    call(5)
    assert call(4, minute=MINUTE + 1) == [True, True, True, False]


def test_every_token_has_its_own_share():
    call(5)
    assert call(2, whose="other") == [True, True]


def test_a_call_is_one_statement_that_reads_nothing_first(django_assert_num_queries):
    call()
    with django_assert_num_queries(1) as asked:
        call()
    assert asked.captured_queries[0]["sql"].startswith("UPDATE")


@pytest.mark.django_db(transaction=True)
def test_calls_at_once_all_count():
    together, let_in = Barrier(4), []

    def go() -> None:
        together.wait()
        let_in.extend(call(10, most=25))
        connection.close()

    callers = [Thread(target=go) for _caller in range(4)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()

    assert sum(let_in) == 25
    assert Calls.objects.get().count == 25
