"""Duty lists (履职事项清单) of a township from Excel or CSV, much as they are published.

The three lists may be sheets of their own or one table with a column that says which list. Title
rows above the headings, merged cells and rows that only name a heading (一、党的建设) are taken as
they come.
"""

from __future__ import annotations

import csv
import mmap
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.parsers import expat

import fastexcel

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.duties import Duty, DutyKind
from ronghe.exchange.cell_reader import CellReader
from ronghe.exchange.tables.encoding import as_utf8
from ronghe.exchange.tables.model import MIB, Limits
from ronghe.exchange.tables.package import SHARED_STRINGS, Package
from ronghe.exchange.tables.sheet import SheetXml

LIMITS = Limits(
    csv_bytes=10 * MIB,
    workbook_bytes=10 * MIB,
    unpacked_bytes=64 * MIB,
    ratio_free_bytes=4 * MIB,
    cells=500_000,
)
"""No duty list is larger than this."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("事项名称", "履职事项", "事项", "名称", "title", "duty"),
    "code": ("序号", "编号", "代码", "事项编码", "code", "no", "no."),
    "kind": ("清单", "清单类型", "清单名称", "事项类型", "kind", "list"),
    "heading": ("类别", "领域", "分类", "事项类别", "heading", "category"),
}
"""What the columns may be called."""

_KINDS: Mapping[DutyKind, str] = {
    "basic": "基本|basic",
    "assisting": "配合|assisting",
    "withdrawn": "收回|withdrawn",
}

Row = tuple[int, Sequence[str]]


def read_duty_list(path: Path) -> tuple[list[Duty], list[Problem]]:
    """Read the duties of all three lists.

    Parameters
    ----------
    path
        A workbook (.xlsx) or a CSV file; CSV may be in GB18030.

    Returns
    -------
    The duties in the order of the file, and warnings: one duty on two lists.

    Raises
    ------
    ProblemsError
        The file cannot be read, has no column for the duty's wording, leaves open which list a
        duty is on, or holds none.
    """
    where = Place(str(path))
    duties: list[Duty] = []
    problems: list[Problem] = []
    for place, rows in _tables(path, where):
        found = _Table(rows, place, path.stem)
        problems += found.problems
        duties += found.duties
    problems += _on_two_lists(duties, where)
    if not duties and not errors_among(problems):
        problems.append(Problem("duty-list-empty", where))
    if errors_among(problems):
        raise ProblemsError(problems)
    return duties, problems


def _tables(path: Path, where: Place) -> list[tuple[Place, list[Row]]]:
    """Read the sheets or the file as rows of text, each row with its number."""
    try:
        with TemporaryDirectory(prefix="ronghe-") as workdir:
            if path.stat().st_size > LIMITS.workbook_bytes:
                size = path.stat().st_size
                raise ProblemsError([Problem("file-too-large", where, size, LIMITS.workbook_bytes)])
            if path.suffix.casefold() == ".csv":
                return [(where, _csv_rows(path, where, Path(workdir)))]
            return list(_sheets(path, where, Path(workdir)))
    except OSError as error:
        raise ProblemsError([Problem("duty-list-unreadable", where, error.strerror)]) from None


def _csv_rows(path: Path, where: Place, workdir: Path) -> list[Row]:
    text = as_utf8(path, where, workdir).path.read_text(encoding="utf-8-sig")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        at = Place(where.source, row=reader.line_num)
        raise ProblemsError([Problem("duty-list-unreadable", at, str(error))]) from None


def _sheets(path: Path, where: Place, workdir: Path) -> Iterator[tuple[Place, list[Row]]]:
    with Package(path, where, LIMITS) as package:
        entries = [entry for entry in package.sheets() if entry.visible]
        copy = package.copy(entries, workdir / "duties.xlsx")
    with (
        copy.path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        CellReader(copy.path) as reader,
    ):
        texts = copy.regions.get(SHARED_STRINGS)
        for entry in entries:
            place = Place(where.source, entry.name)
            try:
                facts = SheetXml(content, copy.regions[entry.part], texts).facts
                if facts.height * facts.width > LIMITS.cells:
                    size = facts.height * facts.width
                    raise ProblemsError([Problem("sheet-too-large", place, size, LIMITS.cells)])
                if facts.height:
                    yield place, _sheet_rows(reader, entry.name)
            except (fastexcel.FastExcelError, expat.ExpatError, ValueError) as error:
                reason = str(error).splitlines()[0]
                raise ProblemsError([Problem("duty-list-unreadable", place, reason)]) from None


def _sheet_rows(reader: CellReader, name: str) -> list[Row]:
    _, rows = reader.cells(name)
    return [(number, [cell or "" for cell in cells]) for number, cells in enumerate(rows, start=1)]


class _Table:
    """The duties of one sheet or file."""

    def __init__(self, rows: Iterable[Row], place: Place, stem: str) -> None:
        self.place = place
        self.duties: list[Duty] = []
        self.problems: list[Problem] = []
        self._columns: dict[str, int] = {}
        self._titles = f"{place.sheet}\n{stem}"
        self._heading = ""
        above = []
        for number, cells in rows:
            texts = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
            if self._columns:
                self._take(number, texts)
            elif not self._find_columns(texts):
                above.append(" ".join(filter(None, texts)))
                self._titles = f"{above[-1]}\n{self._titles}"
        if not self._columns and any(above):
            wanted = "、".join(HEADINGS["title"][:3])
            first = next(filter(None, above))
            self.problems.append(Problem("duty-list-columns", place, first[:60], wanted))

    def _find_columns(self, texts: Sequence[str]) -> bool:
        """Take a row as headings if it has one for the duty's wording."""
        plain = [re.sub(r"\s", "", text).casefold() for text in texts]
        found = {
            key: next((plain.index(name) for name in names if name in plain), None)
            for key, names in HEADINGS.items()
        }
        if found["title"] is None:
            return False
        self._columns = {key: column for key, column in found.items() if column is not None}
        return True

    def _take(self, number: int, texts: Sequence[str]) -> None:
        def cell(key: str) -> str:
            column = self._columns.get(key)
            return texts[column] if column is not None and column < len(texts) else ""

        title = re.sub(r"\s+", "" if _is_chinese(cell("title")) else " ", cell("title"))
        filled = [text for text in texts if text]
        if cell("heading"):
            self._heading = _bare(cell("heading"))
        elif len(set(filled)) == 1 and (not title or _NUMBERED.match(filled[0])):
            self._heading = _bare(filled[0])
            return
        if not title or title in HEADINGS["title"]:
            return
        kind = _kind_of(cell("kind")) if cell("kind") else _kind_of(self._titles)
        if kind is None:
            at = Place(self.place.source, self.place.sheet, number)
            expected = "基本、配合、收回 (basic, assisting, withdrawn)"
            self.problems.append(Problem("duty-list-kind", at, title, expected))
            return
        self.duties.append(Duty(cell("code").removesuffix(".0"), title, kind, self._heading))


