"""What is registered of businesses: codes checked, each code once in a county."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.registry.services import register_business
from web_world import business_below

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

    assert Entry.objects.first().details == {"fields": ["employees"]}


def test_the_page_shows_what_is_registered(signed_in, here):
    browser = signed_in(here[Role.ENTERPRISE])
    pk = here.nodes["enterprise"].pk

    sent = browser.post(f"/organisations/{pk}/registration/", {"uscc": USCC, "employees": "0"})

    assert sent.status_code == 302
    page = browser.get(f"/organisations/{pk}/").content.decode()
    assert USCC in page
    assert "<dd>0</dd>" in page
