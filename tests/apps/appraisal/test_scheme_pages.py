"""The pages of schemes: started, edited, checked as typed, taken into force."""

from __future__ import annotations

import io
import json
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ronghe.analysis.scheme.check import examine
from ronghe.apps.access import Role
from ronghe.apps.appraisal.drafts import tree
from ronghe.apps.appraisal.drafts.fields import specs
from ronghe.apps.appraisal.models import DutyList, Scheme, Trial, Version
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.registry.services import add_node
from ronghe.exchange.scheme import write_scheme_excel
from round_world import YEAR, small_scheme
from scheme_world import a_draft, a_published_version, ready_content, ready_scheme
from web_world import days, person, post


@pytest.fixture
def office(here, signed_in):
    """A browser in the appraisal office."""
    return signed_in(here[Role.APPRAISAL_OFFICE])


@pytest.fixture
def draft(here):
    """A draft of the county."""
    return a_draft(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE])


def form_of(draft, at: str) -> tuple[str, dict]:
    """Return the address of a part's form and what a browser sends if nothing is touched."""
    loc, content = tree.read(at), draft.content
    part = tree.part_at(content, loc) if loc else content
    fields = specs(tree.kind_of(loc, part), part, content)
    sent = {s.name: list(s.value) if isinstance(s.value, tuple) else s.value for s in fields}
    url = f"{reverse('appraisal:part', args=[draft.pk])}?{urlencode({'at': at})}"
    return url, {**sent, "mark": tree.mark(part)}


def test_a_scheme_starts_from_a_ready_one(office, here):
    sent = {"node": here.nodes["county"].pk, "ready": "township-fusion"}
    response = office.post(reverse("appraisal:start"), sent)

    draft = Scheme.objects.get()
    assert response.url == reverse("appraisal:scheme", args=[draft.pk])
    assert examine(draft.content) == (ready_scheme("township-fusion"), [])


def test_a_scheme_starts_from_a_workbook(office, here, tmp_path):
    write_scheme_excel(ready_scheme(), tmp_path / "s.xlsx")
    file = SimpleUploadedFile("方案.xlsx", (tmp_path / "s.xlsx").read_bytes())

    office.post(reverse("appraisal:start"), {"node": here.nodes["county"].pk, "file": file})

    assert examine(Scheme.objects.get().content) == (ready_scheme(), [])


def test_a_file_with_errors_is_taken_in_and_its_errors_are_shown(office, here):
    file = SimpleUploadedFile("s.yaml", "scheme: x\ntitle: 半成品\nindicators: 三项\n".encode())

    response = office.post(
        reverse("appraisal:start"), {"node": here.nodes["county"].pk, "file": file}, follow=True
    )

    assert Scheme.objects.get().title == "半成品"
    assert "须改正" in response.content.decode()


def test_what_is_no_scheme_at_all_is_refused_at_the_field(office, here):
    file = SimpleUploadedFile("s.xlsx", b"PK nonsense")

    response = office.post(
        reverse("appraisal:start"), {"node": here.nodes["county"].pk, "file": file}
    )

    assert response.status_code == 422
    assert not Scheme.objects.exists()


def test_every_part_has_a_form(office, draft):
    for row in [tree.Row((), "scheme", draft.content, 0), *tree.every(draft.content)]:
        url, _sent = form_of(draft, row.at)
        assert office.get(url).status_code == 200


def test_a_form_saved_lands_in_the_document(office, draft):
    url, sent = form_of(draft, "indicators.0.children.0")
    response = office.post(url, {**sent, "title-zh": "测评", "into": "indicators.0.children"})

    assert response.status_code == 302
    draft.refresh_from_db()
    assert tree.title_of(tree.part_at(draft.content, (
        "indicators", 0, "children", 0))) == "测评"  # fmt: skip


def test_an_indicator_moves_to_another_group(office, draft):
    url, sent = form_of(draft, "indicators.0.children.0")
    office.post(url, {**sent, "into": "indicators.1.children"})

    draft.refresh_from_db()
    moved = tree.part_at(draft.content, ("indicators", 1, "children", 4))
    assert moved["code"] == "village_review"


