"""Drafts: whatever stands in a document is shown and kept; several people edit at once."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.analysis.scheme.check import examine
from ronghe.analysis.scheme.duties import Duty
from ronghe.apps.access import Role
from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.drafts.fields import read_part, specs
from ronghe.apps.appraisal.drafts.health import health
from ronghe.apps.appraisal.services import drafts as services
from ronghe.apps.audit.models import Entry
from ronghe.schemes import ready
from scheme_world import a_draft, ready_content, ready_scheme


def typed(row: tree.Row, document: tree.Document) -> dict:
    """Return what a browser sends back for the form of a part that nobody touched."""
    return {
        spec.name: list(spec.value) if isinstance(spec.value, tuple) else spec.value
        for spec in specs(row.kind, row.part, document)
    }


@pytest.mark.parametrize("code", ready())
def test_saving_every_form_untouched_leaves_the_scheme_as_it_was(code):
    content = ready_content(code)
    document = content
    for row in [tree.Row((), "scheme", content, 0), *tree.every(content)]:
        document = tree.put(document, row.loc, read_part(row.kind, typed(row, content)))

    assert examine(document) == (ready_scheme(code), [])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["code", "title", "children", "rule", "source", "kind", "parts", "of", "steps"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(
    document=st.dictionaries(
        st.sampled_from([at[0] for at in tree.LISTS] + ["title", "points", "period"]), anything
    )
)
def test_a_document_of_any_shape_can_be_shown_and_edited(document):
    json.dumps(document)
    for row in tree.every(document):
        read_part(row.kind, typed(row, document))
        assert tree.find(document, row.loc, row.mark, whole=True) == row.loc
    health(document, [], "zh")


@given(data=st.data())
def test_moving_a_part_keeps_every_part_once(data):
    content = ready_content("township-fusion")
    nodes = list(tree.rows(content, ("indicators",)))
    moved = data.draw(st.sampled_from(nodes))
    groups = [("indicators",), *((*row.loc, "children") for row in nodes if row.kind == "group")]
    into = data.draw(st.sampled_from(groups))

    changed, loc = tree.transplant(content, moved.loc, into)

    inside = into[: len(moved.loc)] == moved.loc
    assert tree.part_at(changed, loc)["code"] == moved.part["code"]
    codes = sorted(row.part["code"] for row in tree.rows(changed, ("indicators",)))
    assert codes == sorted(row.part["code"] for row in nodes)
    if not inside and moved.loc[:-1] != into:
        above = tree.part_at(content, into[:-1]) if len(into) > 1 else content
        now = tree.part_at(changed, loc[:-2]) if len(loc) > 2 else changed
        assert now.get("code") == above.get("code")


def test_two_officers_change_different_indicators_at_once(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = a_draft(here.nodes["county"], by=office)
    first, second = list(tree.rows(draft.content, ("indicators",)))[1:3]
    seen = tree.mark(first.part), tree.mark(second.part)

    changed = {**first.part, "title": {"zh": "测评"}}
    services.save_part(draft, at=first.loc, marked=seen[0], own=changed, by=office)
    changed = {**second.part, "title": {"zh": "质量"}}
    services.save_part(draft, at=second.loc, marked=seen[1], own=changed, by=office)

    draft.refresh_from_db()
    titles = [tree.title_of(row.part) for row in tree.rows(draft.content, ("indicators",))]
    assert titles[1:3] == ["测评", "质量"]
    assert draft.revision == 3


def test_who_saves_the_same_indicator_second_is_told_and_overwrites_nothing(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = a_draft(here.nodes["county"], by=office)
    row = list(tree.rows(draft.content, ("indicators",)))[1]
    seen = tree.mark(row.part)
    services.save_part(draft, at=row.loc, marked=seen, own={**row.part, "points": 13}, by=office)

    with pytest.raises(services.StaleError):
        services.save_part(
            draft, at=row.loc, marked=seen, own={**row.part, "points": 14}, by=office
        )

    draft.refresh_from_db()
    assert tree.part_at(draft.content, row.loc)["points"] == 13


def test_an_indicator_that_was_moved_meanwhile_is_saved_where_it_stands_now(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = a_draft(here.nodes["county"], by=office)
    row = list(tree.rows(draft.content, ("indicators",)))[1]
    services.arrange(draft, do="down", at=row.loc, marked=row.mark, by=office)

    loc = services.save_part(
        draft, at=row.loc, marked=tree.mark(row.part), own={**row.part, "points": 13}, by=office
    )

    draft.refresh_from_db()
    assert loc == (*row.loc[:-1], 1)
    assert tree.part_at(draft.content, loc)["points"] == 13


def test_a_group_that_somebody_added_to_is_not_removed_unseen(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = a_draft(here.nodes["county"], by=office)
    group = next(tree.rows(draft.content, ("indicators",)))
    services.add_part(
        draft,
        into=(*group.loc, "children"),
        marked=tree.mark(group.part),
        kind="indicator",
        own={"code": "new"},
        by=office,
    )

    with pytest.raises(services.StaleError):
        services.arrange(draft, do="remove", at=group.loc, marked=group.mark, by=office)


def test_a_peer_group_keeps_a_code_of_its_own(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = a_draft(here.nodes["county"], by=office)

    with pytest.raises(ValidationError):
        services.add_part(
            draft,
            into=("peer_groups",),
            marked="",
            kind="peer_group",
            own={"@name": "village", "zh": "村"},
            by=office,
        )


def test_nobody_but_the_appraisal_office_edits(here):
    draft = a_draft(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE])
    row = next(tree.rows(draft.content, ("indicators",)))

    with pytest.raises(PermissionDenied):
        services.arrange(draft, do="up", at=row.loc, marked=row.mark, by=here[Role.ORGANISATION])


def test_changes_are_audited_without_their_contents(here):
    office = here[Role.APPRAISAL_OFFICE]
    draft = services.start_scheme(node=here.nodes["county"], content=ready_content(), by=office)
    row = next(tree.rows(draft.content, ("indicators",)))
    services.arrange(draft, do="down", at=row.loc, marked=row.mark, by=office)

    entry = Entry.objects.get(action="appraisal.scheme_changed")
    assert entry.details == {"did": "moved", "at": "indicators.0", "revision": 2}


def test_a_withdrawn_duty_is_an_error_of_the_draft():
    content = ready_content()
    tree.part_at(content, ("indicators", 0, "children", 0))["basis"] = "招商引资考核"
    duties = [Duty("1", "招商引资考核", "withdrawn"), Duty("2", "党的建设", "basic")]

    found = health(content, duties, "zh")

    assert [one.at for one in found.errors] == ["indicators.0.children.0"]
    assert "招商引资考核" in found.errors[0].words
    assert found.errors[0].citation
