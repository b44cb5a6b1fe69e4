"""Evidence is optional, told by what is in it, cleaned, and handed out to be saved only."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from records_world import a_file_behind, a_record
from ronghe.apps.access import Role
from ronghe.apps.records.models import Evidence
from ronghe.apps.records.selectors.evidence import NEAR, evidence_of, hints_for, path_of
from ronghe.apps.records.services import correct_record
from ronghe.apps.records.services.evidence import MOST, attach, remove_evidence
from ronghe.apps.records.uploads import cleaned, distance, fingerprint_of, safe_name


def photo(seed: int = 1, *, size=(320, 240), form: str = "JPEG", **saved) -> bytes:
    """Draw a photograph of coarse random patches."""
    drawn = random.Random(seed)
    small = Image.new("RGB", (12, 9))
    small.putdata([tuple(drawn.randrange(256) for _ in range(3)) for _ in range(108)])
    kept = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(kept, form, **saved)
    return kept.getvalue()


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    """Make a zip archive of these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return kept.getvalue()


def huge_png(side: int) -> bytes:
    """Make a small file that says it is a picture of so many pixels on each side."""
    part = lambda kind, data: (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", data) + part(b"IEND", b"")


WORKBOOK = ("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (photo(), "a.exe", "jpg"),
        (photo(form="PNG"), "a.jpg", "png"),
        (photo(form="WEBP"), "a.webp", "webp"),
        (b"%PDF-1.7\n%...", "a.txt", "pdf"),
        (archive(*WORKBOOK), "a.zip", "xlsx"),
        (archive("[Content_Types].xml", "word/document.xml"), "b", "docx"),
        ("张三,1\n李四,-2\n".encode(), "a.csv", "csv"),
        ("张三\n".encode("gb18030"), "a.txt", "txt"),
    ],
)
def test_a_file_is_told_by_what_is_in_it(content, name, ending):
    assert cleaned(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.jpg"),
        (b" \n<!DOCTYPE html><script>alert(1)</script>", "a.txt"),
        (b"<?xml version='1.0'?><svg/>", "a.txt"),
        (b"MZ\x90\0\3\0\0\0\4", "a.pdf"),
        (b"\x7fELF\2\1\1", "a.jpg"),
        (b"GIF89a\1\0\1\0\0\0\0;", "a.gif"),
        (b"%PDF-1.7 /JavaScript (app.alert(1))", "a.pdf"),
        (b"name,\"=cmd|' /c calc'!A1\"\n", "a.csv"),
        (b"a,@SUM(1)\n", "a.csv"),
        (photo()[:200], "a.jpg"),
        (huge_png(30_000), "bomb.png"),
        (huge_png(100_000), "bomb.png"),
        (archive("a.txt"), "a.xlsx"),
        (archive(*WORKBOOK, "xl/vbaProject.bin"), "a.xlsm"),
        (archive(*WORKBOOK, content=b"\0" * (64 << 20)), "bomb.xlsx"),
        (b"PK\x03\x04 and nothing more", "a.xlsx"),
    ],
)
def test_a_hostile_file_is_refused_in_words(content, name):
    with pytest.raises(ValidationError):
        cleaned(content, name)


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_do_anything_but_be_kept_or_refused(content):
    for head in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"RIFF0000WEBP"):
        try:
            kept = cleaned(head + content, "a.csv")
        except ValidationError:
            continue
        assert kept.ending in {"jpg", "png", "webp", "pdf", "xlsx", "docx", "csv"}


@given(st.text(max_size=120))
def test_no_name_leads_out_of_its_folder_or_hides_its_ending(name):
    kept = safe_name(name, "pdf")

    assert kept.endswith(".pdf")
    assert len(kept) <= 90
    assert not set(kept) & set('/\\<>:"|?*;\0\n\r\u202e')
    assert kept.strip(".") not in ("", "pdf")


def test_where_a_photograph_was_taken_is_not_kept():
    marks = Image.Exif()
    marks[0x010F] = "maker"
    marks.get_ifd(0x8825)[1] = "N"
    sent = photo(exif=marks)
    assert b"Exif" in sent

    kept = cleaned(sent, "a.jpg").content

    assert b"Exif" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_the_same_view_saved_otherwise_is_near_and_another_is_far():
    mark = lambda content: fingerprint_of(Image.open(io.BytesIO(content)))
    first = mark(photo(1))
    again = [photo(1, quality=30), photo(1, size=(640, 480)), photo(1, form="PNG")]

    assert all(distance(first, mark(one)) <= NEAR for one in again)
    assert all(distance(first, mark(photo(seed))) > NEAR for seed in range(2, 30))