def test_nonsense_is_kept_and_told(office, draft):
    url, sent = form_of(draft, "indicators.0.children.0")
    office.post(url, {**sent, "points": "十二分"})

    draft.refresh_from_db()
    assert tree.part_at(draft.content, ("indicators", 0, "children", 0))["points"] == "十二分"
    page = office.get(reverse("appraisal:scheme", args=[draft.pk])).content.decode()
    assert "十二分" in page
    assert "disabled" in page


def test_choosing_another_rule_shows_its_fields_and_saves_nothing(office, draft):
    url, sent = form_of(draft, "indicators.0.children.3")
    response = office.post(url, {**sent, "rule-kind": "bands", "again": "1"})

    page = response.content.decode()
    assert 'name="rule-steps"' in page
    assert Scheme.objects.get().revision == 1


def test_what_is_typed_is_checked_before_it_is_saved(office, draft):
    url, sent = form_of(draft, "indicators.0.children.0")
    check = url.replace("/part/", "/check/")
    response = office.post(check, {**sent, "title-zh": "领导批示数", "points": "12"})

    assert "批示" in response.content.decode()
    assert Scheme.objects.get().revision == 1


def test_who_is_second_keeps_what_was_typed(office, draft):
    url, sent = form_of(draft, "indicators.0.children.0")
    office.post(url, {**sent, "points": "11"})
    response = office.post(url, {**sent, "points": "10", "title-zh": "我写的"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "我写的" in page
    draft.refresh_from_db()
    fresh = tree.mark(tree.part_at(draft.content, ("indicators", 0, "children", 0)))
    assert fresh in page


def test_a_new_indicator_is_added_below_its_group(office, draft):
    group = tree.part_at(draft.content, ("indicators", 0))
    url = f"{reverse('appraisal:part', args=[draft.pk])}?at=indicators.0.children&kind=indicator"
    sent = {"mark": tree.mark(group), "code": "new", "title-zh": "新指标", "points": "3"}
    assert office.get(url).status_code == 200
    office.post(url, sent)

    draft.refresh_from_db()
    assert tree.part_at(draft.content, ("indicators", 0, "children", 4))["code"] == "new"


def test_a_part_is_removed(office, draft):
    row = list(tree.rows(draft.content, ("indicators",)))[1]
    do = f"remove {row.at} {row.mark}"
    office.post(reverse("appraisal:arrange", args=[draft.pk]), {"do": do})

    draft.refresh_from_db()
    codes = [one.part["code"] for one in tree.rows(draft.content, ("indicators",))]
    assert "village_review" not in codes


@pytest.mark.parametrize("at", ["nowhere", "indicators.99", "scheme", "indicators.0.children"])
def test_a_place_that_is_not_there_is_not_found(office, draft, at):
    url = f"{reverse('appraisal:part', args=[draft.pk])}?at={at}"

    assert office.get(url).status_code == 404
    assert office.get(f"{url}&kind=veto").status_code == 404


def test_a_duty_list_is_kept_once_for_the_county(office, here):
    listed = "事项名称,清单\n党的建设,基本\n招商引资,收回\n".encode()
    for _again in range(2):
        file = SimpleUploadedFile("清单.csv", listed)
        office.post(reverse("appraisal:duties"), {"node": here.nodes["county"].pk, "file": file})

    kept = DutyList.objects.get()
    assert [duty["kind"] for duty in kept.duties] == ["basic", "withdrawn"]


def test_a_version_goes_from_the_office_over_the_approver_to_another_officer(
    here, signed_in, draft
):
    put = signed_in(here[Role.APPRAISAL_OFFICE]).post(
        reverse("appraisal:submit", args=[draft.pk]), follow=True
    )
    version = Version.objects.get()
    assert put.status_code == 200

    approver = signed_in(here[Role.ORGANISATION])
    desk = approver.get(reverse("desk:desk")).content.decode()
    assert version.title in desk
    approver.post(
        reverse("appraisal:approve", args=[version.pk]),
        {"document": "清发〔2026〕3号", "dated": days(-1).isoformat()},
    )
    signed_in(here[Role.APPRAISAL_OFFICE]).post(reverse("appraisal:publish", args=[version.pk]))

    version.refresh_from_db()
    assert version.state == Version.State.PUBLISHED
    assert "清发〔2026〕3号" in version.document
    assert version.digest == digest_of(version.document)


def test_who_put_a_version_forward_does_not_approve_it(here, signed_in, draft):
    both = person("both")
    post(both, Role.APPRAISAL_OFFICE, here.nodes["county"])
    post(both, Role.ORGANISATION, here.nodes["county"])
    browser = signed_in(both)
    browser.post(reverse("appraisal:submit", args=[draft.pk]))
    version = Version.objects.get()

    response = browser.post(
        reverse("appraisal:approve", args=[version.pk]),
        {"document": "一号", "dated": days(0).isoformat()},
    )

    assert response.status_code == 422
    assert Version.objects.get().state == Version.State.SUBMITTED


def test_who_approved_does_not_publish(here, signed_in, draft):
    both = person("both")
    post(both, Role.APPRAISAL_OFFICE, here.nodes["county"])
    post(both, Role.ORGANISATION, here.nodes["county"])
    signed_in(here[Role.APPRAISAL_OFFICE]).post(reverse("appraisal:submit", args=[draft.pk]))
    version = Version.objects.get()
    browser = signed_in(both)
    sent = {"document": "一号", "dated": days(0).isoformat()}
    browser.post(reverse("appraisal:approve", args=[version.pk]), sent)
    browser.post(reverse("appraisal:publish", args=[version.pk]))

    assert Version.objects.get().state == Version.State.APPROVED


def test_a_draft_with_errors_is_not_put_forward(here, office):
    content = {**ready_content(), "points": 99}
    draft = a_draft(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE], content=content)
    office.post(reverse("appraisal:submit", args=[draft.pk]))

    assert not Version.objects.exists()


def test_a_version_number_is_used_once(here, office):
    version = a_published_version(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE])
    response = office.post(reverse("appraisal:submit", args=[version.scheme_id]), follow=True)

    assert "已经用过" in response.content.decode()


