"""What is registered of businesses: codes checked, each code once in a county."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.registry.selectors import area_code_of, registration_of, registrations_of
from ronghe.apps.registry.services import register_business, state_area_code
from ronghe.ui.doubts import NeedsReasonError
from web_world import business_below, days

USCC = "91110000600037341L"
"""The example of the python-stdnum documentation."""


def state(node, by, **changed):
    given = {"uscc": USCC, "industry": "C1361", "employees": 40}
    return register_business(node, by=by, **{**given, **changed})


def test_an_enterprise_states_its_own_registration(here):
    made = state(here.nodes["enterprise"], here[Role.ENTERPRISE], uscc=f" {USCC[:8]} {USCC[8:]}")

    assert (made.uscc, made.industry, made.employees) == (USCC, "C1361", 40)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"uscc": "91110000600037342L"}, "uscc"),
        ({"uscc": "9111"}, "uscc"),
        ({"industry": "1361"}, "industry"),
        ({"industry": "Z01"}, "industry"),
        ({"industry": "C1"}, "industry"),
    ],
)
def test_a_code_that_is_wrong_is_refused_at_its_field(here, changed, field):
    with pytest.raises(ValidationError) as refusal:
        state(here.nodes["enterprise"], here[Role.ENTERPRISE], **changed)

    assert list(refusal.value.message_dict) == [field]


def test_a_code_stands_once_in_a_county(here, there):
    by = here[Role.SOCIAL_WORK]
    state(here.nodes["enterprise"], by)
    state(there.nodes["enterprise"], there[Role.SOCIAL_WORK])

    with pytest.raises(ValidationError):
        state(business_below(here.nodes["township"]), by)


def test_what_is_not_known_stays_empty(here):
    made = state(
        here.nodes["enterprise"], here[Role.ENTERPRISE], uscc="", industry="", employees=None
    )

    assert (made.uscc, made.industry, made.employees) == ("", "", None)


def test_only_businesses_are_registered(here):
    with pytest.raises(ValidationError):
        state(here.nodes["branch"], here[Role.ORGANISATION])


def test_an_enterprise_states_nothing_of_another(here):
    other = business_below(here.nodes["township"])

    with pytest.raises(PermissionDenied):
        state(other, here[Role.ENTERPRISE])


def test_the_audit_names_the_fields_that_changed(here):
    state(here.nodes["enterprise"], here[Role.ENTERPRISE])
    state(here.nodes["enterprise"], here[Role.ENTERPRISE], employees=41)

    assert Entry.objects.first().details["fields"] == ["employees"]


def test_the_page_shows_what_is_registered(signed_in, here):
    browser = signed_in(here[Role.ENTERPRISE])
    pk = here.nodes["enterprise"].pk

    sent = browser.post(
        f"/organisations/{pk}/registration/", {"uscc": USCC, "employees": "0", "since": days(0)}
    )

    assert sent.status_code == 302
    page = browser.get(f"/organisations/{pk}/").content.decode()
    assert USCC in page
    assert "<dd>0</dd>" in page


def test_what_was_stated_before_stays(signed_in, here):
    by, firm = here[Role.ENTERPRISE], here.nodes["enterprise"]
    state(firm, by, since=days(-100))
    state(firm, by, employees=55)

    shown = signed_in(by).get(f"/organisations/{firm.pk}/").content.decode()

    assert [one.employees for one in registrations_of(firm)] == [55, 40]
    assert registration_of(firm).employees == 55
    assert "以前登记的" in shown


@pytest.mark.parametrize(
    ("people", "farmers", "departs"),
    [
        (5, 4, []),
        (4, 4, ["cooperative.min_members"]),
        (100, 79, ["cooperative.farmer_share"]),
        (4, 1, ["cooperative.min_members", "cooperative.farmer_share"]),
        (None, None, []),
    ],
)
def test_a_cooperative_against_the_law_needs_a_reason(here, people, farmers, departs):
    firm = business_below(here.nodes["township"], kind="cooperative")
    given = {"uscc": "", "people": people, "farmers": farmers}
    if departs:
        with pytest.raises(NeedsReasonError, match="农民专业合作社法"):
            state(firm, here[Role.TOWNSHIP_OFFICER], **given)

    made = state(firm, here[Role.TOWNSHIP_OFFICER], **given, reason="正在整改")

    assert made.departs == departs
    assert bool(made.reason) == bool(departs)


def test_more_farmers_than_members_are_refused(here):
    firm = business_below(here.nodes["township"], kind="cooperative")

    with pytest.raises(ValidationError) as refusal:
        state(firm, here[Role.TOWNSHIP_OFFICER], people=5, farmers=6, reason="有")

    assert list(refusal.value.message_dict) == ["farmers"]


# --- codes of areas -----------------------------------------------------------------------------


def code_of(node, code, by, **more):
    return state_area_code(node, code=code, by=by, **{"since": days(-9), **more})


def test_an_areas_code_begins_with_its_parents_and_earlier_ones_stay(here):
    by, township = here[Role.ORGANISATION], here.nodes["township"]
    code_of(here.nodes["county"], "360426", by)

    code_of(township, "360426101", by)
    code_of(township, "360426102", by, since=days(-1))

    assert area_code_of(township).code == "360426102"
    assert [one.code for one in township.area_codes.all()] == ["360426101", "360426102"]


@pytest.mark.parametrize(
    ("place", "code", "told"),
    [
        ("township", "36042610", "9位"),
        ("township", "36042610a", "9位"),
        ("township", "360427101", "开头"),
        ("village", "360426101", "12位"),
        ("enterprise", "360426101", "只有县"),
    ],
)
def test_a_code_of_another_length_or_area_is_refused(here, place, code, told):
    code_of(here.nodes["county"], "360426", here[Role.ORGANISATION])

    with pytest.raises(ValidationError, match=told):
        code_of(here.nodes[place], code, here[Role.ORGANISATION])


def test_a_county_that_the_standard_does_not_know_needs_a_reason(here):
    with pytest.raises(NeedsReasonError, match="2260"):
        code_of(here.nodes["county"], "999999", here[Role.ORGANISATION])

    code_of(here.nodes["county"], "999999", here[Role.ORGANISATION], reason="演示")


def test_two_areas_do_not_have_the_same_code(here):
    by = here[Role.ORGANISATION]
    code_of(here.nodes["township"], "360426101", by)

    with pytest.raises(ValidationError, match="别的地方"):
        code_of(here.nodes["township_beside"], "360426101", by)
