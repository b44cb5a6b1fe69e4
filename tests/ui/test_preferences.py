"""Language and theme are kept and never lead away."""

from __future__ import annotations

import pytest


def test_pages_are_chinese_whatever_the_browser_prefers(client, db):
    page = client.get("/account/sign-in/", headers={"Accept-Language": "en"})

    assert '<html lang="zh-hans"' in page.content.decode()
    assert "登录名" in page.content.decode()


def test_english_is_one_press_away_and_stays(client, db):
    client.post("/preferences/", {"language": "en", "next": "/account/sign-in/"})

    page = client.get("/account/sign-in/").content.decode()
    assert '<html lang="en"' in page
    assert "Sign-in name" in page


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("pink", "auto")])
def test_only_a_theme_there_is_is_kept(client, db, theme, kept):
    client.post("/preferences/", {"theme": theme})

    assert f'data-theme="{kept}"' in client.get("/account/sign-in/").content.decode()


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_pressing_a_preference_never_leads_to_another_site(client, away):
    assert client.post("/preferences/", {"theme": "dark", "next": away}).url == "/"
