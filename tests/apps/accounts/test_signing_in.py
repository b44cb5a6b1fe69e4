"""Signing in: names, passwords, limits, the second factor, what comes first."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.services.people import close_account
from ronghe.apps.audit.models import Entry
from web_world import PASSWORD

SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def empty_cache(db):
    call_command("createcachetable")
    cache.clear()


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": user.username, "password": password}, **more)


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def member(here) -> User:
    return here[Role.MEMBER]


def test_a_person_signs_in_and_comes_to_the_desk(client, member):
    response = sign_in(client, member, follow=True)

    assert response.redirect_chain == [("/", 302)]
    assert "等我办的" in response.content.decode()


def test_the_case_of_a_sign_in_name_does_not_matter(client, member):
    response = client.post(SIGN_IN, {"login": member.username.upper(), "password": PASSWORD})

    assert response.status_code == 302


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, member):
    asked = client.get("/organisations/")

    response = client.post(
        asked.url, {"login": member.username, "password": PASSWORD, "next": "/organisations/"}
    )

    assert response.url == "/organisations/"


def test_a_refusal_says_what_to_do_and_not_which_was_wrong(client, member):
    wrong_password = sign_in(client, member, "wrong").content.decode()
    nobody = client.post(SIGN_IN, {"login": "nobody", "password": "wrong"}).content.decode()

    told = "登录名或密码不对。"
    assert told in wrong_password
    assert told in nobody


def test_there_is_no_signing_up(client):
    assert client.get("/account/sign-up/").status_code == 404
    assert "sign-up" not in client.get(SIGN_IN).content.decode()


def test_a_closed_account_does_not_sign_in_and_its_sessions_end(client, here, member):
    sign_in(client, member)
    close_account(member, by=here[Role.BRANCH_SECRETARY])

    assert client.get("/").url.startswith(SIGN_IN)
    assert client.login(username=member.username, password=PASSWORD) is False


def test_signing_in_and_failing_are_audited(client, member):
    sign_in(client, member, "wrong")
    sign_in(client, member)

    actions = list(Entry.objects.filter(target_id=member.pk).values_list("action", flat=True))
    assert actions == ["accounts.signed_in", "accounts.sign_in_failed"]


def test_an_account_is_locked_for_a_while_after_five_wrong_passwords(client, member):
    for _attempt in range(5):
        sign_in(client, member, "wrong")

    response = sign_in(client, member)

    assert "尝试次数太多" in response.content.decode()


def test_others_at_the_same_address_sign_in_while_one_account_is_locked(client, here, member):
    for _attempt in range(6):
        sign_in(client, member, "wrong")

    assert sign_in(client, here[Role.RESIDENT]).status_code == 302


def test_an_issued_password_has_to_be_changed_first(client, member):
    User.objects.filter(pk=member.pk).update(must_change_password=True)
    sign_in(client, member)

    assert client.get("/").url == "/account/password/"

    changed = {"oldpassword": PASSWORD, "password1": "xin-mima-2026", "password2": "xin-mima-2026"}
    assert client.post("/account/password/", changed).status_code == 302
    assert client.get("/").status_code == 200


def test_a_guarded_post_is_held_up_until_a_second_factor_is_set_up(client, here, settings):
    settings.RONGHE_SECOND_FACTOR = "required"
    sign_in(client, here[Role.ADMINISTRATOR])

    assert client.get("/people/").url == "/account/second-factor/set-up/"


def test_a_member_is_not_held_up_for_a_second_factor(client, member, settings):
    settings.RONGHE_SECOND_FACTOR = "required"
    sign_in(client, member)

    assert client.get("/").status_code == 200


def test_the_first_code_of_an_authenticator_sets_up_the_second_factor(
    client, member, django_capture_on_commit_callbacks
):
    sign_in(client, member)
    asked = client.get("/account/second-factor/set-up/")
    again = {"password": PASSWORD, "next": "/account/second-factor/set-up/"}
    page = client.post(asked.url, again, follow=True)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/account/second-factor/set-up/", {"code": code_for(secret)})

    assert response.url == "/account/recovery-codes/"
    assert Entry.objects.filter(action="accounts.second_factor_added").exists()


def test_with_a_second_factor_the_password_alone_is_not_enough(client, member):
    TOTP.activate(member, "ABCDEFGHIJKLMNOP")

    assert sign_in(client, member).url.startswith("/account/second-factor/code/")
    assert client.get("/").url.startswith(SIGN_IN)

    client.post("/account/second-factor/code/", {"code": code_for("ABCDEFGHIJKLMNOP")})
    assert client.get("/").status_code == 200


def test_a_recovery_code_works_once(client, member):
    TOTP.activate(member, "ABCDEFGHIJKLMNOP")
    code = RecoveryCodes.activate(member).get_unused_codes()[0]

    answers = []
    for _attempt in range(2):
        sign_in(client, member)
        answers.append(client.post("/account/second-factor/code/", {"code": code}).status_code)
        client.post("/account/sign-out/")

    assert answers == [302, 200]


def test_pages_that_need_the_password_again_ask_for_it(client, member):
    client.force_login(member)

    assert client.get("/me/tokens/new/").url.startswith("/account/confirm/")
