"""Generating: the same seed gives the same bytes, and what cannot be done is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from ronghe.analysis.errors import ProblemsError
from ronghe.demo import Format, generate, hand_down
from ronghe.demo.shape import County, counties
from ronghe.wording.demo import SENTENCES


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


Small = Callable[[Format], Path]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return the folder of the smallest county in a format."""
    folder = tmp_path_factory.mktemp("small")
    made: dict[Format, Path] = {}

    def of(format: Format) -> Path:
        if format not in made:
            made[format] = generate(600, folder / format, format=format).folder
        return made[format]

    return of


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx"])
def test_the_same_seed_gives_the_same_bytes(format: Format, small: Small, tmp_path: Path) -> None:
    again = generate(600, tmp_path / "again", format=format).folder
    assert digests(again) == digests(small(format))


def test_another_seed_gives_other_records(small: Small, tmp_path: Path) -> None:
    other = generate(600, tmp_path / "other", seed=1).folder
    assert digests(other)["records.csv"] != digests(small("csv"))["records.csv"]


def test_all_formats_hold_the_same_rows(small: Small) -> None:
    query = "select * from '{}' order by all"
    kinds: tuple[Format, ...] = ("csv", "parquet")
    for table in ("units", "measures", "ballots"):
        one, other = (
            duckdb.sql(query.format(small(kind) / f"{table}.{kind}")).fetchall() for kind in kinds
        )
        assert [list(map(str, r[:3])) for r in one] == [list(map(str, r[:3])) for r in other]


def test_a_workbook_has_a_sheet_for_every_table(small: Small) -> None:
    with ZipFile(small("xlsx") / "data.xlsx") as archive:
        listed = archive.read("xl/workbook.xml").decode()
    for table in ("units", "records", "open_items"):
        assert f'name="{table}"' in listed


def test_a_province_has_one_file_of_records_for_each_county_sorted_by_unit(
    tmp_path: Path,
) -> None:
    made = generate(50_000, tmp_path / "province", scope="province", format="parquet")
    files = sorted((made.folder / "records").iterdir())
    assert [file.name for file in files] == ["C0001.parquet", "C0002.parquet"]
    for file in files:
        units = [u for (u,) in duckdb.sql(f"select unit from '{file}'").fetchall()]
        assert units == sorted(units)
        assert all(unit.startswith(file.stem) for unit in units)
    members = duckdb.sql(
        f"select peer_group, count(*) from '{made.folder}/units.parquet'"
        " where kind = 'member' group by all order by all"
    ).fetchall()
    assert members == [("C0001", 25_000), ("C0002", 25_000)]


def test_a_country_has_provinces_above_its_counties() -> None:
    places = counties(4_000_000, "country", [])
    areas = {area.code: area for place in places for area in place.areas}
    assert sum(place.members for place in places) == 4_000_000
    assert len(places) == 125
    assert areas["AC0091"].parent == "AP02"
    assert areas["AP02"].parent == "A"


def test_the_classes_of_branches_take_all_members() -> None:
    for members in (600, 8000, 31_999):
        classes = County("X", "X", members, True, ()).classes()
        assert sum(one.members for one in classes) == members
        assert all(one.members >= one.branches * one.fewest for one in classes)


def test_progress_ends_with_the_last_step(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    generate(600, tmp_path / "county", progress=lambda done, all_, _: steps.append((done, all_)))
    assert steps[-1] == (10, 10)
    assert [done for done, _ in steps] == list(range(1, 11))


def test_an_earlier_county_is_replaced_and_other_folders_are_left_alone(tmp_path: Path) -> None:
    made = generate(600, tmp_path / "county", seed=1).folder
    before = digests(made)
    generate(600, made, seed=2)
    assert digests(made) != before
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "units.csv").write_text("mine")
    with pytest.raises(ProblemsError) as refusal:
        generate(600, precious)
    assert [problem.code for problem in refusal.value.problems] == ["demo-folder-in-use"]
    assert (precious / "units.csv").read_text() == "mine"


def test_sizes_that_cannot_be_are_refused_together(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as refusal:
        generate(300_000_000, tmp_path / "county", format="xlsx")
    codes = [problem.code for problem in refusal.value.problems]
    assert codes == ["demo-members-out-of-range", "demo-too-large-for-excel"]
    assert not any(tmp_path.iterdir())
    assert set(codes) <= set(SENTENCES)


def test_a_folder_whose_name_holds_patterns_and_quotes_is_written(tmp_path: Path) -> None:
    made = generate(600, tmp_path / "a[b]*'c")
    assert (made.folder / "records.csv").is_file()


def test_cadres_take_the_totals_of_their_townships(tmp_path: Path) -> None:
    data = generate(600, tmp_path / "county").folder
    totals = tmp_path / "totals.csv"
    totals.write_text("unit,name,total\nQH01,一,88.5\nQH02,二,\n", encoding="utf-8")
    (data / "results.csv").write_text("scheme,unit,total\nother,QH01,70\ntownship-fusion,QH03,1\n")

    assert hand_down(totals, data) == 3

    assert (data / "results.csv").read_text("utf-8").splitlines() == [
        "scheme,unit,total",
        "other,QH01,70",
        "township-fusion,QH01,88.5",
        "township-fusion,QH01L1,88.5",
        "township-fusion,QH01L2,88.5",
    ]
