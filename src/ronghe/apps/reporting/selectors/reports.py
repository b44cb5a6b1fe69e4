"""Report appraisals and reports somebody may see; who has reports to write, comment, hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Post
from ronghe.apps.members.models import PARTY_KINDS, Seat
from ronghe.apps.procedures.machines.objections import OPEN
from ronghe.apps.procedures.models import Objection
from ronghe.apps.registry.models import Kind, Level, Node
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.apps.regulations import selectors as regulations
from ronghe.apps.regulations.words import said
from ronghe.apps.reporting import grading
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Rectification, Report, ReportAppraisal, Sentence
from ronghe.apps.reporting.models.appraisals import VoterGroup
from ronghe.apps.reporting.stages import Stage, State
from ronghe.exchange.evidence import FEWEST_VOTES

_MORE = ("appraisal__node", "node", "secretary", "submitted_by", "commented_by")


def appraisals_visible_to(user: Any) -> QuerySet[ReportAppraisal]:
    """Return the report appraisals at one's places, and those one reports in."""
    mine = Report.objects.filter(_own(user)).values("appraisal")
    within = user.reach(powers.SEE).within("node__path")
    return ReportAppraisal.objects.filter(within | Q(pk__in=mine)).select_related("node")


def appraisal_visible_to(user: Any, pk: int) -> ReportAppraisal:
    """Return one report appraisal, or raise Http404."""
    found: ReportAppraisal = _one(appraisals_visible_to(user), pk)
    return found


def reports_listed_for(user: Any, appraisal: ReportAppraisal) -> QuerySet[Report]:
    """Return the reports of an appraisal with where they stand; one's own for the assessed."""
    rows = appraisal.reports.select_related(*_MORE)
    return rows if user.has_perm(powers.SEE, appraisal.node) else rows.filter(_own(user))


def reports_visible_to(user: Any) -> QuerySet[Report]:
    """Return the reports somebody may read: their own; drafts are nobody else's.

    Who holds the appraisal also reads the drafts of secretaries without an account, which they
    enter from paper.
    """
    within = user.reach(powers.SEE).within("appraisal__node__path")
    paper = user.reach(powers.HOLD).within("appraisal__node__path")
    read = (Q(within) & ~Q(stage=Stage.DRAFT)) | (Q(paper) & Q(secretary=None))
    return Report.objects.filter(_own(user) | read).select_related(*_MORE)


def report_visible_to(user: Any, pk: int) -> Report:
    """Return one report, or raise Http404."""
    found: Report = _one(reports_visible_to(user), pk)
    return found


def report_written_by(user: Any, pk: int) -> Report:
    """Return a draft that a person writes, or raise Http404."""
    return _only(report_visible_to(user, pk), lambda one: powers.may_write(user, one))


def report_held_by(user: Any, pk: int) -> Report:
    """Return a report whose appraisal a person runs, or raise Http404."""
    return _only(report_visible_to(user, pk), lambda one: powers.may_hold(user, one))


def report_commented_by(user: Any, pk: int) -> Report:
    """Return a report that a person may comment on, or raise Http404."""
    return _only(report_visible_to(user, pk), lambda one: powers.may_comment(user, one))


def report_of(user: Any, pk: int) -> Report:
    """Return one's very own report, not one written for somebody else, or raise Http404."""
    found: Report = _one(reports_visible_to(user).filter(secretary=user), pk)
    return found


def report_improved_by(user: Any, pk: int) -> Report:
    """Return a report whose rectification list a person keeps, or raise Http404."""
    may = lambda one: powers.may_hold(user, one) or powers.may_write(user, one)
    return _only(report_visible_to(user, pk), may)


def sentence_visible_to(user: Any, pk: int) -> Sentence:
    """Return a sentence of a report that somebody may read, or raise Http404."""
    reports = reports_visible_to(user).values("pk")
    found: Sentence = _one(
        Sentence.objects.filter(report__in=reports).select_related(
            "report__appraisal__node", "report__node"
        ),
        pk,
    )
    return found


def rectification_done_by(user: Any, pk: int) -> Rectification:
    """Return one's own open item, or raise Http404."""
    mine = Rectification.objects.filter(owner=user, done=None)
    found: Rectification = _one(mine.select_related("report__node", "report__appraisal"), pk)
    return found


def places_held_by(user: Any) -> QuerySet[Node]:
    """Return the counties and townships where a person may hold a report appraisal."""
    kinds = (Kind.COUNTY, Kind.TOWNSHIP)
    return nodes_reached_by(user, powers.HOLD).filter(kind__in=kinds)


@dataclass(frozen=True, slots=True)
class Secretary:
    """Who is secretary where: the account where there is one, and the name."""

    node: Node
    account: Any
    name: str


