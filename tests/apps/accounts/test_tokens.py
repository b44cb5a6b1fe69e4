"""API tokens: whose they are, what they allow, when they end."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Token
from ronghe.apps.accounts.services.people import close_account
from ronghe.apps.accounts.services.tokens import make_token, revoke_token
from web_world import days


def token_of(user, *scopes, until=30):
    return make_token(name="报表系统", scopes=scopes, until=days(until), by=user)


def ask(client, path, secret):
    return client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})


def test_a_token_says_whose_it_is(client, here):
    member = here[Role.MEMBER]
    _token, secret = token_of(member, "organisations:read")

    answer = ask(client, "me", secret).json()

    assert answer["username"] == member.username
    assert [post["role"] for post in answer["posts"]] == ["member"]


def test_a_token_reads_only_what_its_scopes_name(client, here):
    _token, secret = token_of(here[Role.ADMINISTRATOR], "organisations:read")

    assert ask(client, "organisations", secret).status_code == 200
    assert ask(client, "people", secret).status_code == 403
    assert ask(client, "audit", secret).status_code == 403


def test_a_scope_gives_nothing_its_owner_does_not_have(client, here):
    _token, secret = token_of(here[Role.MEMBER], "people:read")

    assert ask(client, "people", secret).status_code == 403


def test_a_token_reads_no_other_county(client, here, there):
    _token, secret = token_of(
        here[Role.ADMINISTRATOR], "organisations:read", "people:read", "audit:read"
    )
    theirs = [node.pk for node in there.nodes.values()]

    shown = [node["id"] for node in ask(client, "organisations", secret).json()["items"]]
    people = ask(client, "people?limit=500", secret).json()["items"]
    entries = ask(client, "audit?limit=500", secret).json()["items"]

    assert not set(shown) & set(theirs)
    assert {one["username"].split("-")[0] for one in people} == {"here"}
    assert not {entry["place_id"] for entry in entries} & set(theirs)


def test_the_secret_itself_is_not_kept(here):
    token, secret = token_of(here[Role.MEMBER], "organisations:read")

    assert secret not in str(Token.objects.filter(pk=token.pk).values())


@pytest.mark.parametrize("secret", ["", "ronghe_wrong", "x" * 5000])
def test_a_wrong_secret_opens_nothing(client, here, secret):
    assert ask(client, "me", secret).status_code == 401


def test_a_revoked_token_is_useless_at_once(client, here):
    token, secret = token_of(here[Role.MEMBER], "organisations:read")

    revoke_token(token, by=here[Role.MEMBER])

    assert ask(client, "me", secret).status_code == 401


def test_a_token_ends_with_its_last_day(client, here):
    token, secret = token_of(here[Role.MEMBER], "organisations:read")
    Token.objects.filter(pk=token.pk).update(until=days(-1))

    assert ask(client, "me", secret).status_code == 401


def test_a_token_ends_with_its_owners_account(client, here):
    member = here[Role.MEMBER]
    _token, secret = token_of(member, "organisations:read")

    close_account(member, by=here[Role.BRANCH_SECRETARY])

    assert ask(client, "me", secret).status_code == 401


def test_nobody_revokes_anothers_token(here):
    token, _secret = token_of(here[Role.MEMBER], "organisations:read")

    with pytest.raises(PermissionDenied):
        revoke_token(token, by=here[Role.ADMINISTRATOR])


@pytest.mark.parametrize(
    ("scopes", "until"),
    [([], 30), (["everything"], 30), (["people:read"], -1), (["people:read"], 400)],
)
def test_an_impossible_token_is_refused(here, scopes, until):
    with pytest.raises(ValidationError):
        token_of(here[Role.MEMBER], *scopes, until=until)


def test_the_use_of_a_token_is_noted_by_the_day(client, here):
    token, secret = token_of(here[Role.MEMBER], "organisations:read")

    ask(client, "me", secret)

    token.refresh_from_db()
    assert token.last_used == days(0)


def test_the_secret_is_shown_once_after_the_password(client, here):
    member = here[Role.MEMBER]
    client.force_login(member)
    from web_world import PASSWORD

    client.post("/account/confirm/", {"password": PASSWORD})
    sent = {"name": "报表系统", "scopes": ["organisations:read"], "until": days(30).isoformat()}
    page = client.post("/me/tokens/new/", sent).content.decode()

    assert "ronghe_" in page
    assert "ronghe_" not in client.get("/me/").content.decode()
