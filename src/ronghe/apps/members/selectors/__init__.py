"""Reading the roster: each function also decides who may see what it returns."""

from ronghe.apps.members.selectors.own import (
    accounts_for,
    may_link,
    member_of,
    own_requests,
    request_to_answer,
    requests_to_answer,
)
from ronghe.apps.members.selectors.roster import (
    counts_for,
    destinations_for,
    import_of,
    is_kept_by,
    member_managed_by,
    member_visible_to,
    members_visible_to,
    organisational_relation,
    organisations_reached_by,
)
from ronghe.apps.members.selectors.steps import complete_on, steps_due
from ronghe.apps.members.selectors.terms import (
    current_term,
    members_of,
    organisation_of_terms,
    organisation_seen_by,
    seat_kept_by,
    seats_of,
    terms_ending,
    terms_of,
)

__all__ = [
    "accounts_for",
    "complete_on",
    "counts_for",
    "current_term",
    "destinations_for",
    "import_of",
    "is_kept_by",
    "may_link",
    "member_managed_by",
    "member_of",
    "member_visible_to",
    "members_of",
    "members_visible_to",
    "organisation_of_terms",
    "organisation_seen_by",
    "organisational_relation",
    "organisations_reached_by",
    "own_requests",
    "request_to_answer",
    "requests_to_answer",
    "seat_kept_by",
    "seats_of",
    "steps_due",
    "terms_ending",
    "terms_of",
]
