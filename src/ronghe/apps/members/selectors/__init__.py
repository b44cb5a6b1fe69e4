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

__all__ = [
    "accounts_for",
    "counts_for",
    "destinations_for",
    "import_of",
    "is_kept_by",
    "may_link",
    "member_managed_by",
    "member_of",
    "member_visible_to",
    "members_visible_to",
    "organisational_relation",
    "organisations_reached_by",
    "own_requests",
    "request_to_answer",
    "requests_to_answer",
]
