"""The notice (通报) as PDF: the same words as in Word, in the same layout."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from ronghe.exchange.printing import write_pdf
from ronghe.exchange.reports.certainty import certainty_in_words
from ronghe.exchange.reports.folder import RunFolder
from ronghe.exchange.reports.gbt9704 import FONTS
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.notice import attachment, intro, lists_units, numbered, sections
from ronghe.exchange.reports.numbers import day_text

_SERIF = "FangSong, STFangsong, 'Noto Serif CJK SC', 'Source Han Serif SC', serif"
_SANS = "SimHei, 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
STYLE = f"""
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm;
  @top-right {{ content: string(draft); font: 10.5pt {_SERIF}; vertical-align: bottom; }} }}
@page :right {{ @bottom-right {{ content: "— " counter(page) " —"; font: 14pt {_SERIF}; }} }}
@page :left {{ @bottom-left {{ content: "— " counter(page) " —"; font: 14pt {_SERIF}; }} }}
body {{ font: 16pt/28.95pt '{FONTS.latin}', '{FONTS.body}', {_SERIF}; text-align: justify; }}
.draft {{ string-set: draft content(); height: 0; overflow: hidden; }}
.issuer {{ color: #e60012; font: bold 36pt/1.3 '{FONTS.title}', {_SERIF}; text-align: center; }}
.number {{ text-align: center; border-bottom: 2pt solid #e60012; padding: 58pt 0 11pt; }}
h1, .attached {{ font: 22pt/28.95pt '{FONTS.title}', {_SERIF}; text-align: center;
  margin: 58pt 0 29pt; }}
h2 {{ font: 16pt/28.95pt '{FONTS.heading_1}', {_SANS}; text-indent: 2em; margin: 0; }}
h3 {{ font: 16pt/28.95pt '{FONTS.heading_2}', {_SERIF}; text-indent: 2em; margin: 0; }}
p {{ text-indent: 2em; margin: 0; }}
.to {{ text-indent: 0; }}
.signed {{ text-align: right; margin-right: 4em; }}
.attachment {{ break-before: page; font-family: '{FONTS.heading_1}', {_SANS}; text-indent: 0; }}
table {{ border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 20pt;
  margin-top: 29pt; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
th, td {{ border: .5pt solid; padding: 0 3pt; text-align: center; }}
th {{ font-family: '{FONTS.heading_1}', {_SANS}; font-weight: normal; }}
"""


def write_notice_pdf(run: RunFolder, say: Labels, path: Path) -> None:
    """Write the notice as PDF."""
    scheme = run.scheme
    title = say("notice-title", title=say.title(scheme.title)) + say(
        "notice-title-end", label=scheme.period.label
    )
    parts = [
        _tag("div", say("notice-draft"), "draft"),
        _tag("div", say("notice-issuer"), "issuer"),
        _tag("div", say("notice-number"), "number"),
        _tag("h1", title),
        _tag("p", say("notice-to"), "to"),
        *(_tag("p", words) for words in intro(run, say)),
        *_body(run, say),
        *_end(run, say),
    ]
    write_pdf(
        path,
        f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>",
    )


def _body(run: RunFolder, say: Labels) -> list[str]:
    found = []
    for place, section in enumerate(sections(run, say), start=1):
        found.append(_tag("h2", numbered(section.title, place, 1, say)))
        found += [_tag("p", words) for words in section.paragraphs]
        for part, (heading, paragraphs) in enumerate(section.parts, start=1):
            found.append(_tag("h3", numbered(heading, part, 2, say)))
            found += [_tag("p", words) for words in paragraphs]
    return found


def _end(run: RunFolder, say: Labels) -> list[str]:
    """Write the list of attachments, the signature, the attachment, the imprint."""
    scheme = run.scheme
    attached = say("attachment-title", title=say.title(scheme.title), label=scheme.period.label)
    day = day_text(scheme.period.until, say.language)
    head, rows, _widths = attachment(run, say)
    sure = run.sure and lists_units(run)
    return [
        _tag("p", say("attachment-list", title=attached)),
        "<br><br>",
        _tag("p", say("notice-signed"), "signed"),
        _tag("p", say("notice-day", day=day), "signed"),
        _tag("p", say("attachment-mark"), "attachment"),
        _tag("div", attached, "attached"),
        _tag("p", certainty_in_words(run, say)) if sure else "",
        _table(head, rows),
        _tag("p", say("imprint-copies"), "to"),
        _tag("p", say("imprint-issued"), "to"),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = "".join(_row(row, "td") for row in rows)
    return f"<table><thead>{_row(head, 'th')}</thead><tbody>{body}</tbody></table>"


def _row(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(_tag(tag, words) for words in cells)}</tr>"


def _tag(name: str, words: str, kind: str = "") -> str:
    return f"<{name}{f' class={kind}' if kind else ''}>{escape(words)}</{name}>"
