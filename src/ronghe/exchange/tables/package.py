"""Opening a workbook, a zip archive of XML parts, without trusting it.

The parts that will be read are unpacked here, counted while they unpack, and written without
compression to a file of our own; only that file is given to the reader of sheets. So what was
checked is what is read, and nothing is unpacked that was not asked for.
"""

from __future__ import annotations

import mmap
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ronghe.analysis.errors import Place, ProblemsError
from ronghe.exchange.tables.encoding import CHUNK
from ronghe.exchange.tables.model import GIB, Limits, refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALWAYS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
SHARED_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name, whether it is shown, the part it lies in."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """A checked copy: the file, and where in it each part lies (start, end)."""

    path: Path
    regions: Mapping[str, tuple[int, int]]


class Package:
    """A workbook file that passed the checks of its directory."""

    def __init__(self, path: Path, where: Place, limits: Limits) -> None:
        """Open and check; raise `ProblemsError` for what is not a workbook or too large."""
        self._where, self._limits = where, limits
        _refuse_other_formats(path, where)
        try:
            self._zip = zipfile.ZipFile(path)
        except Exception as error:  # of many kinds
            raise self._refusal("workbook-damaged", str(error)) from None
        self._parts = {i.filename.replace("\\", "/").casefold(): i for i in self._zip.infolist()}
        try:
            self._check_directory()
        except ProblemsError:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _refusal(self, code: str, found: Any = None, expected: Any = None) -> ProblemsError:
        return refusal(code, self._where, found, expected)

    def _check_directory(self) -> None:
        infos, limits = self._zip.infolist(), self._limits
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos) or 1
        if len(infos) > limits.parts:
            raise self._refusal("workbook-too-many-parts", len(infos), limits.parts)
        if unpacked > limits.unpacked_bytes:
            raise self._refusal("workbook-unpacks-too-large", unpacked, limits.unpacked_bytes)
        if unpacked > limits.ratio_free_bytes and unpacked > limits.ratio * packed:
            raise self._refusal("workbook-ratio", unpacked // packed, limits.ratio)
        if len(self._parts) < len(infos):
            raise self._refusal("workbook-damaged", "two parts of one name")
        if any(i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for i in infos):
            raise self._refusal("workbook-damaged", "unknown way of packing")
        if any(info.flag_bits & 1 for info in infos):
            raise self._refusal("workbook-encrypted")
        if "xl/workbook.xml" not in self._parts:
            raise self._refusal("workbook-damaged", "no xl/workbook.xml")

    def _read(self, part: str) -> Iterable[bytes]:
        """Unpack a part piece by piece; more than its entry or the limits say is refused."""
        size, most = 0, self._limits.unpacked_bytes
        try:
            with self._zip.open(self._parts[part.casefold()]) as file:
                while piece := file.read(CHUNK):
                    size += len(piece)
                    if size > most:
                        raise self._refusal("workbook-unpacks-too-large", size, most)
                    yield piece
        except ProblemsError:
            raise
        except Exception as error:  # zipfile and what it unpacks with raise many kinds
            raise self._refusal("workbook-damaged", f"{part}: {error}") from None

    def sheets(self) -> list[SheetEntry]:
        """List the sheets in the workbook's order; charts and macros are none."""
        targets: dict[str, str] = {}
        listed: list[tuple[str, bool, str]] = []

        def relation(_tag: str, attributes: dict[str, str]) -> None:
            if attributes.get("Type", "").endswith("/worksheet"):
                target = posixpath.join("/xl", attributes.get("Target", ""))
                targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if unprefixed(tag) == "sheet":
                plain = {unprefixed(key): value for key, value in attributes.items()}
                visible = plain.get("state", "visible") == "visible"
                listed.append((plain.get("name", ""), visible, plain.get("id", "")))

        self._parse("xl/_rels/workbook.xml.rels", relation)
        self._parse("xl/workbook.xml", sheet)
        found = [SheetEntry(name, shown, targets.get(rid, "")) for name, shown, rid in listed]
        return [sheet for sheet in found if sheet.part.casefold() in self._parts]

    def _parse(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        if part.casefold() not in self._parts:
            raise self._refusal("workbook-damaged", f"no {part}")
        try:
            parse_xml(self._read(part), start=start)
        except expat.ExpatError as error:
            raise self._refusal("workbook-damaged", f"{part}: {error}") from None

    def copy(self, sheets: Iterable[SheetEntry], target: Path) -> CleanCopy:
        """Write the parts needed to read some sheets to a file of our own."""
        wanted = [*_ALWAYS, *dict.fromkeys(sheet.part for sheet in sheets)]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
            for part in wanted:
                if part.casefold() in self._parts:
                    self._copy_part(part, out)
            entries = {info.filename: info for info in out.infolist()}
        with target.open("rb") as file:
            regions = {name: _region(file, info) for name, info in entries.items()}
        return CleanCopy(target, regions)

    def _copy_part(self, part: str, out: zipfile.ZipFile) -> None:
        large = self._parts[part.casefold()].file_size > GIB
        with out.open(part, "w", force_zip64=large) as target:
            for number, piece in enumerate(self._read(part)):
                if number == 0 and b"<!DOCTYPE" in piece:  # it would stand before everything else
                    raise self._refusal("workbook-declares-entities", part)
                target.write(piece)


def _refuse_other_formats(path: Path, where: Place) -> None:
    """Tell by its first bytes what a file that is called a workbook really is."""
    with path.open("rb") as file:
        start = file.read(8)
        if not start:
            raise refusal("file-empty", where)
        if start == _OLE:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                encrypted = content.find("EncryptedPackage".encode("utf-16-le")) >= 0
            code = "workbook-encrypted" if encrypted else "workbook-old-format"
            raise refusal(code, where, ".xls")


def _region(file: Any, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Find where the bytes of an uncompressed part begin and end: behind its local header."""
    file.seek(info.header_offset + 26)
    lengths = file.read(4)
    names = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    start = info.header_offset + 30 + names
    return start, start + info.file_size


def parse_xml(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse XML; tags and attributes keep their prefixes (see `unprefixed`).

    A document type is refused; without one there are no entities that could expand.

    Raises
    ------
    xml.parsers.expat.ExpatError
        The XML is not well formed or declares a document type.
    """

    def refuse(*_: object) -> None:
        raise expat.ExpatError("document type declared")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    if end and text:
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
    for piece in pieces:
        parser.Parse(piece)
    parser.Parse(b"", True)


def unprefixed(name: str) -> str:
    """Return a tag's or an attribute's name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name
