"""Reading rules: what holds at a place on a day, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.registry.models import Level, Node, ParentLink
from ronghe.apps.registry.selectors import nodes_visible_to
from ronghe.apps.regulations.models import LocalValue, State
from ronghe.apps.regulations.permissions import SET_VALUES
from ronghe.apps.regulations.subjects import SUBJECTS, subject_of
from ronghe.apps.regulations.words import against_built_in, cited, said, value_in_words
from ronghe.rulebook import (
    Document,
    Rule,
    Rulebook,
    Value,
    Wording,
    load,
    localise,
    read_value,
    weakens,
)


@dataclass(frozen=True, slots=True)
class Valid:
    """What a rule says at a place on a day: the rule in force and the local value behind it."""

    rule: Rule
    local: LocalValue | None = None

    @property
    def key(self) -> str:
        """Return the rule's key."""
        return self.rule.key

    @property
    def title(self) -> str:
        """Return the rule's title in the reader's language."""
        return said(self.rule.title)

    @property
    def value(self) -> Value:
        """Return the value."""
        return self.rule.value

    @property
    def in_words(self) -> str:
        """Return the value as a person would say it."""
        return value_in_words(self.rule)

    @property
    def citation(self) -> str:
        """Return the source, with the doubt about it if there is one."""
        return cited(self.rule)

    @property
    def confirmed(self) -> bool:
        """Tell whether the organisation department confirmed it for this place."""
        return self.rule.confirmed

    @property
    def difference(self) -> str:
        """Return how it differs from the built-in rule, in words; empty where it does not."""
        return against_built_in(self.rule)

    @property
    def weaker(self) -> bool:
        """Tell whether it is a local value that asks for less than the built-in one."""
        built_in = self.rule.overrides
        return built_in is not None and weakens(self.rule.value, built_in)


@cache
def rulebook() -> Rulebook:
    """Return the built-in rulebook, read once."""
    return load()


def value(key: str, *, on: date, at: Node) -> Valid:
    """Return what holds at a node on a day: the nearest local value, else the built-in one.

    Raises ProblemsError for an unknown key, or where nothing was in force.
    """
    return find(key, on=on, at=at) or Valid(rulebook().rule(key, on))  # which says what is wrong


def values(keys: Iterable[str], *, on: date, at: Node) -> dict[str, Valid]:
    """Return what holds of several rules at a node on a day; what was not in force is left out."""
    asked = list(keys)
    local, found = _local_values(asked, on, at), {}
    for key in asked:
        built_in = rulebook().find(key, on)
        if built_in is not None or key in local:
            found[key] = _valid(built_in or rulebook().history(key)[-1], local.get(key))
    return found


def find(key: str, *, on: date, at: Node) -> Valid | None:
    """Return what holds at a node on a day, None where nothing was in force."""
    return values([key], on=on, at=at).get(key)


def local_rules(*, on: date, at: Node) -> dict[str, Rule]:
    """Return the rules that local values give at a node on a day, by key."""
    found = {}
    for key, local in _local_values(rulebook().keys(), on, at).items():
        built_in = rulebook().find(key, on) or rulebook().history(key)[-1]
        found[key] = replace(_valid(built_in, local).rule, overrides=None)
    return dict(sorted(found.items()))


def rulebook_at(node: Node, on: date) -> Rulebook:
    """Return the rulebook of a place as it is on a day: local values lie on the built-in ones."""
    local = {key: (rule,) for key, rule in local_rules(on=on, at=node).items()}
    return Rulebook((*rulebook().layers, local)) if local else rulebook()


def number(key: str, *, on: date, at: Node) -> int:
    """Return the whole number that holds at a node on a day."""
    found = value(key, on=on, at=at).value
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError(key)
    return found


def rules_at(node: Node, on: date, *, search: str = "") -> list[tuple[Any, list[Valid]]]:
    """Return every rule that holds at a node on a day, by subject; ``search`` narrows them."""
    built_in = rulebook().on(on)
    locals_ = _local_values(built_in, on, node)
    grouped: dict[str, list[Valid]] = {name: [] for name in SUBJECTS}
    for key, rule in built_in.items():
        found = _valid(rule, locals_.get(key))
        if mentions(found, search):
            grouped[subject_of(key)].append(found)
    return [(SUBJECTS[name][0], rules) for name, rules in grouped.items() if rules]


