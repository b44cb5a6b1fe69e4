"""The demonstration: loaded once for all that is looked at here."""

from __future__ import annotations

import stat
from collections import Counter

import pytest
from django.db import transaction

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.models import PARTY_KINDS, Member
from ronghe.apps.registry.models import BUSINESS_KINDS, Node
from ronghe.project import demo


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration in the database, and its home."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), transaction.atomic():
        assert demo.load(home)
        yield home
        transaction.set_rollback(True)


def test_it_is_loaded_once(loaded, db):
    assert not demo.load(loaded)


def test_a_person_in_each_role_signs_in_with_the_password_kept(loaded, db):
    roles = {post.role for user in User.objects.all() for post in user.posts.all()}

    assert roles == set(Role)
    assert User.objects.first().check_password(demo.password_kept(loaded))
    assert stat.S_IMODE(demo.accounts_file(loaded).stat().st_mode) == 0o600


def test_made_up_data_are_said_to_be_so_on_every_page(loaded, client, db):
    told = "人物、组织和数字全部虚构"

    assert told in client.get("/account/sign-in/").content.decode()
    assert told in client.get("/nothing-here/").content.decode()
    assert all(Node.objects.values_list("fictitious", flat=True))


def test_it_is_the_generated_county(loaded, db):
    kinds = Counter(Node.objects.values_list("kind", flat=True))

    assert (kinds["township"], kinds["village"]) == (12, 180)
    assert sum(kinds[kind] for kind in PARTY_KINDS) == 606
    assert sum(kinds[kind] for kind in BUSINESS_KINDS) == 1596
    assert Member.objects.filter(stage__in=["full", "probationary"]).count() == 8000
    odd = [one for one in Node.objects.all() if not one.path.endswith(f"{one.pk}/")]
    assert odd == []
    assert Entry.objects.get(action="registry.demo_loaded").details["members"] == 8000
