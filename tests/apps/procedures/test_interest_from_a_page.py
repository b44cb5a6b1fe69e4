"""An interest is declared from the page of what it is in."""

from __future__ import annotations

from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.procedures.models import Interest
from web_world import days, on_roster

DECLARE = reverse("procedures:declare")
SAID = {"kind": Interest.Kind.values[0], "since": days(0).isoformat()}


def test_an_interest_in_an_object_is_declared_without_naming_it_again(here, signed_in):
    member = on_roster(here.nodes["branch"])
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    address = f"{DECLARE}?about=members.member&pk={member.pk}"
    page = browser.get(reverse("members:member", args=[member.pk])).content.decode()
    assert address.replace("&", "&amp;") in page

    assert browser.post(address, SAID).status_code == 302

    made = Interest.objects.get()
    assert (made.target_type, made.target_id) == ("members.member", member.pk)


def test_an_object_out_of_sight_is_not_found(here, there, signed_in):
    member = on_roster(there.nodes["branch"])
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    assert browser.get(f"{DECLARE}?about=members.member&pk={member.pk}").status_code == 404
    assert browser.get(f"{DECLARE}?about=nothing.there&pk=1").status_code == 404


def test_an_organisation_is_filled_in_where_its_page_led_here(here, signed_in):
    node = here.nodes["branch"]
    page = signed_in(here[Role.BRANCH_SECRETARY]).get(f"{DECLARE}?about=registry.node&pk={node.pk}")

    assert 'value="branch"' in page.content.decode()
