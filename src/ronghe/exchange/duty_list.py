"""Duty lists (履职事项清单) of a township from Excel or CSV, much as they are published.

The three lists may be sheets of their own or one table with a column that says which list. Title
rows above the headings, merged cells and rows that only name a heading (一、党的建设) are taken as
they come.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.duties import Duty, DutyKind
from ronghe.exchange.small_tables import Row, read_small_tables

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
    for place, rows in read_small_tables(path, unreadable="duty-list-unreadable"):
        found = _Table(rows, place, path.stem)
        problems += found.problems
        duties += found.duties
    problems += _on_two_lists(duties, where)
    if not duties and not errors_among(problems):
        problems.append(Problem("duty-list-empty", where))
    if errors_among(problems):
        raise ProblemsError(problems)
    return duties, problems


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
