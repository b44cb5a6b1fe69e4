"""A county begins with its first administrator, from the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from ronghe.apps.registry.models import Node


def test_a_county_begins_with_an_administrator_who_must_change_the_password(db, capsys):
    call_command("found_county", "130534", "清河县", "guanli", "高明远")

    administrator = User.objects.get(username="guanli")
    password = capsys.readouterr().out.strip().removeprefix("guanli: ")
    assert administrator.check_password(password)
    assert administrator.must_change_password
    assert [one.role for one in administrator.posts.all()] == [Role.ADMINISTRATOR]


def test_a_county_whose_administrator_is_refused_is_not_begun(db):
    call_command("found_county", "130534", "清河县", "guanli", "高明远")

    with pytest.raises(CommandError):
        call_command("found_county", "130535", "临西县", "GUANLI", "别人")

    assert Node.objects.count() == 1


def test_a_code_is_used_by_one_county(db):
    call_command("found_county", "130534", "清河县", "guanli", "高明远")

    with pytest.raises(CommandError):
        call_command("found_county", "130534", "临西县", "other", "别人")
