"""An official document (公文) in the layout of GB/T 9704-2012, for python-docx.

A4, margins 37/35/28/26 mm, so that the type area of 156 × 225 mm holds 22 lines of 28 characters
of size 3 (16 pt). What a font is called is said here and nowhere else.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph

from ronghe.exchange.svg import plain_text


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts by name; a machine without one shows the next best it has."""

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    heading_1: str = "黑体"
    heading_2: str = "楷体_GB2312"
    page_number: str = "宋体"
    latin: str = "Times New Roman"


FONTS = Fonts()

PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TYPE_WIDTH = Length(PAGE[0] - LEFT - RIGHT)
LINES, CHARACTERS = 22, 28
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(12), Pt(10.5)
LINE_PITCH = Twips(int((PAGE[1] - TOP - BOTTOM) / Twips(1)) // LINES)
"""The height of a line: 579 twentieths of a point, 22 of which fill the type area."""

CHAR_SPACE = round((TYPE_WIDTH.pt / CHARACTERS - SIZE_3.pt) * 4096)
"""How much wider than 16 pt a character stands, in 1/4096 pt; negative: narrower."""

FOOTER_DISTANCE = Mm(25.5)
"""Puts the dashes of a page number of size 4 seven millimetres under the type area."""

TIGHTER = -5
"""How much closer characters stand where a program does not know the grid, in 1/20 pt.

Word sets 28 characters of 16 pt in a line by the page's grid. Others give a character that is
wider than its place two places; paragraphs therefore leave the grid, and this makes 28 fit.
"""

RED = RGBColor(0xE6, 0x00, 0x12)


@dataclass(frozen=True, slots=True)
class _Look:
    font: str
    size: Length
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0
    before: float = 0
    right: int = 0
    colour: RGBColor | None = None


_LEFT_ALIGNED, _CENTRED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_RIGHT_ALIGNED = WD_ALIGN_PARAGRAPH.RIGHT
LOOKS: dict[str, _Look] = {
    "Issuer": _Look(FONTS.title, Pt(36), _CENTRED, before=3, colour=RED),
    "Document Number": _Look(FONTS.body, SIZE_3, _CENTRED, before=2),
    "Notice Title": _Look(FONTS.title, SIZE_2, _CENTRED, before=2),
    "Addressee": _Look(FONTS.body, SIZE_3, _LEFT_ALIGNED, before=1),
    "Notice Body": _Look(FONTS.body, SIZE_3, indent=2),
    "Heading 1": _Look(FONTS.heading_1, SIZE_3, _LEFT_ALIGNED, indent=2),
    "Heading 2": _Look(FONTS.heading_2, SIZE_3, _LEFT_ALIGNED, indent=2),
    "Attachment List": _Look(FONTS.body, SIZE_3, _LEFT_ALIGNED, indent=2, before=1),
    "Signature": _Look(FONTS.body, SIZE_3, _RIGHT_ALIGNED, right=4),
    "Attachment Mark": _Look(FONTS.heading_1, SIZE_3, _LEFT_ALIGNED),
    "Attachment Title": _Look(FONTS.title, SIZE_2, _CENTRED, before=1),
    "Draft Mark": _Look(FONTS.heading_2, SIZE_5, _RIGHT_ALIGNED),
}
"""Every paragraph style: size, place, indents in characters, space before in lines."""


class Notice:
    """A document being written; each method adds one of its parts."""

    def __init__(self, language: str) -> None:
        self.document: DocumentObject = Document()
        self._styles("zh-CN" if language == "zh" else "en-US")
        self._page()

    def _styles(self, language: str) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        _set_font(normal.element, FONTS.body, SIZE_3, language=language)
        normal.paragraph_format.space_after = Pt(0)
        off_grid = parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>')
        normal.element.get_or_add_pPr().insert_element_before(
            off_grid, "w:spacing", "w:ind", "w:jc"
        )
        for name, look in LOOKS.items():
            style = (
                styles[name]
                if name.startswith("Heading")
                else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            )
            style.base_style = normal
            _set_font(style.element, look.font, look.size, colour=look.colour)
            shape = style.paragraph_format
            shape.alignment = look.align
            shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            shape.line_spacing = LINE_PITCH if look.size <= SIZE_2 else Pt(look.size.pt * 1.3)
            shape.space_before = Length(round(look.before * LINE_PITCH))
            shape.space_after = Pt(0)
            shape.first_line_indent = Pt(look.indent * SIZE_3.pt)
            shape.right_indent = Pt(look.right * SIZE_3.pt)
            shape.keep_with_next = name.startswith("Heading")

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = PAGE
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.header_distance, section.footer_distance = Mm(15), FOOTER_DISTANCE
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "linesAndChars")
        grid.set(qn("w:linePitch"), str(LINE_PITCH // Twips(1)))
        grid.set(qn("w:charSpace"), str(CHAR_SPACE))
        self.document.settings.odd_and_even_pages_header_footer = True
        self._page_number(section.footer.paragraphs[0], _RIGHT_ALIGNED)
        self._page_number(section.even_page_footer.paragraphs[0], _LEFT_ALIGNED)

    def _page_number(self, paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
        """Write “— 1 —” in size 4, one character in from the outer edge."""
        paragraph.alignment = side
        shape = paragraph.paragraph_format
        if side == _RIGHT_ALIGNED:
            shape.right_indent = SIZE_4
        else:
            shape.left_indent = SIZE_4
        for part in ("— ", None, " —"):
            run = paragraph.add_run(part)
            _set_font(run._r, FONTS.page_number, SIZE_4, latin=FONTS.page_number)
            if part is None:
                for element in _page_field():
                    run._r.append(element)

    def add(self, words: str, style: str) -> Paragraph:
        """Add a paragraph in one of the styles of `LOOKS`."""
        return self.document.add_paragraph(plain_text(words), style=style)

    def mark_as_draft(self, words: str) -> None:
        """Write on every page that this is a draft, above the type area."""
        section = self.document.sections[0]
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].style = self.document.styles["Draft Mark"]
            header.paragraphs[0].add_run(plain_text(words))

    def red_header(self, issuer: str, number: str) -> None:
        """Write the header (版头): the issuing office, the document's number, the red line."""
        self.add(issuer, "Issuer")
        line = self.add(number, "Document Number")
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="16" w:space="11"'
            f' w:color="{RED}"/></w:pBdr>'
        )
        line._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )

    def keep_together(self, count: int) -> None:
        """Keep the last paragraphs on one page: a signature never stands without text."""
        for paragraph in self.document.paragraphs[-count:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Add a table over the whole width; its head is repeated on every page.

        `widths` are shares of the width; they need not add up to anything.
        """
        whole = TYPE_WIDTH // Twips(1)
        columns = [whole * width // sum(widths) for width in widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        lines = [_row(head, columns, FONTS.heading_1, head=True)]
        lines += [_row(row, columns, FONTS.body) for row in rows]
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table = parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def imprint(self, copies: str, issued: str) -> None:
        """Write the imprint (版记) at the foot of the last page: copies to, issued by and when."""
        whole = TYPE_WIDTH // Twips(1)
        lower = (LINES - 2) * LINE_PITCH // Twips(1)
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
            for edge, size in (("top", 8), ("bottom", 8), ("insideH", 6))
        )
        rows = "".join(
            f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{whole}" w:type="dxa"/></w:tcPr>'
            f"{_cell(words, FONTS.body, SIZE_4, 'both', LINE_PITCH)}</w:tc></w:tr>"
            for words in (copies, issued)
        )
        table = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr>"
            '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="0"'
            f' w:tblpY="{lower}"/><w:tblW w:w="{whole}" w:type="dxa"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{whole}"/></w:tblGrid>{rows}</w:tbl>'
        )
        self.document.element.body.insert_element_before(table, "w:sectPr")
        anchor = self.document.add_paragraph()
        anchor.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        anchor.paragraph_format.line_spacing = Pt(1)

    def save(self, path: Path, title: str, day: date) -> None:
        """Write the file: properties carry the day given, members of the archive a fixed one."""
        about = self.document.core_properties
        about.title, about.author, about.comments, about.last_modified_by = title, "", "", ""
        about.created = about.modified = datetime.combine(day, time())
        about.revision = 1
        held = io.BytesIO()
        self.document.save(held)
        with ZipFile(held) as made, ZipFile(path, "w", ZIP_DEFLATED) as kept:
            for member in made.infolist():
                info = ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
                info.compress_type = ZIP_DEFLATED
                kept.writestr(info, made.read(member))


def _set_font(
    element: Any,
    font: str,
    size: Length,
    *,
    latin: str = FONTS.latin,
    colour: RGBColor | None = None,
    language: str = "",
) -> None:
    """Set font, size and colour of a style or run, in place of any from the template's theme."""
    held = element.get_or_add_rPr()
    for child in list(held):
        held.remove(child)
    words = (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{font}"/>'
        f'<w:color w:val="{colour or "000000"}"/>'
        f'<w:sz w:val="{round(size.pt * 2)}"/><w:szCs w:val="{round(size.pt * 2)}"/>'
    )
    if language:
        tighter = TIGHTER if language == "zh-CN" else 0
        words = words.replace("<w:sz ", f'<w:spacing w:val="{tighter}"/><w:sz ', 1)
        words += f'<w:lang w:val="en-US" w:eastAsia="{language}"/>'
    for child in parse_xml(f"<w:rPr {nsdecls('w')}>{words}</w:rPr>"):
        held.append(child)


def _page_field() -> list[Any]:
    """Make the field that shows the number of the page."""
    parts = (
        '<w:fldChar {} w:fldCharType="begin"/>',
        '<w:instrText {} xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar {} w:fldCharType="separate"/>',
        "<w:t {}>1</w:t>",
        '<w:fldChar {} w:fldCharType="end"/>',
    )
    return [parse_xml(part.format(nsdecls("w"))) for part in parts]


def _row(cells: Sequence[str], columns: Sequence[int], font: str, *, head: bool = False) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_cell(words, font, SIZE_SMALL_4, 'center', Pt(20))}</w:tc>"
        for words, width in zip(cells, columns, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def _cell(words: str, font: str, size: Length, align: str, height: Length) -> str:
    """Write a cell's paragraph, off the grid of the page."""
    half = round(size.pt * 2)
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:line="{height // Twips(1)}" w:lineRule="exact"/><w:jc w:val="{align}"/>'
        f'</w:pPr><w:r><w:rPr><w:rFonts w:ascii="{FONTS.latin}" w:hAnsi="{FONTS.latin}"'
        f' w:eastAsia="{font}"/><w:sz w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(plain_text(words))}</w:t></w:r></w:p>'
    )
