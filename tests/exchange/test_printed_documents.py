"""Documents as PDF, Word and Excel: complete, masked, with nothing fetched."""

from __future__ import annotations

import zlib
from datetime import date
from fractions import Fraction

import docx
import openpyxl
import pytest

from report_runs import township_data, township_scheme, write_run
from ronghe.exchange.documents.binder import Table, write_binder_excel, write_binder_pdf
from ronghe.exchange.documents.masking import masked
from ronghe.exchange.documents.work_report import Part, Sentence, write_work_report
from ronghe.exchange.printing import write_pdf
from ronghe.exchange.reports import notice_pdf
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.labels import Labels

MARK = "导出：钱敏 2026-01-09 10:30"
TABLE = Table(
    "诉求办结", [("日期", 2), ("事项", 6)], [["2025-03-02", "给张三（13812345678）<b>修水渠</b>"]]
)
BINDER = {"title": "柳林镇台账", "mark": MARK, "about": [("期间", "2025")], "tables": [TABLE]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("证号360426199101010071。", "证号360426********0071。"),
        ("电话13812345678", "电话138****5678"),
        ("代码913604261234567890、2025年12000000元", "代码913604261234567890、2025年12000000元"),
    ],
)
def test_personal_numbers_show_their_ends_only(text, shown):
    assert masked(text) == shown


def test_the_binder_is_a_pdf_with_a_bookmark_for_each_table(tmp_path):
    path = tmp_path / "binder.pdf"
    write_binder_pdf(path, **BINDER)
    content = path.read_bytes()

    assert content.startswith(b"%PDF")
    assert outlines_of(content) == 2


def test_the_binder_in_excel_holds_the_rows_masked_and_the_mark(tmp_path):
    path = tmp_path / "binder.xlsx"
    write_binder_excel(path, day=date(2025, 12, 31), **BINDER)
    book = openpyxl.load_workbook(path)

    assert book.worksheets[0]["A2"].value == MARK
    assert book.worksheets[1]["B2"].value == "给张三（138****5678）<b>修水渠</b>"


def test_a_work_report_marks_each_sentence_with_its_sources(tmp_path):
    path = tmp_path / "report.docx"
    parts = [
        Part("为民服务", (Sentence("办结诉求2件。", ("诉求办结 2025-03-02 编号7",)),)),
        Part("教育培训", (Sentence("2025年教育培训没有记录。"),)),
    ]
    write_work_report(
        path, title="柳林镇2025年工作总结", mark=MARK, signed="柳林镇党委",
        day=date(2025, 12, 31), parts=parts,
    )  # fmt: skip
    document = docx.Document(str(path))
    words = [one.text for one in document.paragraphs]

    assert "一、为民服务" in words
    assert "办结诉求2件。〔1〕" in words
    assert "2025年教育培训没有记录。" in words
    assert document.tables[0].rows[1].cells[1].text == "诉求办结 2025-03-02 编号7"
    assert document.sections[0].header.paragraphs[0].text == MARK


def test_nothing_is_fetched_for_a_page(tmp_path, caplog):
    write_pdf(tmp_path / "page.pdf", '<img src="file:///etc/passwd"><p>x</p>')

    assert "Failed to load image" in caplog.text


def test_the_notice_as_pdf_says_what_the_one_in_word_says(tmp_path, monkeypatch):
    scheme = township_scheme()
    folder = write_run(
        tmp_path / "run", scheme, township_data(scheme), {"excellent": Fraction(3, 10)}
    )
    pages: list[str] = []
    monkeypatch.setattr(notice_pdf, "write_pdf", lambda _path, html: pages.append(html))
    with open_run(folder) as run:
        from ronghe.exchange.reports.notice import write_notice

        notice_pdf.write_notice_pdf(run, Labels("zh"), tmp_path / "notice.pdf")
        write_notice(run, Labels("zh"), tmp_path / "notice.docx")
    document = docx.Document(str(tmp_path / "notice.docx"))

    for paragraph in document.paragraphs:
        for line in paragraph.text.split("\n"):
            assert line.replace("&", "&amp;") in pages[0]
    for row in document.tables[0].rows:
        for cell in row.cells:
            assert f">{cell.text}<" in pages[0]


def outlines_of(content: bytes) -> int:
    """Return how many bookmarks a PDF has, whose objects may be compressed."""
    texts = [content]
    for part in content.split(b"stream\n")[1:]:
        try:
            texts.append(zlib.decompressobj().decompress(part.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return sum(text.count(b"/Title") - text.count(b"/Producer") for text in texts)
