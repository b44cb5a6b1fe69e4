"""What the rulebook says of terms, committees and stages, for a place and a day.

Each check gives doubts: what departs, in words with the citation. Whoever has the power goes on
with a stated reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.members.models import Belonging, Member, Relation, Seat, Stage
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.regulations import selectors as regulations
from ronghe.ui.doubts import Doubt

BRANCHES = (Kind.BRANCH, Kind.JOINT_BRANCH)
PERIODS = {
    (Stage.ACTIVIST, Stage.TARGET): "joining.activist_months",
    (Stage.PROBATIONARY, Stage.FULL): "joining.probation_months",
}
"""The rule for how long a stage lasts before the next one."""


def later(day: date, *, months: int) -> date:
    """Return the day so many months later, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


# --- terms --------------------------------------------------------------------------------------


def term_rule(node: Node) -> str:
    """Return the key of the rule for how long a term of an organisation lasts."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    if Node.objects.filter(pk__in=above, kind=Kind.VILLAGE).exists():
        return "terms.village_community_years"
    if node.kind == Kind.PARTY_COMMITTEE:
        return "terms.committee_years"
    return "terms.other_branch_years"


def last_day_of_term(node: Node, since: date) -> tuple[date, regulations.Valid]:
    """Return when a term that begins on a day is over by the rule of that day, and the rule."""
    rule = regulations.value(term_rule(node), on=since, at=node)
    years = regulations.number(rule.key, on=since, at=node)
    end = later(since, months=12 * years)
    return date.fromordinal(end.toordinal() - 1), rule


class Branch:
    """A branch (党支部) beside the rules of a day on its size; both are read once."""

    _KEYS = (
        "branch.min_full_members",
        "committee.min_full_members",
        "committee.min_people",
        "committee.max_people",
        "committee.usual_max_people",
    )

    def __init__(self, node: Node, on: date) -> None:
        self.node, self.on = node, on
        self.applies = node.kind in BRANCHES

    def doubts(self) -> list[Doubt]:
        """Check whether there are enough full members for a branch."""
        if not self.applies or self._met("branch.min_full_members", self._full_members):
            return []
        rule = self._rule("branch.min_full_members")
        words = _("正式党员%(people)d人；成立党支部的规定是%(least)s")
        return [_doubt(rule, words, people=self._full_members, least=rule.in_words)]

    def doubts_on_committee(self, posts: Iterable[str]) -> list[Doubt]:
        """Check the seats against the number of full members."""
        held = list(posts)
        if not self.applies:
            return []
        if not self._has_committee:
            beyond = [one for one in held if one not in (Seat.Post.SECRETARY, Seat.Post.DEPUTY)]
            rule = self._rule("committee.min_full_members")
            words = _(
                "正式党员%(people)d人；设支部委员会的规定是%(least)s，不足的只设书记，必要时设副书记"
            )
            doubt = _doubt(rule, words, people=self._full_members, least=rule.in_words)
            return [doubt] if beyond else []
        for key in ("committee.max_people", "committee.usual_max_people"):
            if not self._met(key, len(held)):
                rule = self._rule(key)
                words = _("委员会将有%(people)d人；规定是%(most)s")
                return [_doubt(rule, words, people=len(held), most=rule.in_words)]
        return []

    def doubts_on_seats_left(self, posts: Iterable[str]) -> list[Doubt]:
        """Check whether a committee that should be there has enough people."""
        held = len(list(posts))
        if not self.applies or not self._has_committee or self._met("committee.min_people", held):
            return []
        least = self._rule("committee.min_people")
        words = _("委员会有%(people)d人；规定是%(least)s")
        return [_doubt(least, words, people=held, least=least.in_words)]

    @cached_property
    def _full_members(self) -> int:
        there = Belonging.objects.filter(
            node__path__startswith=self.node.path, relation=Relation.ORGANISATION, until=None
        )
        return Member.objects.filter(pk__in=there.values("member"), stage=Stage.FULL).count()

    @cached_property
    def _rules(self) -> dict[str, regulations.Valid]:
        return regulations.values(self._KEYS, on=self.on, at=self.node)

    @property
    def _has_committee(self) -> bool:
        return self._met("committee.min_full_members", self._full_members)

    def _rule(self, key: str) -> regulations.Valid:
        if key in self._rules:
            return self._rules[key]
        return regulations.value(key, on=self.on, at=self.node)  # which says what is wrong

    def _met(self, key: str, people: int) -> bool:
        return self._rule(key).rule.met_by(people)


def doubts_on_holder(node: Node, on: date, member: Member) -> list[Doubt]:
    """Check whether somebody can be elected: probationary members cannot."""
    if member.stage == Stage.FULL:
        return []
    rule = regulations.value("election.probationary_members_vote", on=on, at=node)
    words = _("%(name)s现为%(stage)s，没有被选举权")
    return [_doubt(rule, words, name=member.name, stage=member.get_stage_display())]


# --- stages -------------------------------------------------------------------------------------


def earliest_next(
    member: Member, stage: str, on: date, node: Node
) -> tuple[date, regulations.Valid] | None:
    """Return from when a member can go on to a stage, and the rule of the day it is to begin.

    None where no rule counts.
    """
    last = member.stages.order_by("-since", "-pk").first()
    if last is None or (last.stage, stage) not in PERIODS:
        return None
    rule = regulations.find(PERIODS[Stage(last.stage), Stage(stage)], on=on, at=node)
    if rule is None or not isinstance(rule.value, int):
        return None
    return later(last.since, months=rule.value), rule


def doubts_on_stage(member: Member, stage: str, since: date, node: Node) -> list[Doubt]:
    """Check whether the stage before lasted as long as it has to."""
    found = earliest_next(member, stage, since, node)
    if found is None or since >= found[0]:
        return []
    words = _("%(stage)s阶段的时间规定是%(time)s，到%(day)s才满")
    named = {"stage": member.get_stage_display(), "day": date_format(found[0])}
    return [_doubt(found[1], words, time=found[1].in_words, **named)]


def _doubt(rule: regulations.Valid, words: str, **values: Any) -> Doubt:
    return Doubt(rule.key, words % values, rule.citation)
