"""The burden table that ``ronghe scheme check`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ronghe.analysis.scheme.burden import BurdenRow, SupplierBurden, by_supplier
from ronghe.analysis.scheme.parts import Text
from ronghe.cli.tables import table
from ronghe.wording import Language

_ASKED = {
    "zh": ("填报人", "指标", "每次项数", "每年次数", "一年项数", "佐证", "与谁重复"),
    "en": ("supplier", "indicator", "entries", "times", "a year", "evidence", "also asked by"),
}
_SUMS = {
    "zh": ("合计", "指标数", "一年项数", "佐证", "重复"),
    "en": ("in all", "indicators", "a year", "evidence", "repeats"),
}


def burden_lines(rows: Iterable[BurdenRow], language: Language) -> Iterator[str]:
    """Yield the burden table: what is asked, of whom, how often; the sums by supplier; the rest."""
    rows = list(rows)
    asked = [row for row in rows if row.yearly or row.proofs]
    yield "填报负担（每个考核对象一年）" if language == "zh" else "Burden (for each unit, a year)"
    yield ""
    if asked:
        yield from table(_ASKED[language], (_row(row, language) for row in asked))
        yield ""
        yield from table(_SUMS[language], (_sum(one, language) for one in by_supplier(asked)))
        yield ""
    total, proofs = sum(row.yearly for row in rows), sum(row.proofs for row in rows)
    free = Counter(row.there for row in rows if row not in asked)
    yield (
        f"一年共 {total} 项、佐证 {proofs} 份；另有 {free.total()} 项指标不用填报："
        f"取自纪实 {free['records']}，部门提供 {free['owner']}，测评等 {free['others']}，"
        f"填报项数为 0 的 {free['']}。"
        if language == "zh"
        else f"{total} entries and {proofs} pieces of evidence a year; {free.total()} indicator(s) "
        f"ask for nothing: records {free['records']}, departments {free['owner']}, votes and the "
        f"like {free['others']}, no entries set {free['']}."
    )
    yield ""


def _row(row: BurdenRow, language: Language) -> tuple[str, ...]:
    return (
        _supplier(row.supplier, language),
        _said(row.title, language),
        str(row.entries),
        str(row.times),
        str(row.yearly),
        str(row.proofs or ""),
        "、".join(_said(title, language) for title in row.also_in),
    )


def _sum(one: SupplierBurden, language: Language) -> tuple[str, ...]:
    numbers = (one.indicators, one.entries, one.proofs, one.repeats)
    return (_supplier(one.supplier, language), *map(str, numbers))


def _supplier(name: str, language: Language) -> str:
    return name or ("考核对象" if language == "zh" else "the units")


def _said(words: Text, language: Language) -> str:
    return (words.en or words.zh) if language == "en" else words.zh
