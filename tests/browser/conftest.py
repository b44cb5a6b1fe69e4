"""A headless Chromium that notices errors on the console and requests that leave the machine."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest

from needs import chromium
from web_world import PASSWORD, grow

HERE = {"localhost", "127.0.0.1"}


@pytest.fixture(scope="session")
def chrome():
    """One Chromium for all journeys of a worker."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop beside us
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def county(transactional_db):
    """The county whose people sign in, stored so that the server sees it."""
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    return grow("here")


@pytest.fixture
def open_page(chrome, live_server):
    """Return a function that opens a page; in the end nothing may have gone wrong on any."""
    contexts, wrong = [], []

    def open_page(path: str = "/", **options):
        context = chrome.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if is_error(said) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: wrong.append(sent.url) if leaves(sent.url) else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def is_error(said) -> bool:
    """Tell whether a line of the console is an error; a refused form (422) is none."""
    return said.type == "error" and "status of 422" not in said.text


def leaves(url: str) -> bool:
    """Tell whether a request goes to another machine."""
    parts = urlsplit(url)
    return parts.scheme != "data" and parts.hostname not in HERE


def sign_in(page, user, password=PASSWORD) -> None:
    """Sign in as a person would."""
    page.goto("/account/sign-in/")
    page.get_by_label("登录名").fill(user.username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
