"""Audit entries are only ever added, and read by those responsible."""

from __future__ import annotations

import pytest

from ronghe.apps.access import Role
from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.models import AppendOnlyError, Entry
from ronghe.apps.audit.selectors import entries_visible_to
from ronghe.apps.audit.services import record


@pytest.fixture
def entry(here):
    return record("accounts.signed_in", by=here[Role.MEMBER], place=here.nodes["branch"])


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(action="x"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["action"]),
    ],
)
def test_an_entry_is_neither_changed_nor_removed(entry, change):
    with pytest.raises(AppendOnlyError):
        change(entry)

    assert Entry.objects.get(pk=entry.pk).action == "accounts.signed_in"


def test_an_inspector_reads_the_own_county_only(here, there, entry):
    theirs = record("accounts.signed_in", by=there[Role.MEMBER], place=there.nodes["branch"])

    seen = entries_visible_to(here[Role.INSPECTOR])

    assert entry in seen
    assert theirs not in seen


def test_every_recorded_action_has_words(here, entry, signed_in):
    assert set(Entry.objects.values_list("action", flat=True)) <= set(SENTENCES)
    page = signed_in(here[Role.INSPECTOR]).get("/audit/").content.decode()
    assert "accounts." not in page.split("<tbody>")[1].replace("accounts.user", "")


def test_the_page_filters_by_action(here, entry, signed_in):
    page = signed_in(here[Role.INSPECTOR]).get("/audit/?action=registry.node_added")

    assert {one.action for one in page.context["page"]} == {"registry.node_added"}