def history_at(key: str, node: Node) -> QuerySet[LocalValue]:
    """Return the local values of a rule that a node has or inherits today, newest first."""
    values = LocalValue.objects.filter(key=key, node__in=_chain(node, timezone.localdate()))
    return values.select_related("node", "proposed_by", "decided_by")


def key_or_404(key: str) -> str:
    """Return a key of the rulebook, or raise Http404."""
    if key not in rulebook().layers[0]:
        raise Http404
    return key


def places_for(user: Any) -> QuerySet[Node]:
    """Return the places whose rules somebody may ask for: counties, townships, their own posts."""
    own = [one.node_id for one in user.standings()]
    at = Q(level__lte=Level.TOWNSHIP) | Q(pk__in=own)
    return nodes_visible_to(user).filter(at, closed=None)


def usual_place(user: Any) -> Node:
    """Return the place of the post nearest to the work, or raise Http404 for who has none."""
    paths = sorted((one.path for one in user.standings()), key=lambda path: (-len(path), path))
    found = Node.objects.filter(path=paths[0]).first() if paths else None
    if found is None:
        raise Http404
    return found


def place_set_by(user: Any, pk: int) -> Node:
    """Return a node of today for which somebody may set values, or raise Http404."""
    return _node(user, pk, SET_VALUES)


def value_visible_to(user: Any, pk: int) -> LocalValue:
    """Return a local value of a place somebody sees or belongs to, or raise Http404."""
    found = LocalValue.objects.select_related("node", "proposed_by", "decided_by")
    local = found.filter(pk=pk, node__in=nodes_visible_to(user)).first()
    if local is None:
        raise Http404
    return local


def as_valid(local: LocalValue) -> Valid:
    """Return what a local value would say, beside the built-in rule of its first day."""
    built_in = rulebook().find(local.key, local.since) or rulebook().history(local.key)[-1]
    return _valid(built_in, local)


def _node(user: Any, pk: int, power: str) -> Node:
    found = Node.objects.filter(user.reach(power).within(), pk=pk, closed=None).first()
    if found is None:
        raise Http404
    return found


def _valid(built_in: Rule, local: LocalValue | None) -> Valid:
    if local is None:
        return Valid(built_in)
    day = timezone.localdate(local.decided) if local.decided else local.since
    by = str(local.decided_by) if local.state == State.IN_FORCE else ""
    rule = localise(
        built_in,
        read_value(local.value, built_in.kind),
        document=built_in.document if local.confirms else _document(local),
        article=built_in.article if local.confirms else local.article,
        since=local.since,
        until=local.until,
        confirmed=(by, day),
    )
    return Valid(rule, local)


def _document(local: LocalValue) -> Document:
    return Document(Wording(local.document), number=local.number)


def mentions(found: Valid, search: str) -> bool:
    """Tell whether a rule's key, title, source or value has these words in it."""
    words = search.casefold()
    rule = found.rule
    texts = (found.key, rule.title.zh, rule.title.en, found.citation, found.in_words)
    return any(words in text.casefold() for text in texts)


def _local_values(keys: Iterable[str], on: date, at: Node) -> dict[str, LocalValue]:
    """Return the local value in force by key: of the nearest node, there the last decided."""
    covering = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    counties = LocalValue.objects.filter(covering, state=State.IN_FORCE, key__in=list(keys))
    counties = counties.select_related("node", "decided_by")
    values = list(counties.filter(node__path__startswith=f"{at.county_id_or_own}/"))
    if not values:
        return {}
    nearness = {pk: -place for place, pk in enumerate(_chain(at, on))}
    held = [one for one in values if one.node_id in nearness]
    held.sort(key=lambda one: (nearness[one.node_id], one.decided, one.pk))
    return {one.key: one for one in held}


def _chain(node: Node, on: date) -> list[int]:
    """Return a node and those above it as they stood on a day, the nearest first."""
    if on >= timezone.localdate():
        return [int(pk) for pk in reversed(node.path.split("/")) if pk]
    chain, standing = [node.pk], Q(until__isnull=True) | Q(until__gte=on)
    while True:
        above = ParentLink.objects.filter(standing, child=chain[-1], since__lte=on)
        parent = above.values_list("parent_id", flat=True).first()
        if parent is None or parent in chain:
            return chain
        chain.append(parent)
