"""Workbooks made to do harm, or broken: refused at once, whatever they claim."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from table_files import HEADER_XML, Reading, bare_workbook, codes, refused, sheet_xml, workbook

from ronghe.exchange.tables import Limits

ROW = '<row r="2"><c r="A2" t="str"><v>Q1</v></c><c r="B2" t="str"><v>d</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIB = 1 << 20


def test_a_part_that_unpacks_to_very_much_is_refused_by_its_ratio(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(ROW + " " * 32 * MIB))
    (problem,) = refused(tmp_path)
    assert problem.code == "workbook-ratio"
    assert problem.found > 200


def test_a_part_that_is_not_read_counts_too(tmp_path: Path) -> None:
    extra = {"xl/media/image1.png": bytes(32 * MIB)}
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW), extra=extra)
    assert codes(refused(tmp_path)) == ["workbook-ratio"]


def test_small_workbooks_may_pack_as_well_as_they_like(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW + " " * 4 * MIB))
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


def test_the_unpacked_size_is_limited(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW))
    (problem,) = refused(tmp_path, Limits(unpacked_bytes=500))
    assert (problem.code, problem.expected) == ("workbook-unpacks-too-large", 500)


def test_the_number_of_parts_is_limited(tmp_path: Path) -> None:
    extra = {f"xl/media/{number}.png": b"" for number in range(30)}
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW), extra=extra)
    (problem,) = refused(tmp_path, Limits(parts=20))
    assert (problem.code, problem.found) == ("workbook-too-many-parts", 35)


def test_the_size_of_the_file_is_limited(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW))
    assert codes(refused(tmp_path, Limits(workbook_bytes=100))) == ["file-too-large"]


def understate(path: Path, part: str, size: int, crc: int | None = None) -> None:
    """Let a zip archive say that one of its parts is smaller than it is."""
    data = bytearray(path.read_bytes())
    name = part.encode()
    local = data.index(name) - 30
    central = data.index(name, data.index(b"PK\x01\x02")) - 46
    for crc_at, size_at in ((local + 14, local + 22), (central + 16, central + 24)):
        struct.pack_into("<I", data, size_at, size)
        if crc is not None:
            struct.pack_into("<I", data, crc_at, crc)
    path.write_bytes(data)


@pytest.mark.parametrize("crc_fits", [False, True])
def test_a_part_that_claims_to_be_smaller_than_it_is_is_not_unpacked_further(
    tmp_path: Path, crc_fits: bool
) -> None:
    xml = sheet_xml(HEADER_XML + ROW * 100_000)
    path = bare_workbook(tmp_path / "town.xlsx", xml)
    crc = zlib.crc32(xml.encode()[:2000]) if crc_fits else None
    understate(path, "xl/worksheets/sheet1.xml", 2000, crc)
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_one_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + far))
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found) == ("sheet-too-large", "XFD1048576")


def test_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW + far))
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


@pytest.mark.parametrize(
    "far",
    [
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row>',
        '<row r="2"><x:c r="ZZZZ2"><v>1</v></x:c></row>',
        '<row r="2"><c s="0" r="A2000000"><v>1</v></c></row>',
    ],
)
def test_a_cell_outside_every_sheet_is_damage(tmp_path: Path, far: str) -> None:
    xml = sheet_xml(HEADER_XML + far).replace("<worksheet ", '<worksheet xmlns:x="x" ')
    bare_workbook(tmp_path / "town.xlsx", xml)
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_a_long_text_that_very_many_cells_share_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(2, 3000))
    strings = f"<sst><si><t>{'长' * 20_000}</t></si></sst>".encode()
    bare_workbook(
        tmp_path / "town.xlsx",
        sheet_xml(HEADER_XML + cells),
        extra={"xl/sharedStrings.xml": strings},
    )
    (problem,) = refused(tmp_path, Limits(unpacked_bytes=64 * MIB))
    assert problem.code == "workbook-unpacks-too-large"
    assert problem.found > 2998 * 60_000


LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def test_a_sheet_that_declares_entities_is_refused(tmp_path: Path) -> None:
    xml = sheet_xml(HEADER_XML + ROW.replace("Q1", "&c;"), before=LAUGHS)
    bare_workbook(tmp_path / "town.xlsx", xml)
    assert codes(refused(tmp_path)) == ["workbook-declares-entities"]


def test_a_list_of_sheets_that_declares_entities_is_refused(tmp_path: Path) -> None:
    xml = f'<?xml version="1.0"?>{LAUGHS}<workbook>&c;</workbook>'.encode()
    bare_workbook(tmp_path / "t.xlsx", sheet_xml(ROW), extra={"xl/workbook.xml": xml})
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_entities_in_utf16_are_not_overlooked(tmp_path: Path) -> None:
    xml = sheet_xml(HEADER_XML + ROW, before=LAUGHS).replace("UTF-8", "UTF-16")
    bare_workbook(tmp_path / "t.xlsx", "", extra={"xl/worksheets/sheet1.xml": xml.encode("utf-16")})
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_parts_packed_in_ways_that_workbooks_do_not_use_are_refused(tmp_path: Path) -> None:
    path = bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/theme.xml", "<theme/>")
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW))
    with (
        zipfile.ZipFile(tmp_path / "town.xlsx", "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found) == ("workbook-damaged", "two parts of one name")


def test_names_that_lead_out_of_the_archive_are_never_followed(tmp_path: Path) -> None:
    data = tmp_path / "in" / "data"
    data.mkdir(parents=True)
    extra = {"../../evil.xml": b"x", "/tmp/evil.xml": b"x"}
    bare_workbook(data / "town.xlsx", sheet_xml(HEADER_XML + ROW), extra=extra)
    assert Reading(data).rows("records", "unit") == [("Q1",)]
    assert not list(tmp_path.rglob("evil.xml"))


def test_an_encrypted_workbook_is_told_from_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "records.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert codes(refused(tmp_path)) == ["workbook-encrypted"]
    (tmp_path / "records.xlsx").write_bytes(OLE + bytes(512))
    assert codes(refused(tmp_path)) == ["workbook-old-format"]


def test_a_part_with_a_password_is_refused(tmp_path: Path) -> None:
    path = bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert codes(refused(tmp_path)) == ["workbook-encrypted"]


def test_an_empty_workbook_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "records.xlsx").write_bytes(b"")
    assert codes(refused(tmp_path)) == ["file-empty"]


@pytest.mark.parametrize("content", [b"unit,date\nQ1,d\n", b"PK\x03\x04 and no more"])
def test_what_is_no_archive_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "records.xlsx").write_bytes(content)
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_an_archive_that_is_no_workbook_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "records.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_a_workbook_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "records.xlsx", {"records": [["unit", "date"], ["Q1", "d"]]})
    data = whole.read_bytes()
    for length in range(10, len(data), len(data) // 15):
        whole.write_bytes(data[:length])
        assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_broken_xml_is_damaged(tmp_path: Path) -> None:
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW)[:-40])
    assert codes(refused(tmp_path)) == ["workbook-damaged"]


def test_a_flipped_bit_in_the_packed_data_is_noticed(tmp_path: Path) -> None:
    path = bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + ROW * 50))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    data = bytearray(path.read_bytes())
    data[start] ^= 0x10
    path.write_bytes(data)
    assert codes(refused(tmp_path)) == ["workbook-damaged"]
