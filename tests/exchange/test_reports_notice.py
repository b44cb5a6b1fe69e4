"""``report.docx``: the layout of GB/T 9704-2012, and a draft that names no person."""

from __future__ import annotations

import re
import zipfile
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from report_runs import (
    member_data,
    member_scheme,
    province_data,
    province_scheme,
    township_data,
    township_scheme,
    write_run,
)
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.gbt9704 import CHAR_SPACE, CHARACTERS, LINE_PITCH, LINES
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.notice import write_notice


def notice_of(folder: Path, language="zh") -> Path:
    with open_run(folder) as run:
        write_notice(run, Labels(language), folder / "report.docx")
    return folder / "report.docx"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    scheme = township_scheme()
    data = township_data(scheme)
    data["units"][2]["name"] = "<w:p/>&\x0b柳林镇"
    folder = tmp_path_factory.mktemp("runs") / "township"
    return notice_of(write_run(folder, scheme, data, {"excellent": Fraction(3, 10)}))


@pytest.fixture(scope="module")
def notice(path) -> Document:
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def members(tmp_path_factory) -> Document:
    scheme = member_scheme()
    folder = tmp_path_factory.mktemp("runs") / "members"
    run = write_run(folder, scheme, member_data(scheme), {"excellent": Fraction(1, 3)})
    return docx.Document(str(notice_of(run)))


def words(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def close(length, wanted) -> bool:
    """Tell whether a length is as wanted, up to the twentieth of a point it is stored in."""
    return abs(length - wanted) <= Pt(1) / 20


def test_the_page_has_the_measures_of_the_standard(notice):
    section = notice.sections[0]

    assert close(section.page_width, Mm(210))
    assert close(section.page_height, Mm(297))
    assert close(section.top_margin, Mm(37))
    assert close(section.bottom_margin, Mm(35))
    assert close(section.left_margin, Mm(28))
    assert close(section.right_margin, Mm(26))


def test_twenty_two_lines_fill_the_type_area():
    type_area = Mm(297 - 37 - 35)

    assert LINES == 22
    assert 22 * LINE_PITCH <= type_area < 22 * (LINE_PITCH + Pt(1) / 20)


def test_twenty_eight_characters_of_size_three_fill_a_line():
    wide = Pt(16) + Pt(CHAR_SPACE / 4096)

    assert CHARACTERS == 28
    assert abs(28 * wide - Mm(210 - 28 - 26)) < Pt(0.1)


def test_the_grid_of_the_page_holds_lines_and_characters(notice):
    grid = notice.sections[0]._sectPr.find(qn("w:docGrid"))

    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (grid.get(qn("w:linePitch")), grid.get(qn("w:charSpace"))) == ("579", "-848")


@pytest.mark.parametrize(
    ("style", "size", "font"),
    [
        ("Notice Title", 22, "方正小标宋简体"),
        ("Notice Body", 16, "仿宋_GB2312"),
        ("Heading 1", 16, "黑体"),
        ("Heading 2", 16, "楷体_GB2312"),
        ("Signature", 16, "仿宋_GB2312"),
    ],
)
def test_each_part_has_its_font_and_size(notice, style, size, font):
    found = notice.styles[style]

    assert found.font.size == Pt(size)
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert not [a for a in found.element.rPr.rFonts.attrib if "Theme" in a]
    assert found.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert found.paragraph_format.line_spacing == LINE_PITCH


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(notice):
    section = notice.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert notice.settings.odd_and_even_pages_header_footer
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    for footer in (odd, even):
        assert footer.text == "— 1 —"
        assert "PAGE" in footer._p.xml
        assert {run.font.size for run in footer.runs} == {Pt(14)}
        assert {r._r.rPr.rFonts.get(qn("w:eastAsia")) for r in footer.runs} == {"宋体"}


def test_the_parts_of_a_notice_stand_in_their_order(notice):
    styles = [paragraph.style.name for paragraph in notice.paragraphs]
    order = ["Issuer", "Document Number", "Notice Title", "Addressee", "Notice Body", "Heading 1"]
    order += ["Attachment List", "Signature", "Attachment Mark", "Attachment Title"]

    assert [styles.index(style) for style in order] == sorted(styles.index(s) for s in order)


def test_headings_are_numbered_as_documents_do(notice):
    headings = [p.text for p in notice.paragraphs if p.style.name.startswith("Heading")]

    assert headings == [
        "一、总体情况",
        "二、得分情况",
        "（一）得分较高的方面",
        "（二）得分较低的方面",
        "（三）党建与经济的融合",
        "三、等次评定办法",
        "四、异议和复核",
        "五、工作要求",
    ]


def test_the_text_is_drafted_from_the_results(notice):
    text = words(notice)

    assert "根据清委办〔2025〕3号" in text
    assert "参加考核的共12个，满分100分。平均总分66.37分" in text
    assert "优秀3个（25.0%）、良好5个（41.7%）、一般4个（33.3%）" in text
    assert "因“较大安全责任事故”受到限制的1个" in text
    assert "名额不超过30%" in text
    assert "有2项指标存在缺数" in text
    assert "个工作日内" in text


def test_a_person_has_to_sign_and_the_day_is_to_be_confirmed(notice):
    header = notice.sections[0].header.paragraphs[0].text

    assert "草稿" in header
    assert "须经审定签发" in header
    assert notice.sections[0].even_page_header.paragraphs[0].text == header
    assert [p.text for p in notice.paragraphs if p.style.name == "Signature"] == [
        "［发文机关署名］",
        "［2025年12月31日］",
    ]


def test_units_stand_in_the_attachment_with_a_head_on_every_page(notice):
    table = cells(notice)

    assert table[0] == ["同类组", "名次", "区间", "档", "名称", "总分", "等次"]
    assert len(table) == 13
    assert ["工业型乡镇", "1", "1", "1", "<w:p/>&\ufffd柳林镇", "78.980", "优秀"] in table
    assert notice.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_persons_are_counted_by_grade_and_never_listed(members):
    text = words(members) + str(cells(members))

    assert "党员甲" not in text
    assert "最高" not in words(members).split("二、")[0]
    assert [row[0] for row in cells(members)] == ["等次", "优秀", "合格", "基本合格"]
    assert "不公开排名" in text


def test_a_scheme_without_grades_has_no_section_on_them(tmp_path):
    scheme = province_scheme()

    notice = docx.Document(
        str(notice_of(write_run(tmp_path / "run", scheme, province_data(scheme))))
    )

    assert "等次评定办法" not in words(notice)
    assert cells(notice)[0] == ["同类组", "名次", "区间", "档", "名称", "总分"]
    assert "各维度中" in words(notice)


def test_the_notice_is_in_english_too(tmp_path):
    scheme = township_scheme()
    run = write_run(tmp_path / "run", scheme, township_data(scheme))

    notice = docx.Document(str(notice_of(run, "en")))

    assert "1. Overview" in words(notice)
    assert "(1) Where most points were gained" in words(notice)
    assert close(notice.sections[0].top_margin, Mm(37))


def test_the_file_carries_the_periods_day_and_no_clock(path, notice):
    with zipfile.ZipFile(path) as archive:
        days = {member.date_time for member in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()

    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2025-12-31T00:00:00Z"}
    assert notice.core_properties.author == ""
