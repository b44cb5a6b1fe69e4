"""Joint plans somebody may see, write and deploy, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.planning.models import UNFINISHED, Advance, Entry, Plan, Progress, Sort
from ronghe.apps.planning.permissions import DEPLOY_PLANS, SEE_PLANS, WRITE_PLANS
from ronghe.apps.records.models import STANDING, MeasureDefinition, Record
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.registry.selectors import nodes_reached_by

PLACES = (Kind.TOWNSHIP, Kind.VILLAGE, Kind.DEPARTMENT, *PARTY_KINDS)
"""Where a plan can be made."""

_Row = TypeVar("_Row", bound=Model)


def plans_visible_to(user: Any) -> QuerySet[Plan]:
    """Return the plans of one's places, and the deployed ones that give them something to do."""
    reach = user.reach(SEE_PLANS)
    given = Entry.objects.filter(reach.within("node__path"), plan=OuterRef("pk"))
    told = Q(deployed__isnull=False) & Q(Exists(given))
    found = Plan.objects.filter(reach.within("node__path") | told)
    return found.select_related("node", "by", "deployed_by")


def counted(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Return plans with how many entries stand and how many of them are done."""
    standing = ~Q(entries__progress=Progress.DROPPED)
    done = Q(entries__progress=Progress.DONE)
    counts = {"standing": Count("entries", filter=standing), "done": Count("entries", filter=done)}
    return plans.annotate(**counts).order_by("-year", "node__path")


def plan_visible_to(user: Any, pk: int) -> Plan:
    """Return one plan, or raise Http404."""
    return _one(plans_visible_to(user), pk)


def plan_written_by(user: Any, pk: int) -> Plan:
    """Return a plan that a person writes, or raise Http404."""
    return _one(plans_visible_to(user).filter(user.reach(WRITE_PLANS).within("node__path")), pk)


def plan_deployed_by(user: Any, pk: int) -> Plan:
    """Return a plan that a person deploys, or raise Http404."""
    return _one(plans_visible_to(user).filter(user.reach(DEPLOY_PLANS).within("node__path")), pk)


def entries_visible_to(user: Any) -> QuerySet[Entry]:
    """Return the entries of the plans a person sees."""
    plans = plans_visible_to(user).order_by().values("pk")
    found = Entry.objects.filter(plan__in=plans)
    return found.select_related("plan__node", "node", "measure")


def entry_visible_to(user: Any, pk: int) -> Entry:
    """Return one entry, or raise Http404."""
    return _one(entries_visible_to(user), pk)


def entry_written_by(user: Any, pk: int) -> Entry:
    """Return an entry of a plan that a person writes, or raise Http404."""
    within = user.reach(WRITE_PLANS).within("plan__node__path")
    return _one(entries_visible_to(user).filter(within), pk)


def entry_advanced_by(user: Any, pk: int) -> Entry:
    """Return an entry whose progress a person tells: of their plan, or given to their place."""
    reach = user.reach(WRITE_PLANS)
    within = reach.within("plan__node__path") | reach.within("node__path")
    return _one(entries_visible_to(user).filter(within), pk)


def places_planned_by(user: Any) -> QuerySet[Node]:
    """Return the organisations of today for which a person makes plans."""
    return nodes_reached_by(user, WRITE_PLANS).filter(kind__in=PLACES)


def organisations_for(plan: Plan) -> QuerySet[Node]:
    """Return who can be in charge of an entry: everybody in the plan's township or department."""
    top = "/".join(plan.node.path.split("/")[:2]) + "/"
    return Node.objects.filter(path__startswith=top, closed=None).order_by("path")


def measures_for(plan: Plan) -> QuerySet[MeasureDefinition]:
    """Return the measures of the plan's county."""
    return MeasureDefinition.objects.filter(county=plan.node.county_id_or_own)


def others_in(plan: Plan, sort: str) -> QuerySet[Entry]:
    """Return what an entry of a sort can be linked with: those of the other sort."""
    other = Sort.ACTION if sort == Sort.PROJECT else Sort.PROJECT
    return plan.entries.filter(sort=other).exclude(progress=Progress.DROPPED)


@dataclass(frozen=True, slots=True)
class Laid:
    """A plan laid out: each project with the actions behind it, and what is linked to nothing."""

    pairs: list[tuple[Entry, list[Entry]]]
    bare: list[Entry]
    alone: list[Entry]
    dropped: list[Entry]

    @property
    def entries(self) -> int:
        """Return how many entries stand."""
        acts = {act.pk for _project, acts in self.pairs for act in acts}
        return len(self.pairs) + len(acts) + len(self.alone)


def laid_out(plan: Plan) -> Laid:
    """Return a plan's projects and actions by their links, in a bounded number of queries.

    ``bare`` are projects with no action behind them, ``alone`` actions that serve no project.
    """
    standing = Count("advances", filter=Q(advances__record__state__in=STANDING))
    found = plan.entries.select_related("node", "measure").prefetch_related("projects", "members")
    entries: list[Any] = list(found.annotate(records=standing))
    kept = [one for one in entries if one.progress != Progress.DROPPED]
    behind: dict[int, list[Entry]] = {one.pk: [] for one in kept if one.is_project}
    alone = []
    for act in (one for one in kept if not one.is_project):
        served = [one.pk for one in act.projects.all() if one.pk in behind]
        for pk in served:
            behind[pk].append(act)
        if not served:
            alone.append(act)
    pairs = [(one, behind[one.pk]) for one in kept if one.is_project]
    bare = [one for one, acts in pairs if not acts]
    return Laid(pairs, bare, alone, [one for one in entries if one.progress == Progress.DROPPED])


def plan_before(plan: Plan) -> Plan | None:
    """Return the latest earlier plan of the same organisation."""
    return Plan.objects.filter(node=plan.node, year__lt=plan.year).order_by("-year").first()


def unfinished_before(plan: Plan) -> QuerySet[Entry]:
    """Return what the plan before left unfinished and no later plan goes on with."""
    before = plan_before(plan)
    found = Entry.objects.filter(plan=before, progress__in=UNFINISHED, carried_to=None)
    return found if before else found.none()


def entries_open_at(user: Any, node: Node, *, year: int) -> QuerySet[Entry]:
    """Return what a record of an organisation may advance: entries of deployed plans of a year.

    They are given to it, to an organisation above it, or stand in the plan of one of these.
    """
    chain = [int(pk) for pk in node.path.split("/") if pk]
    here = Q(node__in=chain) | Q(plan__node__in=chain)
    found = entries_visible_to(user).filter(here, plan__year=year, plan__deployed__isnull=False)
    return found.exclude(progress=Progress.DROPPED).order_by("plan", "sort", "due", "pk")


def records_advancing(user: Any, entry: Entry) -> QuerySet[Record]:
    """Return the records naming an entry that a person sees, those that stand, latest first."""
    named = Advance.objects.filter(entry=entry).values("record")
    return records_visible_to(user).filter(pk__in=named, state__in=STANDING)


def records_to_name(user: Any, entry: Entry) -> QuerySet[Record]:
    """Return the year's records at the organisation in charge that could be named, latest first."""
    year = entry.plan.year
    found = records_visible_to(
        user, node=entry.node, since=date(year, 1, 1), until=date(year, 12, 31)
    )
    named = Advance.objects.filter(entry=entry).values("record")
    return found.filter(state__in=STANDING).exclude(pk__in=named)


def entries_advanced_by(user: Any, record: Record) -> QuerySet[Entry]:
    """Return the entries that a record names, as far as a person sees them."""
    return entries_visible_to(user).filter(advances__record=record)


def overdue_for(user: Any) -> QuerySet[Entry]:
    """Return the unfinished entries past their day, given to one's own place or planned there."""
    own = [one.node_id for one in user.reach(WRITE_PLANS).standings]
    today = timezone.localdate()
    late = Entry.objects.filter(
        Q(node__in=own) | Q(plan__node__in=own), plan__deployed__isnull=False,
        due__lt=today, progress__in=UNFINISHED,
    )  # fmt: skip
    return late.select_related("node", "plan__node")


def _one(rows: QuerySet[_Row], pk: int) -> _Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
