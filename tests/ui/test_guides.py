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
    page = to_html("# t\n\n<b>x</b> [a](other.md)\n\n1. **one** `two`\n2. three", {"member"})

    assert page == (
        "<p>&lt;b&gt;x&lt;/b&gt; a</p>\n<ol><li><strong>one</strong> <code>two</code></li>"
        "<li>three</li></ol>"
    )
