"""Files behind appeals: for who appealed and those who answer, nobody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services import appeals
from ronghe.apps.records.selectors.evidence import path_of
from round_world import an_appeal, computed, moved, result_of


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def made(here):
    """An open appeal of the branch."""
    return an_appeal(here, moved(here, computed(here), Event.DISCLOSE))


def a_file(text="第3号纪实的签到表", name="签到.txt"):
    return SimpleUploadedFile(name, text.encode())


def test_who_appealed_puts_files_behind_it_on_the_page_and_the_office_reads_them(
    here, made, signed_in
):
    secretary = signed_in(here[Role.BRANCH_SECRETARY])
    page = reverse("appraisal:result", args=[made.result_id])
    assert "加附件" in secretary.get(page).content.decode()
    secretary.post(reverse("appraisal:attach", args=[made.pk]), {"file": a_file()})
    file = made.files.get()
    address = reverse("appraisal:appeal_file", args=[file.pk])
    assert address in secretary.get(page).content.decode()
    assert secretary.get(address).content.decode() == "第3号纪实的签到表"

    office = signed_in(here[Role.APPRAISAL_OFFICE])
    assert address in office.get(reverse("appraisal:answer", args=[made.pk])).content.decode()
    assert office.get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.PARTY_SECRETARY, Role.INSPECTOR, Role.MEMBER])
def test_nobody_else_reads_them_though_they_see_the_result(here, made, signed_in, role):
    file = appeals.attach(made, file=a_file(), by=here[Role.BRANCH_SECRETARY])
    browser = signed_in(here[role])

    assert browser.get(reverse("appraisal:appeal_file", args=[file.pk])).status_code == 404
    page = browser.get(reverse("appraisal:result", args=[made.result_id])).content.decode()
    assert "签到.txt" not in page


def test_what_is_not_a_document_or_one_too_many_is_refused(here, made):
    by = here[Role.BRANCH_SECRETARY]
    with pytest.raises(ValidationError):
        appeals.attach(made, file=SimpleUploadedFile("run.exe", b"\x7fELF\x02\x01\x00\x00"), by=by)
    for number in range(appeals.MOST_FILES):
        appeals.attach(made, file=a_file(str(number)), by=by)
    with pytest.raises(ValidationError, match="最多"):
        appeals.attach(made, file=a_file("x"), by=by)


def test_files_are_added_by_oneself_until_the_answer(here, made):
    with pytest.raises(PermissionDenied):
        appeals.attach(made, file=a_file(), by=here[Role.APPRAISAL_OFFICE])
    appeals.answer(made, upheld=False, words="不成立", by=here[Role.APPRAISAL_OFFICE])
    with pytest.raises(ValidationError, match="已经答复"):
        appeals.attach(made, file=a_file(), by=here[Role.BRANCH_SECRETARY])


def test_files_of_appeals_lie_apart_from_those_of_records(here, made):
    file = appeals.attach(made, file=a_file(), by=here[Role.BRANCH_SECRETARY])

    assert path_of(file.digest, appeals.SHELF).is_file()
    assert not path_of(file.digest).exists()
    assert result_of(made.result.run.round).appeals.get() == made