_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十]+[)]?[、.]")


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _bare(heading: str) -> str:
    """Take numbering and counts off a heading: 一、党的建设(20项) is 党的建设."""
    without = re.sub(r"\(\s*\d+\s*项\s*\)$", "", heading)
    return re.sub(r"^\(?[一二三四五六七八九十\d]+\)?[、.]?", "", without).strip()


def _kind_of(text: str) -> DutyKind | None:
    """Tell the list by its name; the nearest line that names one, and only one, decides."""
    for line in text.casefold().splitlines():
        kinds = [kind for kind, words in _KINDS.items() if re.search(words, line)]
        if len(kinds) == 1:
            return kinds[0]
    return None


def _on_two_lists(duties: Iterable[Duty], where: Place) -> Iterator[Problem]:
    lists: dict[str, set[DutyKind]] = {}
    for duty in duties:
        lists.setdefault(duty.title, set()).add(duty.kind)
    for title, kinds in lists.items():
        if len(kinds) > 1:
            named = "、".join(f"{_TITLES[kind]} ({kind})" for kind in sorted(kinds))
            yield Problem("duty-list-twice", where, title, named, severity="warning")


_TITLES: Mapping[DutyKind, str] = {"basic": "基本", "assisting": "配合", "withdrawn": "收回"}
