"""Sealing, opening, look-up, and changing keys."""

from __future__ import annotations

import stat

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import FieldError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.access import Role
from ronghe.apps.members.models import Member
from ronghe.apps.sealing.keys import KeyRing, UnsealError, add_key, ring

KEYS = KeyRing("k1", {"k1": bytes(32), "k2": bytes(range(32))}, bytes(32))


@pytest.fixture
def key_file(settings, tmp_path):
    settings.RONGHE_KEYS = tmp_path / "keys.json"
    return settings.RONGHE_KEYS


@given(text=st.text(), purpose=st.text())
def test_what_was_sealed_opens_to_the_same(text, purpose):
    assert KEYS.open(KEYS.seal(text, purpose=purpose), purpose=purpose) == text


def test_equal_texts_are_sealed_differently_and_looked_up_alike():
    assert KEYS.seal("130534", purpose="a") != KEYS.seal("130534", purpose="a")
    assert KEYS.lookup("130534", purpose="a") == KEYS.lookup("130534", purpose="a")
    assert KEYS.lookup("130534", purpose="a") != KEYS.lookup("130534", purpose="b")


def test_a_sealed_text_shows_nothing_of_itself():
    assert "130534" not in KEYS.seal("130534" * 9, purpose="a")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed.replace("k1:", "k2:"),
        lambda sealed: sealed.replace("k1:", "k9:"),
        lambda sealed: sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB"),
        lambda _sealed: "k1:",
        lambda _sealed: "130534199001011234",
    ],
)
def test_what_was_changed_does_not_open(spoil):
    with pytest.raises(UnsealError):
        KEYS.open(spoil(KEYS.seal("130534", purpose="a")), purpose="a")


def test_what_was_moved_to_another_column_does_not_open():
    with pytest.raises(UnsealError):
        KEYS.open(KEYS.seal("130534", purpose="a"), purpose="b")


def test_the_keys_are_made_once_for_this_user_alone(key_file):
    assert ring() == ring()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [one.name for one in key_file.parent.iterdir()] == ["keys.json"]


def test_a_new_key_seals_and_old_ones_still_open(key_file):
    sealed = ring().seal("130534", purpose="a")

    keys = add_key()

    assert keys.seal("x", purpose="a").startswith("k2:")
    assert keys.open(sealed, purpose="a") == "130534"
    assert ring() == keys


@pytest.mark.parametrize("lookup", ["exact", "contains", "in", "gt"])
def test_a_sealed_field_is_searched_for_emptiness_only(db, lookup):
    assert not Member.objects.filter(phone__isnull=True).exists()

    with pytest.raises(FieldError):
        Member.objects.filter(**{f"phone__{lookup}": ["1"]})


def test_the_secrets_of_second_factors_are_sealed_and_survive_new_keys(here, key_file):
    member = here[Role.MEMBER]
    TOTP.activate(member, "ABCDEFGHIJKLMNOP")
    codes = RecoveryCodes.activate(member).get_unused_codes()
    assert "ABCDEFGHIJKLMNOP" not in str(Authenticator.objects.values_list("data", flat=True))

    call_command("rotate_keys")

    kept = {one.type: one for one in Authenticator.objects.filter(user=member)}
    assert kept["totp"].data["secret"].startswith("k2:")
    assert kept["recovery_codes"].wrap().get_unused_codes() == codes
