"""Any change of what has been sealed is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st

from ronghe.apps.access import Role
from ronghe.apps.audit.chain import START, Head, Link, digest_of, read_anchor, walk, write_anchor
from ronghe.apps.audit.models import Entry
from ronghe.apps.audit.sealing import head, seal, seal_all, verify
from ronghe.apps.audit.services import record
from ronghe.apps.desk import ticks

said = st.dictionaries(st.sampled_from("abc"), st.integers() | st.text(max_size=5), max_size=3)


def chained(many) -> tuple[list[Link], Head]:
    """Seal what is said, one after another."""
    links, last = [], Head()
    for fields in many:
        number = last.number + 1
        last = Head(number, digest_of(fields, number=number, previous=last.digest))
        links.append(Link(number, last.digest, fields))
    return links, last


@given(many=st.lists(said, max_size=8))
def test_a_chain_that_nobody_touched_is_intact(many):
    links, reach = chained(many)

    assert walk(links, head=reach, anchor=reach).intact


@given(many=st.lists(said, min_size=1, max_size=8), at=st.integers(0, 7), other=said)
def test_any_single_change_is_noticed_where_it_was_made(many, at, other):
    links, reach = chained(many)
    at %= len(links)
    assume(other != links[at].fields)
    links[at] = replace(links[at], fields=other)

    assert walk(links, head=reach).first_broken == at + 1


@given(many=st.lists(said, min_size=1, max_size=8), at=st.integers(0, 7))
def test_any_single_removal_is_noticed_with_the_number_that_is_missing(many, at):
    links, reach = chained(many)
    gone = links.pop(at % len(links))

    found = walk(links, head=reach)

    assert found.first_broken == gone.number
    assert found.missing == ((gone.number, gone.number),)


@given(many=st.lists(said, max_size=8), at=st.integers(0, 8), put=said, sealed=st.booleans())
def test_any_insertion_is_noticed(many, at, put, sealed):
    links, reach = chained(many)
    at %= len(links) + 1
    previous = links[at - 1].digest if at else START
    digest = digest_of(put, number=at + 1, previous=previous) if sealed else START
    later = [replace(link, number=link.number + 1) for link in links[at:]]
    put_in = [*links[:at], Link(at + 1, digest, put), *later]

    assert not walk(put_in, head=reach).intact
    assert not walk(put_in, head=replace(reach, number=reach.number + 1)).intact or at == len(links)


@given(many=st.lists(said, min_size=2, max_size=8), one=st.integers(0, 7), two=st.integers(0, 7))
def test_any_two_entries_that_change_places_are_noticed(many, one, two):
    links, reach = chained(many)
    one, two = one % len(links), two % len(links)
    assume(one != two)
    first, second = links[one], links[two]
    links[one] = replace(second, number=first.number)
    links[two] = replace(first, number=second.number)

    assert not walk(links, head=reach).intact


@given(many=st.lists(said, min_size=1, max_size=6), other=said, at=st.integers(0, 5))
def test_a_chain_rewritten_as_a_whole_is_noticed_by_an_anchor_kept_outside(many, other, at):
    _links, anchor = chained(many)
    at %= len(many)
    assume(other != many[at])
    rewritten, reach = chained([*many[:at], other, *many[at + 1 :]])

    assert walk(rewritten, head=reach).intact
    assert not walk(rewritten, head=reach, anchor=anchor).intact


def test_an_anchor_is_read_as_it_was_written():
    anchor = Head(1234, "ab" * 32)

    assert read_anchor(write_anchor(anchor, "2026-11-22")) == anchor
    assert read_anchor("something else") is None


@pytest.fixture
def sealed(here):
    """Entries of which the first three are sealed."""
    seal_all()
    for number in range(3):
        record("accounts.signed_in", by=here[Role.MEMBER], place=here.nodes["branch"], n=number)
    return list(Entry.objects.order_by("pk"))


def behind_the_back(entry, **changed) -> None:
    """Change an entry as somebody with the database in their hands would."""
    models.QuerySet(Entry).filter(pk=entry.pk).update(**changed)


def test_entries_are_sealed_in_order_in_batches_and_the_tail_is_counted(sealed):
    before = head().number
    assert verify().unsealed == 3

    assert (seal(2), seal(2), seal(2)) == (2, 1, 0)

    numbers = Entry.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == list(range(1, before + 4))
    proof = verify()
    assert proof.finding.intact
    assert (proof.unsealed, proof.finding.head.number) == (0, before + 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "accounts.signed_out"},
        {"actor": None},
        {"place": None},
        {"details": {"n": 7}},
        {"target_id": 7},
        {"at": timezone.now() - timedelta(days=1)},
        {"digest": "0" * 64},
    ],
)
def test_a_change_in_the_database_is_found(sealed, changed):
    seal_all()
    victim = sealed[-2]
    victim.refresh_from_db()

    behind_the_back(victim, **changed)

    assert verify().finding.first_broken == victim.number


def test_what_is_taken_from_the_database_is_found_also_at_the_end(sealed):
    seal_all()
    last = models.QuerySet(Entry).order_by("-number").first()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [last.pk])

    found = verify().finding

    assert found.missing == ((last.number, last.number),)
    assert not found.intact


def test_an_entry_that_claims_to_be_sealed_beyond_the_head_is_found(sealed):
    seal(0)
    behind_the_back(sealed[-1], number=head().number + 1, digest="1" * 64)

    assert verify().finding.first_broken == head().number + 1


def test_what_was_recorded_survives_when_sealing_breaks_off(sealed, monkeypatch):
    before = head()
    monkeypatch.setattr("ronghe.apps.audit.models.ChainHead.save", _break_off)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        seal()

    assert head() == before
    assert verify().unsealed == 3
    monkeypatch.undo()
    assert seal() == 3
    assert verify().finding.intact


def _break_off(*_args, **_kwargs):
    raise KeyboardInterrupt


def test_an_entry_is_proved_although_its_details_came_in_another_order(here):
    record("accounts.signed_in", by=None, b=1, a={"z": "中文", "y": [1, None, True]})
    seal_all()

    assert verify().finding.intact


def test_the_worker_seals_what_waits(sealed):
    ticks.do_due()

    assert verify().unsealed == 0
