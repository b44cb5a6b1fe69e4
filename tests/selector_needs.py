"""What each selector needs besides the person it reads for: the table of the walk over all.

A selector is named ``app.function``. Most need nothing more; those that do are listed with what
they need, made of a county's objects. A selector that reads for nobody in particular is listed
under `FOR_ITS_CALLER`, and why that is right is said there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ronghe.apps.access import POWERS
from ronghe.apps.accounts.models import User
from ronghe.apps.members.models import Member
from ronghe.apps.members.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from ronghe.apps.regulations.models import LocalValue
from web_world import County

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Things:
    """A county and the ids of what the makers of the access matrix made there, by kind."""

    county: County
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def node(self) -> Any:
        """The branch, where the things lie."""
        return self.county.nodes["branch"]

    def pk(self, kind: str) -> Arguments:
        """Return the argument ``pk`` of one thing."""
        return {"pk": self.ids[kind]}


NEEDS: dict[str, Callable[[Things], list[Arguments]]] = {
    "accounts.delegation_of": lambda of: [of.pk("delegation")],
    "accounts.is_wholly_managed_by": lambda of: [{"person": User.objects.get(pk=of.ids["person"])}],
    "accounts.people_visible_to": lambda of: [{}, {"node": of.node}, {"search": of.county.name}],
    "accounts.person_managed_by": lambda of: [of.pk("person")],
    "accounts.person_visible_to": lambda of: [of.pk("person")],
    "accounts.person_wholly_managed_by": lambda of: [of.pk("person")],
    "accounts.post_managed_by": lambda of: [of.pk("post")],
    "accounts.token_of": lambda of: [of.pk("token")],
    "desk.job_visible_to": lambda of: [of.pk("job")],
    "members.counts_for": lambda of: [{}, {"node": of.node}],
    "members.import_of": lambda of: [of.pk("import")],
    "members.is_kept_by": lambda of: [{"member": Member.objects.get(pk=of.ids["member"])}],
    "members.member_managed_by": lambda of: [of.pk("member")],
    "members.member_visible_to": lambda of: [of.pk("member")],
    "members.members_visible_to": lambda of: [{}, {"node": of.node}, {"stage": "left"}],
    "members.organisations_reached_by": lambda _: [
        {"power": SEE_MEMBERS},
        {"power": MANAGE_MEMBERS},
    ],
    "registry.business_registered_by": lambda of: [of.pk("business")],
    "registry.children_of": lambda of: [{"node": node} for node in of.county.nodes.values()],
    "registry.node_managed_by": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "registry.node_visible_to": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "registry.nodes_reached_by": lambda _: [{"power": power} for power in POWERS],
    "registry.nodes_found": lambda of: [{"words": of.county.name}, {"words": "branch"}],
    "registry.tree_on": lambda _: [{"day": date(2026, 1, 1)}],
    "registry.twigs_for": lambda of: [{}, {"to": of.node.pk}],
    "regulations.may_approve": lambda of: [
        {"local": LocalValue.objects.get(pk=of.ids["local_value"])}
    ],
    "regulations.place_set_by": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "regulations.value_approved_by": lambda of: [of.pk("local_value")],
    "regulations.value_visible_to": lambda of: [of.pk("local_value")],
}

NEEDS_NOTHING = {
    "accounts.delegations_of",
    "accounts.own_posts",
    "accounts.posts_ending_soon",
    "accounts.posts_visible_to",
    "accounts.roles_to_give",
    "accounts.tokens_of",
    "audit.entries_visible_to",
    "desk.jobs_visible_to",
    "registry.nodes_managed_by",
    "registry.nodes_visible_to",
    "registry.tree_visible_to",
    "regulations.places_for",
    "regulations.usual_place",
    "regulations.values_waiting_for",
}

OWN_ONLY: dict[str, Callable[[Things], list[Arguments]]] = {
    "members.destinations_for": lambda of: [
        {"member": Member.objects.get(pk=of.ids["member"]), "floating": floating}
        for floating in (True, False)
    ],
    "registry.twig_of": lambda of: [
        {"node": of.county.nodes["county"], "opened": opened} for opened in (True, False)
    ],
}
"""Given something that another selector fetched for the same person; never anything else."""

FOR_ITS_CALLER = {
    "audit.entries_about": "history of an object its caller fetched for somebody",
    "members.organisational_relation": "of a member its caller fetched for somebody",
    "registry.history_of": "of a node its caller fetched for somebody",
    "registry.holds_fictitious_data": "one yes or no for the whole installation",
    "registry.in_order": "sorts nodes its caller chose",
    "registry.places_of": "of nodes its caller chose",
    "registry.registration_of": "of a node its caller fetched for somebody",
    "regulations.as_valid": "of a value its caller fetched for somebody",
    "regulations.find": "what holds at a place the caller chose; the system applies it",
    "regulations.history_at": "of a node its caller chose from places_for",
    "regulations.key_or_404": "a key of the rulebook",
    "regulations.number": "what holds at a place the caller chose; the system applies it",
    "regulations.rules_at": "of a node its caller chose from places_for",
    "regulations.rulebook": "the built-in rulebook",
    "regulations.value": "what holds at a place the caller chose; the system applies it",
}
