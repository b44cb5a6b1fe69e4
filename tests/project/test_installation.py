"""Where an installation keeps its state, and how it answers."""

from __future__ import annotations

import stat

import pytest
from django.core.management import call_command
from django.test import override_settings

from ronghe.apps.access import Role
from ronghe.project.database import DatabaseAddressError, postgresql
from ronghe.project.home import secret_key


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RONGHE_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


def test_the_secret_key_is_made_once_for_this_user_alone(home):
    first = secret_key()

    assert secret_key() == first
    assert len(first) >= 50
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_address_of_postgresql_is_taken_apart():
    made = postgresql("postgresql://rong:a%2Fb@db.example:5433/ronghe?sslmode=require")

    assert (made["USER"], made["PASSWORD"], made["HOST"]) == ("rong", "a/b", "db.example")
    assert (made["PORT"], made["NAME"], made["OPTIONS"]) == (
        "5433",
        "ronghe",
        {"sslmode": "require"},
    )


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_another_address_is_refused(address):
    with pytest.raises(DatabaseAddressError):
        postgresql(address)


def test_real_data_are_not_said_to_be_made_up(client, db):
    assert "虚构" not in client.get("/account/sign-in/").content.decode()


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_answer_forbids_script_that_is_not_ours(client, db):
    policy = client.get("/account/sign-in/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_page_holds_script_or_style_of_its_own(signed_in, here):
    browser = signed_in(here[Role.ADMINISTRATOR])

    for path in ("/", "/me/", "/people/", "/people/new/", "/organisations/", "/audit/"):
        page = browser.get(path).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page


@pytest.mark.parametrize("path", ["/nothing-here/", "/people/999999/", "/organisations/999999/"])
def test_what_is_not_there_says_what_to_do_next(signed_in, here, path):
    page = signed_in(here[Role.ADMINISTRATOR]).get(path)

    assert page.status_code == 404
    assert "回到工作台" in page.content.decode()


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_a_fault_of_the_system_is_told_as_one(client, here, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("ronghe.apps.desk.views.desk.items_for", fail)
    client.raise_request_exception = False
    client.force_login(here[Role.MEMBER])

    page = client.get("/")

    assert page.status_code == 500
    assert "系统出错" in page.content.decode()