def test_a_returned_version_leaves_its_number_free(here, signed_in, draft):
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    office.post(reverse("appraisal:submit", args=[draft.pk]))
    version = Version.objects.get()
    signed_in(here[Role.ORGANISATION]).post(
        reverse("appraisal:send_back", args=[version.pk]), {"opinion": "指标太多"}
    )
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    assert "指标太多" in office.get(reverse("appraisal:scheme", args=[draft.pk])).content.decode()
    office.post(reverse("appraisal:submit", args=[draft.pk]))

    assert Version.objects.filter(state=Version.State.SUBMITTED).count() == 1


def test_a_member_reads_the_scheme_and_takes_it_away_as_excel(here, signed_in):
    version = a_published_version(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE])
    browser = signed_in(here[Role.MEMBER])
    page = browser.get(reverse("appraisal:version", args=[version.pk]))
    book = browser.get(reverse("appraisal:excel", args=[version.pk])).content

    assert "民主测评" in page.content.decode()
    assert "指标" in openpyxl.load_workbook(io.BytesIO(book)).sheetnames


def test_the_list_takes_a_bounded_number_of_queries(here, office, django_assert_max_num_queries):
    for _number in range(30):
        a_published_version(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE])

    with django_assert_max_num_queries(20):
        office.get(reverse("appraisal:schemes"))


def test_a_draft_is_tried_on_the_data_of_a_year(here, office):
    third = {"code": "third", "name": "第三支部", "kind": "branch", "level": 3}
    by = here[Role.ADMINISTRATOR]
    add_node(parent=here.nodes["village"], since=days(-400), by=by, **third)
    content = small_scheme().model_dump(mode="json", exclude_defaults=True)
    draft = a_draft(here.nodes["county"], by=here[Role.APPRAISAL_OFFICE], content=content)
    response = office.post(
        reverse("appraisal:backtest", args=[draft.pk]), {"period": str(YEAR)}, follow=True
    )
    trial = Trial.objects.get()

    assert response.status_code == 200
    page = office.get(reverse("appraisal:trial", args=[trial.pk])).content.decode()
    assert "各指标得分的分布" in page
    for words in ("平均得分率", "实际作用", "名次对权重的依赖", "去掉一项，有几个单位名次变动"):
        assert words in page


def test_a_draft_with_errors_or_no_year_is_not_tried(here, office, draft):
    office.post(reverse("appraisal:backtest", args=[draft.pk]), {"period": "去年"})
    draft.document = json.dumps({**ready_content(), "points": 99})
    draft.save()
    office.post(reverse("appraisal:backtest", args=[draft.pk]), {"period": "2025"})

    assert not Trial.objects.exists()