def secretaries_beneath(place: Node) -> list[Secretary]:
    """Return the secretaries who report to a place: of townships to a county, of branches else.

    Those with a post on this site first, else who holds the seat of secretary on the roster.
    """
    today = timezone.localdate()
    if place.kind == Kind.COUNTY:
        nodes = Node.objects.filter(county=place, kind=Kind.TOWNSHIP, closed=None)
        role = Role.PARTY_SECRETARY
    else:
        kinds = set(PARTY_KINDS) - {Kind.PARTY_COMMITTEE, Kind.PARTY_GROUP}
        nodes = Node.objects.filter(path__startswith=place.path, kind__in=kinds, closed=None)
        role = Role.BRANCH_SECRETARY
    held = Post.objects.current(today).filter(role=role, node__in=nodes, user__is_active=True)
    posts = {one.node_id: one.user for one in held.select_related("user").order_by("since", "pk")}
    seats = _seats_at(place, nodes)
    found = []
    for node in nodes.order_by("path"):
        user = posts.get(node.pk)
        name = user.name if user else seats.get(node.pk, "")
        if name:
            found.append(Secretary(node, user, name))
    return found


def _seats_at(place: Node, nodes: QuerySet[Node]) -> dict[int, str]:
    """Return the names of those with the seat of secretary by node; a township's committee's."""
    seats = Seat.objects.filter(post=Seat.Post.SECRETARY, until=None, term__until=None)
    rows = seats.values_list("term__node", "term__node__path", "member__name")
    if place.kind != Kind.COUNTY:
        return {node: name for node, _path, name in rows.filter(term__node__in=nodes)}
    committees = rows.filter(
        term__node__kind=Kind.PARTY_COMMITTEE, term__node__level=Level.TOWNSHIP,
        term__node__path__startswith=place.path,
    )  # fmt: skip
    return {int(path.split("/")[-3]): name for _node, path, name in committees}


def state_of(report: Report) -> State:
    """Return what decides about a report's next step."""
    return states_of([report])[report.pk]


def states_of(reports: Iterable[Report]) -> dict[int, State]:
    """Return what decides about the next step of each report, by id, in one query."""
    rows = {one.pk: one for one in reports}
    raised: dict[int, list[Objection]] = {pk: [] for pk in rows}
    label = Report._meta.label_lower
    for one in Objection.objects.filter(target_type=label, target_id__in=rows):
        raised[one.target_id].append(one)
    return {pk: _state(report, raised[pk]) for pk, report in rows.items()}


def _state(report: Report, raised: list[Objection]) -> State:
    since = report.counted_at
    upheld = [one.answered for one in raised if one.state == Objection.State.UPHELD]
    return State(
        Stage(report.stage),
        sum(one.state in OPEN for one in raised),
        bool(since and any(day and day >= since for day in upheld)),
        report.until,
    )


def grades_for(appraisal: ReportAppraisal) -> dict[str, str]:
    """Return the grades of the rulebook for the year, from the best, by code."""
    on = timezone.localdate()
    held: Any = regulations.value("report_appraisal.grades", on=on, at=appraisal.node).value
    return {one.code: said(one.title) for one in held}


def weights_of(appraisal: ReportAppraisal) -> list[tuple[str, int]]:
    """Return the voter groups that vote in an appraisal, with their weights."""
    weights = appraisal.weights
    return [(str(words), weights[g]) for g, words in VoterGroup.choices if weights.get(g)]


@dataclass(frozen=True, slots=True)
class GroupVotes:
    """The votes of a group: their number, and by grade unless they are too few to be told."""

    group: str
    weight: int
    total: int
    by_grade: list[int] | None


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on a report: by group, and the weighted shares unless a group is too small."""

    groups: list[GroupVotes]
    shares: list[tuple[str, str]]


def counts_of(report: Report) -> dict[tuple[str, str], int]:
    """Return the votes by group and grade."""
    return {(one.group, one.grade): one.count for one in report.votes.all()}


def count_of(report: Report) -> Count | None:
    """Return the votes to show; None before they were counted."""
    counts, weights = counts_of(report), report.appraisal.weights
    if report.counted_at is None or not counts:
        return None
    grades = grades_for(report.appraisal)
    groups = list(_groups(counts, weights, list(grades)))
    if any(one.total and one.by_grade is None for one in groups):
        return Count(groups, [])
    shared = grading.shares(counts, weights, list(grades))
    return Count(groups, [(words, _percent(shared[code])) for code, words in grades.items()])


def _groups(
    counts: grading.Counts, weights: dict[str, int], grades: list[str]
) -> Iterator[GroupVotes]:
    for group, words in VoterGroup.choices:
        if weights.get(group):
            cast = grading.votes_of(counts, group)
            told = [counts.get((group, grade), 0) for grade in grades]
            yield GroupVotes(
                str(words), weights[group], cast, told if cast >= FEWEST_VOTES else None
            )


def _percent(share: Fraction) -> str:
    """Write a share in per cent with one digit, rounded half up."""
    tenths = (share.numerator * 2000 + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10}%"


def _own(user: Any) -> Q:
    return Q(secretary=user) | Q(secretary__in=powers.principals_of(user))


def _only(report: Report, may: Callable[[Report], bool]) -> Report:
    if not may(report):
        raise Http404
    return report


def _one(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
