"""The guides: in the site for everybody, the same text as in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ronghe.apps.access import Role
from ronghe.ui.guides import guides, to_html

ROOT = Path(__file__).parents[2]
CODES = [one.code for one in guides()]


def test_every_kind_of_user_has_a_guide_and_finds_it(signed_in, here):
    page = signed_in(here[Role.MEMBER]).get("/help/").content.decode()

    assert len(CODES) == 8
    assert all(f"?for={code}" in page for code in CODES)
    assert {file.stem for file in (ROOT / "docs" / "guide").glob("*.md")} == {*CODES, "README"}


@pytest.mark.parametrize("code", CODES)
def test_a_guide_is_shown_with_its_steps_and_pictures(signed_in, here, code):
    page = signed_in(here[Role.MEMBER]).get("/help/", {"for": code}).content.decode()

    assert page.count("<li><strong>") >= 4
    assert "**" not in page
    assert 'class="guide-picture"' in page


def test_every_picture_a_guide_shows_is_there_and_they_are_small():
    images = ROOT / "docs" / "guide" / "images"
    shown = {
        name
        for code in CODES
        for name in re.findall(
            r"\(images/([^)]+)\)", (images.parent / f"{code}.md").read_text("utf-8")
        )
    }

    assert shown == {file.name for file in images.iterdir()}
    assert sum(file.stat().st_size for file in images.iterdir()) < 3_000_000


def test_there_is_no_guide_to_anything_else(signed_in, here):
    browser = signed_in(here[Role.MEMBER])

    assert browser.get("/help/?for=nobody").status_code == 404
    assert browser.get("/help/?for=README").status_code == 404


def test_what_is_written_cannot_become_markup():
    text = "# t\n\n<b>x</b> [a](other.md) [b](javascript:alert(1))\n\n<script>\nx\n</script>"
    page = to_html(f"{text}\n\n1. **one** `two`\n2. three", {"member"})

    assert "<h1>" not in page
    assert "&lt;b&gt;x&lt;/b&gt; <span>a</span> <span>b</span>" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "javascript" not in page
    assert "<li><strong>one</strong> <code>two</code></li>" in page


def test_links_lead_to_other_guides_and_pictures_to_the_site():
    page = to_html("[x](member.md) ![看](images/a.webp)", {"member"})

    assert '<a href="/help/?for=member">x</a>' in page
    assert 'alt="看"' in page
    assert 'src="/static/guide/a' in page