def send(record, content, by, name="签到表.txt"):
    return attach(record, name=name, chunks=[content], by=by)


def test_a_file_is_kept_by_its_digest_outside_the_web_root_for_this_user_alone(here):
    made = send(a_record(here), b"one", here[Role.BRANCH_SECRETARY], "../../etc/passwd")

    path = path_of(made.digest)
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o077 == 0
    assert made.name == "passwd.txt"


def test_only_who_changes_a_record_puts_files_behind_it(here):
    record = a_record(here)

    with pytest.raises(PermissionDenied):
        send(record, b"one", here[Role.VIEWER])


def test_too_large_and_too_many_are_refused(here, settings):
    settings.RONGHE_EVIDENCE_MB = 1
    record, by = a_record(here), here[Role.BRANCH_SECRETARY]

    with pytest.raises(ValidationError):
        attach(record, name="a.txt", chunks=[b"a" * (1 << 19)] * 3, by=by)
    for number in range(MOST):
        send(record, str(number).encode(), by)
    with pytest.raises(ValidationError):
        send(record, b"more", by)


def test_a_file_is_handed_out_to_be_saved_and_never_run(here, signed_in):
    file = a_file_behind(a_record(here), by=here.people[Role.MEMBER], name="签到;.txt")

    answer = signed_in(here[Role.VIEWER]).get(reverse("records:download", args=[file.pk]))

    assert answer.content.decode() == "张三"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_sent_from_a_page_stands_on_the_record(here, signed_in):
    record = a_record(here)
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    sent = SimpleUploadedFile("会场.jpg", photo(), "image/jpeg")

    browser.post(reverse("records:upload", args=[record.pk]), {"file": sent})

    told = browser.get(reverse("records:record", args=[record.pk])).content.decode()
    assert "会场.jpg" in told
    wrong = SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")
    answer = browser.post(reverse("records:upload", args=[record.pk]), {"file": wrong})
    assert answer.status_code == 422


def test_repeats_and_near_repeats_are_hinted_at_to_who_checks(here, signed_in):
    by = here[Role.BRANCH_SECRETARY]
    first, second, third = a_record(here), a_record(here), a_record(here)
    send(first, photo(1), by, "a.jpg")
    send(second, photo(1), by, "b.jpg")
    send(third, photo(1, quality=40), by, "c.jpg")

    assert {(one.other, one.same) for one in hints_for(second)} == {(first, True), (third, False)}
    page = reverse("records:record", args=[second.pk])
    assert "照片很像" in signed_in(here[Role.ORGANISATION_OFFICER]).get(page).content.decode()
    assert "照片很像" not in signed_in(by).get(page).content.decode()


def test_another_countys_photographs_are_never_hinted_at(here, there):
    mine, theirs = a_record(here), a_record(there)
    send(mine, photo(1), here[Role.BRANCH_SECRETARY])
    send(theirs, photo(1), there[Role.BRANCH_SECRETARY])

    assert hints_for(mine) == []


def test_a_correction_keeps_the_files(here):
    record, by = a_record(here), here[Role.BRANCH_SECRETARY]
    send(record, b"one", by)

    mended = correct_record(record, served="李家", reason="写错", by=by)

    assert [one.name for one in evidence_of(mended)] == ["签到表.txt"]


def test_what_is_removed_is_gone_once_no_other_record_has_it(
    here, django_capture_on_commit_callbacks
):
    by = here[Role.BRANCH_SECRETARY]
    one, other = (send(a_record(here), b"shared", by) for _ in range(2))
    for file, gone in ((one, False), (other, True)):
        with django_capture_on_commit_callbacks(execute=True):
            remove_evidence(file, reason="拍到了孩子", by=by)
        assert path_of(file.digest).exists() is not gone
    assert Evidence.objects.exclude(removed="").count() == 2


def test_without_a_reason_nothing_is_removed(here):
    file = send(a_record(here), b"one", here[Role.BRANCH_SECRETARY])

    with pytest.raises(ValidationError):
        remove_evidence(file, reason=" ", by=here[Role.BRANCH_SECRETARY])
    assert path_of(file.digest).exists()
