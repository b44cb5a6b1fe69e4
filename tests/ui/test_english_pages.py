"""In English no Chinese of ours is left on any page; what people wrote stays as they wrote it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from project.test_access_matrix import ADDRESSES, PARTS, made, part_of, roles_in
from ronghe.apps.access import Role
from ronghe.ui.catalogues import messages_in_package

READ_OUT = ("aria-label", "alt", "title", "placeholder")
CHINESE = re.compile(r"[一-鿿]")
WRITTEN = ("姓名", "乡镇（街道）党（工）委", "服务对象评价", "诉求办结", "走访", "单位", "集体收入")
"""What people wrote, in a roster or a scheme, in the same words as ours."""


class Page(HTMLParser):
    """What a page says: its text and the attributes that are read out, no data for scripts."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = False
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in ("script", "style")
        self.said += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def our_words() -> set[str]:
    """Return the pieces of our source texts between what is filled in, those that say enough."""
    texts = {text for one in messages_in_package() for text in (one.text, one.plural)}
    pieces = {piece for text in texts for piece in re.split(r"%\(\w+\)[sd]|\{\w+\}|%%", text)}
    return {piece for piece in pieces if len(CHINESE.findall(piece)) >= 4} | {
        text for text in texts if CHINESE.search(text)
    }


WORDS = our_words()
LONG = {words for words in WORDS if len(CHINESE.findall(words)) >= 4}


def left_over(content: str) -> set[str]:
    """Return what a page says in Chinese words of ours."""
    told = {said.strip() for said in Page(content).said if CHINESE.search(said)}
    return {said for said in told if is_ours(said)}


def is_ours(said: str) -> bool:
    """Tell whether a text is one of ours or holds enough of one, what people wrote aside."""
    for written in WRITTEN:
        said = said.replace(written, "")
    return said in WORDS or any(piece in said for piece in LONG)


def english(client: Any, entry: dict[str, Any], county: Any) -> str:
    """Return a page in English as one of those who may open it sees it; nothing else as "" ."""
    role = Role(sorted(roles_in(entry["own"]))[0])
    with transaction.atomic():
        parts = made(county, entry, county.place_of(role), county[role])
        parts = parts if isinstance(parts, tuple) else [] if parts is None else [parts]
        client.force_login(county[role])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        answer = client.get(reverse(entry["name"], args=parts))
        transaction.set_rollback(True)
    return answer.content.decode() if "html" in answer.headers.get("Content-Type", "") else ""


@pytest.mark.parametrize("part", sorted(set(PARTS) - {"api"}))
def test_no_page_has_chinese_of_ours_left_in_english(client, here, part):
    opened = [one for one in ADDRESSES if part_of(one) == part and one["method"] == "GET"]
    opened = [one for one in opened if roles_in(one["own"])]

    found = {one["name"]: left_over(english(client, one, here)) for one in opened}

    assert {name: words for name, words in found.items() if words} == {}


def test_what_is_left_is_found():
    assert left_over('<p>没有符合条件的人。</p><a title="党员名册">x</a>') == {
        "没有符合条件的人。",
        "党员名册",
    }
    assert left_over("<p>李大山</p><script>党员名册</script>") == set()
