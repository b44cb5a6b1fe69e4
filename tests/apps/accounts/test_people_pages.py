"""The pages about people: what they show and what they refuse."""

from __future__ import annotations

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from web_world import days, person, post


def account(here, **changed):
    given = {
        "name": "新人",
        "username": "xinren",
        "role": Role.MEMBER,
        "node": here.nodes["branch"].pk,
        "since": days(0).isoformat(),
        "until": "",
    }
    return {**given, **changed}


def test_an_opened_account_shows_its_password_this_once(signed_in, here):
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    page = browser.post("/people/new/", account(here))

    opened = User.objects.get(username="xinren")
    assert opened.check_password(page.context["password"])
    assert page.context["password"] in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_a_refused_account_is_answered_with_422_and_the_reason(signed_in, here):
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    page = browser.post("/people/new/", account(here, username=here.people[Role.MEMBER].username))

    assert page.status_code == 422
    assert page.context["form"].errors["username"]


def test_only_places_and_roles_that_one_may_give_are_offered(signed_in, here):
    form = signed_in(here[Role.BRANCH_SECRETARY]).get("/people/new/").context["form"]

    offered = [value for value, _label in form.fields["role"].choices if value]
    assert offered == ["member", "enterprise", "resident"]
    assert list(form.fields["node"].queryset) == [here.nodes["branch"]]


def test_the_list_shows_people_within_reach_only(signed_in, here, there):
    page = signed_in(here[Role.PARTY_SECRETARY]).get("/people/").content.decode()

    assert here.people[Role.MEMBER].username in page
    assert here.people[Role.COUNTY_LEADER].username not in page
    assert there.people[Role.MEMBER].username not in page


def test_the_list_shows_no_posts_beyond_reach_of_a_person_within(signed_in, here):
    member = here.people[Role.MEMBER]
    post(member, Role.COUNTY_LEADER, here.nodes["county"])

    page = signed_in(here[Role.BRANCH_SECRETARY]).get(f"/people/{member.pk}/").content.decode()

    assert "党员" in page
    assert "县领导" not in page


def test_the_list_finds_by_name_role_and_place(signed_in, here):
    browser = signed_in(here[Role.ADMINISTRATOR])
    post(person("wang", name="王大山"), Role.MEMBER, here.nodes["branch_beside"])

    for query in ("q=大山", f"role=member&node={here.nodes['township_beside'].pk}"):
        assert [one.name for one in browser.get(f"/people/?{query}").context["page"]] == ["王大山"]


def test_the_list_needs_as_many_queries_for_sixty_people_as_for_one(
    signed_in, here, django_assert_max_num_queries
):
    for number in range(60):
        post(person(f"many{number}"), Role.MEMBER, here.nodes["branch"])
    browser = signed_in(here[Role.ADMINISTRATOR])

    with django_assert_max_num_queries(12):
        browser.get("/people/")


def test_htmx_gets_the_list_alone(signed_in, here):
    browser = signed_in(here[Role.ADMINISTRATOR])

    page = browser.get("/people/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page


def test_a_person_with_an_ended_term_is_offered_for_renewal_on_the_desk(signed_in, here):
    here.people[Role.MEMBER].posts.update(until=days(10))

    page = signed_in(here[Role.BRANCH_SECRETARY]).get("/").content.decode()

    assert "任职将到期" in page


def test_what_a_deputy_did_says_in_whose_name_on_the_persons_own_page(signed_in, here):
    from ronghe.apps.accounts.services.delegation import delegate
    from ronghe.apps.accounts.services.posts import give_post

    secretary, officer = here[Role.BRANCH_SECRETARY], here.people[Role.TOWNSHIP_OFFICER]
    delegate(
        post=secretary.posts.get(),
        username=officer.username,
        since=days(0),
        until=days(9),
        by=secretary,
    )
    resident = here.people[Role.RESIDENT]
    give_post(
        resident,
        role=Role.MEMBER,
        node=here.nodes["branch"],
        since=days(0),
        until=None,
        by=here[Role.TOWNSHIP_OFFICER],
    )

    page = signed_in(here[Role.RESIDENT]).get("/me/").content.decode()

    assert f"{officer.name} （代{secretary.name}）" in page
