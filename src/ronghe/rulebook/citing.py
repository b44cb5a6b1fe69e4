"""Naming documents and articles as Chinese and English citations do."""

from __future__ import annotations

import re

from ronghe.rulebook.model import Confidence, Document, Language

_ARTICLE = re.compile(r"(\d{1,3})(?:\((\d{1,2})\))?(?:-(\d{1,3}))?")
_SECTION = re.compile(r"(chapter|part) (\d{1,2})")
_DIGITS = "零一二三四五六七八九"
_DOUBT: dict[Confidence, tuple[str, str]] = {
    "seen": ("", ""),
    "seen-second-hand": ("（据转述）", " (seen second-hand)"),
    "recalled": ("（凭记忆，待核实）", " (recalled, to be confirmed)"),
    "to-confirm": ("（待核实）", " (to be confirmed)"),
}


def cite(document: Document, article: str, confidence: Confidence, language: Language) -> str:
    """Name the source of a rule: title, year, number, article, and the doubt about it.

    《公平竞争审查条例》（2024年）第十条第（二）项, or in English
    Regulations on Fair Competition Review (2024), art. 10 (2).
    """
    named = name_article(article, language)
    if language == "en":
        about = ", ".join(filter(None, [str(document.year or ""), document.number]))
        text = document.title.said("en") + (f" ({about})" if about else "")
        return text + (f", {named}" if named else "") + _DOUBT[confidence][1]
    year = f"{document.year}年" if document.year else ""
    about = "，".join(filter(None, [year, document.number]))
    return document.title.zh + (f"（{about}）" if about else "") + named + _DOUBT[confidence][0]


def chinese_number(number: int) -> str:
    """Write a whole number from 1 to 999 as articles are numbered: 15 十五, 110 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and units:
        text += "零"
    return text + (_DIGITS[units] if units else "")


def name_article(article: str, language: Language) -> str:
    """Name an article: ``31(6)`` is 第三十一条第（六）项 or art. 31 (6).

    Also ranges (``25-26``), several (``42, 82``), ``chapter 2`` and ``part 3``. Anything else is
    shown as it was written, so a local document may be cited in its own way.
    """
    section = _SECTION.fullmatch(article)
    if section:
        kind, number = section.groups()
        zh = f"第{chinese_number(int(number))}{'章' if kind == 'chapter' else '部分'}"
        return zh if language == "zh" else article
    parts = [_ARTICLE.fullmatch(part.strip()) for part in article.split(",")]
    found = [part for part in parts if part]
    if len(found) < len(parts):
        return article
    if language == "en":
        several = len(found) > 1 or bool(found[0][3])
        return ("arts " if several else "art. ") + ", ".join(_in_english(part) for part in found)
    return "、".join(_in_chinese(part) for part in found)


def _in_chinese(part: re.Match[str]) -> str:
    first, item, last = part.groups()
    text = f"第{chinese_number(int(first))}条"
    if item:
        text += f"第（{chinese_number(int(item))}）项"
    return text + (f"至第{chinese_number(int(last))}条" if last else "")


def _in_english(part: re.Match[str]) -> str:
    first, item, last = part.groups()
    return first + (f" ({item})" if item else "") + (f"–{last}" if last else "")
