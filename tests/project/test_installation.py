"""Where an installation keeps its state, and how it answers."""

from __future__ import annotations

import stat
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import override_settings

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.models import PARTY_KINDS, Member
from ronghe.apps.registry.models import BUSINESS_KINDS, Node
from ronghe.project import demo
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


def test_the_demonstration_is_loaded_once_with_a_person_in_each_role(db, tmp_path):
    assert demo.load(tmp_path)
    assert not demo.load(tmp_path)

    roles = {post.role for user in User.objects.all() for post in user.posts.all()}
    assert roles == set(Role)
    assert User.objects.first().check_password(demo.password_kept(tmp_path))
    assert stat.S_IMODE(demo.accounts_file(tmp_path).stat().st_mode) == 0o600


def test_made_up_data_are_said_to_be_so_on_every_page_and_only_then(client, db, tmp_path):
    told = "人物、组织和数字全部虚构"
    assert told not in client.get("/account/sign-in/").content.decode()

    demo.load(tmp_path)

    assert told in client.get("/account/sign-in/").content.decode()
    assert told in client.get("/nothing-here/").content.decode()
    assert all(Node.objects.values_list("fictitious", flat=True))


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


def test_the_demonstration_is_the_generated_county(db, tmp_path):
    demo.load(tmp_path)

    kinds = Counter(Node.objects.values_list("kind", flat=True))
    assert (kinds["township"], kinds["village"]) == (12, 180)
    assert sum(kinds[kind] for kind in PARTY_KINDS) == 606
    assert sum(kinds[kind] for kind in BUSINESS_KINDS) == 1596
    assert Member.objects.filter(stage__in=["full", "probationary"]).count() == 8000
    odd = [one for one in Node.objects.all() if not one.path.endswith(f"{one.pk}/")]
    assert odd == []
    assert Entry.objects.get(action="registry.demo_loaded").details["members"] == 8000
