"""Text files in the encodings that people have, turned into UTF-8 piece by piece.

UTF-8 with or without a mark, UTF-16 with a mark, otherwise GB18030 (which contains GBK and
GB2312). Nothing is guessed away: bytes that fit none of them are a problem.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.exchange.tables.model import refusal

CHUNK = 1 << 20
LONGEST_LINE = 2 << 20
"""So many bytes without a line end are no row."""
_CERTAINLY_UTF8 = 16
"""So many bytes beyond the number of characters: other encodings do not look so by chance."""


@dataclass(slots=True)
class _Watch:
    """What goes by in a stream of UTF-8: lines, the first NUL, an empty line before more text.

    An endless line would fill the memory of whoever reads rows.
    """

    lines: int = 0
    nul_line: int | None = None
    endless_line: int | None = None
    empty_line_inside: bool = False
    _after_empty: bool = False
    _tail: bytes = b""
    _without_end: int = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece."""
        if self.nul_line is None and (at := chunk.find(b"\0")) >= 0:
            self.nul_line = self.lines + chunk.count(b"\n", 0, at) + 1
        self._look_for_empty_lines(chunk)
        ends = chunk.count(b"\n")
        self._without_end = 0 if ends or b"\r" in chunk else self._without_end + len(chunk)
        if self._without_end > LONGEST_LINE:
            self.endless_line = self.lines + 1
        self.lines += ends

    def _look_for_empty_lines(self, chunk: bytes) -> None:
        if self.empty_line_inside:
            return
        seen = self._tail + chunk
        places = [at for mark in (b"\n\n", b"\n\r\n") if (at := seen.find(mark)) >= 0]
        rest = seen[min(places) :] if places else chunk if self._after_empty else b""
        self.empty_line_inside = bool(rest.strip(b"\r\n"))
        self._after_empty = self._after_empty or bool(places)
        self._tail = seen[-3:]


@dataclass(frozen=True, slots=True)
class Utf8File:
    """A text file as UTF-8: where it lies now, the SHA-256 of the original, what it has inside."""

    path: Path
    sha256: str
    empty_line_inside: bool


def as_utf8(path: Path, where: Place, workdir: Path) -> Utf8File:
    """Read a text file once, and if it is not UTF-8 a second time to write it as UTF-8.

    Raises
    ------
    ProblemsError
        Bytes of no known encoding, NUL, or a line without end; the line is named.
    """
    digest, watch = hashlib.sha256(), _Watch()
    fault: ProblemsError | None = None
    surplus = 0
    with path.open("rb") as file:
        mark = file.read(2)
        file.seek(0)
        wide = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        decoder = codecs.getincrementaldecoder("utf-8")()
        for chunk in _pieces(file):
            digest.update(chunk)
            if wide or fault:
                continue
            try:
                surplus += len(chunk) - len(decoder.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                fault = _wrong_bytes(where, watch.lines, error, "UTF-8")
                before = error.object[: error.start]
                surplus += len(before) - len(before.decode())
            watch.feed(chunk)
    if fault and (surplus >= _CERTAINLY_UTF8 or mark == codecs.BOM_UTF8[:2]):
        raise fault
    if wide or fault:
        target = workdir / f"{digest.hexdigest()}.csv"
        watch = _transcode(path, target, "utf-16" if wide else "gb18030", where, fault)
        path = target
    if watch.nul_line is not None:
        raise refusal("nul-byte", Place(where.source, row=watch.nul_line))
    if watch.endless_line is not None:
        raise refusal("line-too-long", Place(where.source, row=watch.endless_line))
    return Utf8File(path, digest.hexdigest(), watch.empty_line_inside)


def _transcode(
    path: Path, target: Path, encoding: str, where: Place, earlier: ProblemsError | None
) -> _Watch:
    """Write a file as UTF-8; if that fails too, the encoding that got further is complained of."""
    watch = _Watch()
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file, target.open("wb") as out:
        for chunk in _pieces(file):
            try:
                text = decoder.decode(chunk, final=not chunk).encode()
            except UnicodeDecodeError as error:
                wrong = _wrong_bytes(where, watch.lines, error, encoding.upper())
                raise max(filter(None, (wrong, earlier)), key=_line) from None
            out.write(text)
            watch.feed(text)
    return watch


def _line(fault: ProblemsError) -> int:
    return fault.problems[0].where.row or 0


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces, and an empty one at the end."""
    while chunk := file.read(CHUNK):
        yield chunk
    yield b""


def _wrong_bytes(
    where: Place, lines: int, error: UnicodeDecodeError, encoding: str
) -> ProblemsError:
    line = lines + error.object.count(b"\n", 0, error.start) + 1
    found = error.object[error.start : error.start + 4].hex(" ").upper()
    place = Place(where.source, row=line)
    return ProblemsError([Problem("encoding-unknown", place, found, details={"tried": encoding})])


def with_filled_lines(file: Path, target: Path, delimiter: str, width: int) -> None:
    """Write a CSV file with one kind of line end, empty lines as rows of empty cells.

    Row numbers then count what a person sees.

    Raises
    ------
    csv.Error
        A quotation mark is not closed or a cell is too long.
    """
    with (
        file.open(encoding="utf-8-sig", newline="") as text,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        writer.writerows(row or [""] * width for row in rows)
