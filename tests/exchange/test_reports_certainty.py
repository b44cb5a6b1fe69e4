"""How sure ranks and grades are, as page, workbook, notice and explanation say it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import docx
import duckdb
import openpyxl
import pytest

from report_runs import (
    member_data,
    member_scheme,
    province_data,
    province_scheme,
    township_data,
    township_scheme,
    write_run,
)
from ronghe.analysis.robustness import appraisal
from ronghe.cli import main
from ronghe.exchange.reports import write_reports

QUOTA = {"excellent": Fraction(3, 10)}
SENTENCE = {
    "zh": "同一档的单位分不出先后，不宜仅凭名次区别对待",
    "en": "Units of one band cannot be told apart and should not be treated differently",
}


def reports(folder: Path, language="zh") -> dict[str, str]:
    """Write the reports and return what they say."""
    write_reports(folder, language)
    notice = docx.Document(str(folder / "report.docx"))
    book = openpyxl.load_workbook(folder / "report.xlsx", data_only=True)
    cells = [c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    return {
        "page": (folder / "report.html").read_text(encoding="utf-8"),
        "workbook": "\n".join(str(cell) for cell in cells if cell is not None),
        "notice": "\n".join(paragraph.text for paragraph in notice.paragraphs),
    }


@pytest.fixture(scope="module")
def township(tmp_path_factory) -> Path:
    scheme = township_scheme()
    folder = tmp_path_factory.mktemp("runs") / "township"
    write_run(folder, scheme, township_data(scheme), QUOTA)
    write_reports(folder, "zh")
    return folder


@pytest.fixture(scope="module")
def known(township) -> dict[str, tuple]:
    """Return rank, ends of the interval, band and probability of the best grade, by name."""
    found = duckdb.sql(
        f"select name, rank, rank_low, rank_high, band, chance__1 from '{township}/results.parquet'"
    ).fetchall()
    return {name: rest for name, *rest in found}


def interval(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_says_what_intervals_and_bands_mean(language, tmp_path):
    scheme = township_scheme()
    run = write_run(tmp_path / "run", scheme, township_data(scheme), QUOTA)

    for name, text in reports(run, language).items():
        told = re.sub(r"\s+", " ", text)
        assert told.count(SENTENCE[language]) == 1, name
        assert "20%" in told
        assert "90%" in told
        assert "10,000" in told


def test_on_the_page_interval_and_band_stand_beside_the_rank(township, known):
    page = (township / "report.html").read_text(encoding="utf-8")
    ranking = page.split('id="ranking"')[1].split("</section>")[0]

    for name, (rank, low, high, band, _) in known.items():
        number = '<td class="number">{}</td>'
        line = number.format(rank) + f'<th scope="row">{name}</th>'
        assert line + number.format(interval(low, high)) + number.format(band) in ranking


def test_each_peer_group_has_a_picture_that_tells_the_same_in_words(township, known):
    page = (township / "report.html").read_text(encoding="utf-8")
    ranking = page.split('id="ranking"')[1].split("</section>")[0]

    assert ranking.count("<svg") == 2
    for name, (rank, low, high, band, _) in known.items():
        told = f"{name}：名次 {rank}，区间 {interval(low, high)}，第 {band} 档"
        assert f"<title>{told}</title>" in ranking


def test_the_page_lists_whose_grade_is_in_doubt_with_the_probabilities(township, known):
    page = (township / "report.html").read_text(encoding="utf-8")
    grading = page.split('id="grading"')[1].split("</section>")[0]
    doubtful = {name for name, (*_, best) in known.items() if 500 < best < 9500}

    assert doubtful
    for name in doubtful:
        best = f"{known[name][-1] / 100:.1f}%"
        row = re.search(rf'<th scope="row">{name}</th><td>.*?</td>(.*)</tr>', grading)
        assert best in row[1]


def test_the_summary_of_the_workbook_holds_intervals_bands_and_probabilities(township, known):
    sheet = openpyxl.load_workbook(township / "report.xlsx", data_only=True)["汇总"]
    head = [cell.value for cell in sheet[7]]

    assert head[7:] == [
        "名次区间：起",
        "名次区间：止",
        "档",
        "优秀的概率",
        "良好的概率",
        "一般的概率",
    ]
    for row in sheet.iter_rows(min_row=8, values_only=True):
        rank, low, high, band, best = known[row[1]]
        assert (row[5], *row[7:10], row[10]) == (rank, low, high, band, best / 10_000)


def test_the_attachment_of_the_notice_holds_intervals_and_bands(township, known):
    table = docx.Document(str(township / "report.docx")).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]

    assert len(rows) == len(known)
    for _, rank, between, band, name, *_ in rows:
        found = known[name]
        assert (rank, between, band) == (str(found[0]), interval(*found[1:3]), str(found[3]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_explanation_tells_interval_band_and_what_they_mean(language, township, known, capsys):
    name, (_, low, high, band, _) = next(iter(known.items()))
    unit = duckdb.sql(f"select unit from '{township}/results.parquet' where name = '{name}'")

    main(["explain", str(township), "--unit", unit.fetchall()[0][0], "--lang", language])

    said = capsys.readouterr().out
    words = {"zh": "名次区间 {}，第 {} 档", "en": "rank interval {}, band {}"}[language]
    assert words.format(interval(low, high), band) in said
    assert SENTENCE[language] in said


@pytest.mark.parametrize("kind", ["member", "cadre"])
def test_of_persons_no_report_speaks_of_intervals_or_bands(kind, tmp_path, capsys):
    scheme = member_scheme(kind)
    run = write_run(tmp_path / "run", scheme, member_data(scheme), {"excellent": Fraction(1, 3)})

    for text in reports(run).values():
        assert "区间" not in text
        assert "档" not in text.replace("档案", "")
        assert "的概率" not in text
    main(["explain", str(run), "--unit", f"{kind[0]}0001"])
    assert "区间" not in capsys.readouterr().out


def test_a_scheme_without_grades_has_intervals_and_no_probabilities(tmp_path):
    scheme = province_scheme()

    said = reports(write_run(tmp_path / "run", scheme, province_data(scheme)))

    assert all(SENTENCE["zh"] in text for text in said.values())
    assert not any("概率" in text for text in said.values())


def test_where_there_are_too_many_units_the_reports_say_why_nothing_stands_there(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(appraisal, "LARGEST_GROUP", 5)
    scheme = township_scheme()

    said = reports(write_run(tmp_path / "run", scheme, township_data(scheme), QUOTA))

    assert "同类组超过 5 个" in said["page"]
    assert "同类组超过 5 个" in said["workbook"]
    assert not any(SENTENCE["zh"] in text for text in said.values())


def test_a_run_folder_of_an_earlier_version_still_gives_its_reports(tmp_path):
    scheme = township_scheme()
    run = write_run(tmp_path / "run", scheme, township_data(scheme), QUOTA)
    columns = "rank_low, rank_high, band, chance__1, chance__2, chance__3, chance__none"
    old = run / "old.parquet"
    duckdb.sql(f"copy (select * exclude ({columns}) from '{run}/results.parquet') to '{old}'")
    old.replace(run / "results.parquet")
    account = json.loads((run / "run.json").read_text(encoding="utf-8"))
    del account["certainty"]
    (run / "run.json").write_text(json.dumps(account), encoding="utf-8")

    assert not any("区间" in text for text in reports(run).values())
