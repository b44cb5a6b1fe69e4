"""Joint plans: drafting, linking, deploying, changing with a reason, carrying over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.selectors import holders_at
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.planning.models import Change, Entry, Plan, Progress, Sort
from ronghe.apps.planning.permissions import DEPLOY_PLANS, WRITE_PLANS
from ronghe.apps.planning.selectors.plans import (
    PLACES,
    organisations_for,
    others_in,
    unfinished_before,
)
from ronghe.apps.records.numbers import plain
from ronghe.apps.records.services.entering import strangers
from ronghe.apps.registry.models import Node

MOST = 100
"""So many entries a plan holds: it is a plan for a year, not a ledger."""
CONTENTS = ("name", "purpose", "node", "due", "measure", "target")


@transaction.atomic
def make_plan(*, node: Node, year: int, by: Any) -> Plan:
    """Begin the joint plan (共同谋划) of an organisation for a year, as a draft."""
    standing = _standing(by, WRITE_PLANS, node)
    if node.kind not in PLACES or node.closed is not None:
        raise ValidationError({"node": _("这里不能编制计划。")})
    try:
        with transaction.atomic():
            plan = Plan.objects.create(node=node, year=year, by=by)
    except IntegrityError:
        raise ValidationError({"year": _("这个组织这一年已经有计划。")}) from None
    _record("planning.plan_made", plan, by, standing, year=year)
    return plan


@transaction.atomic
def add_entry(
    plan: Plan, *, sort: str, by: Any, linked: Iterable[Entry] = (), reason: str = "", **said: Any
) -> Entry:
    """Add a project or an action; ``linked`` are those of the other sort it belongs with."""
    now, standing = _written(plan, by, reason)
    if now.entries.count() >= MOST:
        raise ValidationError(_("一年的计划最多列%(most)d项。") % {"most": MOST})
    _refuse_wrong(now, said)
    entry = Entry.objects.create(plan=now, sort=sort, **said)
    _link(entry, linked)
    _keep(now, Change.What.ADDED, by, reason, entry)
    _record("planning.entry_added", now, by, standing, entry=entry.pk, sort=sort)
    return entry


@transaction.atomic
def change_entry(
    entry: Entry, *, by: Any, linked: Iterable[Entry], reason: str = "", **said: Any
) -> Entry:
    """Change an entry and its links; once the plan is deployed with a reason, which stays."""
    now, standing = _written(entry.plan, by, reason)
    _refuse_wrong(now, said)
    before, entry = _words(entry), Entry.objects.get(pk=entry.pk)
    for name in CONTENTS:
        setattr(entry, name, said[name])
    if entry.members.exists() and (away := strangers(entry.node, entry.members.all())):
        told = _("换了实施党组织，先调整参与党员：有%(count)d人不在新的组织。")
        raise ValidationError({"node": told % {"count": len(away)}})
    entry.save()
    _link(entry, linked)
    changed = _differences(before, _words(entry))
    if changed:
        _keep(now, Change.What.CHANGED, by, reason, entry, changed)
        named = sorted(name for name, _old, _new in changed)
        _record("planning.entry_changed", now, by, standing, entry=entry.pk, fields=named)
    return entry


@transaction.atomic
def choose_members(entry: Entry, *, members: Iterable[Any], by: Any, reason: str = "") -> Entry:
    """Say which members act in a Party action: of the organisation in charge or beneath it."""
    now, standing = _written(entry.plan, by, reason)
    chosen = list(members)
    if entry.is_project or strangers(entry.node, chosen):
        raise ValidationError({"members": _("请选实施党组织的党员。")})
    before = str(entry.members.count())
    entry.members.set(chosen)
    changed = [["members", before, str(len(chosen))]]
    _keep(now, Change.What.CHANGED, by, reason, entry, changed)
    _record("planning.entry_changed", now, by, standing, entry=entry.pk, fields=["members"])
    return entry


@transaction.atomic
def drop_entry(entry: Entry, *, by: Any, reason: str = "") -> None:
    """Take an entry out: of a draft altogether; of a deployed plan it stays, with the reason."""
    now, standing = _written(entry.plan, by, reason)
    _record("planning.entry_dropped", now, by, standing, entry=entry.pk)
    if now.is_draft:
        entry.delete()
        return
    open_ones = Entry.objects.filter(pk=entry.pk).exclude(progress=Progress.DROPPED)
    if not open_ones.update(progress=Progress.DROPPED):
        raise ValidationError(_("这一项已经不再办。"))
    _keep(now, Change.What.DROPPED, by, reason, entry)


@transaction.atomic
def deploy(plan: Plan, *, by: Any) -> Plan:
    """Deploy a plan (部署): from now on changes keep their reason; those in charge are told."""
    standing = _standing(by, DEPLOY_PLANS, plan.node)
    if not plan.entries.exists():
        raise ValidationError(_("计划里还没有事项。"))
    draft = Plan.objects.filter(pk=plan.pk, deployed=None)
    if not draft.update(deployed=timezone.now(), deployed_by=by):
        raise ValidationError(_("这份计划已经部署。"))
    plan.refresh_from_db()
    Change.objects.create(plan=plan, what=Change.What.DEPLOYED, by=by)
    _record("planning.deployed", plan, by, standing)
    transaction.on_commit(partial(_tell_those_in_charge, plan, by))
    return plan


@transaction.atomic
def carry_over(plan: Plan, *, by: Any) -> int:
    """Copy what last year's plan left unfinished into a draft, with links and members."""
    now, standing = _written(plan, by, "")
    if not now.is_draft:
        raise ValidationError(_("部署以后逐项增列，不再整批结转。"))
    old = list(unfinished_before(now).prefetch_related("projects", "members"))
    if len(old) + now.entries.count() > MOST:
        raise ValidationError(_("一年的计划最多列%(most)d项。") % {"most": MOST})
    new: dict[int, Entry] = {}
    for one in old:
        said = {name: getattr(one, name) for name in CONTENTS}
        said["due"] = _a_year_on(one.due, now.year)
        new[one.pk] = Entry.objects.create(plan=now, sort=one.sort, carried_from=one, **said)
    for one in old:
        new[one.pk].members.set(one.members.all())
        served = [new[project.pk] for project in one.projects.all() if project.pk in new]
        new[one.pk].projects.set(served)
    if old:
        _record("planning.carried_over", now, by, standing, entries=len(old))
    return len(old)


@transaction.atomic
def tell_progress(entry: Entry, progress: str, *, by: Any) -> Entry:
    """Say how far an entry of a deployed plan is (进展): a person does, nothing else."""
    reach = by.reach(WRITE_PLANS)
    paths = (entry.node.path, entry.plan.node.path)
    standing = next(filter(None, map(reach.standing_for, paths)), None)
    if standing is None:
        raise PermissionDenied
    told = {Progress.OPEN, Progress.UNDER_WAY, Progress.DONE}
    if entry.plan.is_draft or progress not in told:
        raise ValidationError(_("部署以后才能更新进展。"))
    same = Entry.objects.filter(pk=entry.pk, progress=entry.progress)
    if entry.progress == Progress.DROPPED or not same.update(progress=progress):
        raise ValidationError(_("别人刚刚改动过，请重新打开。"))
    changed = [["progress", entry.progress, progress]]
    entry.refresh_from_db()
    if changed[0][1] != progress:
        _keep(entry.plan, Change.What.PROGRESS, by, "", entry, changed)
        _record(
            "planning.progress_told", entry.plan, by, standing, entry=entry.pk, progress=progress
        )
    return entry


def _written(plan: Plan, by: Any, reason: str) -> tuple[Plan, Standing]:
    """Return the plan as it stands and the post it is written from; refuse without a reason."""
    standing = _standing(by, WRITE_PLANS, plan.node)
    now = Plan.objects.select_for_update(of=("self",)).select_related("node").get(pk=plan.pk)
    if not now.is_draft and not reason.strip():
        raise ValidationError({"reason": _("计划已经部署，请写明为什么调整。")})
    return now, standing


def _standing(by: Any, power: str, node: Node) -> Standing:
    standing: Standing | None = by.reach(power).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    return standing


def _refuse_wrong(plan: Plan, said: Mapping[str, Any]) -> None:
    if not organisations_for(plan).filter(pk=said["node"].pk).exists():
        raise ValidationError({"node": _("请选本乡镇（街道）或本部门的组织。")})
    if said["due"].year != plan.year:
        raise ValidationError({"due": _("期限应在%(year)s年内。") % {"year": plan.year}})
    measure, target = said.get("measure"), said.get("target")
    if target is not None and measure is None:
        raise ValidationError({"measure": _("写了目标值，请选用哪项数据衡量。")})
    if measure is not None and measure.county_id != plan.node.county_id_or_own:
        raise ValidationError({"measure": _("请选本县的数据。")})


def _link(entry: Entry, linked: Iterable[Entry]) -> None:
    """Link an entry with those of the other sort in its plan."""
    wanted = {one.pk for one in linked}
    chosen = others_in(entry.plan, entry.sort).filter(pk__in=wanted)
    if len(wanted) != chosen.count():
        raise ValidationError({"linked": _("请选同一份计划里的事项。")})
    (entry.actions if entry.sort == Sort.PROJECT else entry.projects).set(chosen)


def _words(entry: Entry) -> dict[str, str]:
    """Return what an entry says, in words, to tell before from after."""
    linked = entry.actions if entry.is_project else entry.projects
    return {
        "name": entry.name,
        "purpose": entry.purpose,
        "node": entry.node.name,
        "due": entry.due.isoformat(),
        "measure": str(entry.measure or ""),
        "target": "" if entry.target is None else plain(entry.target),
        "linked": "；".join(one.name for one in linked.all()),
    }


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    return [[name, old, after[name]] for name, old in before.items() if old != after[name]]


def _keep(
    plan: Plan, what: str, by: Any, reason: str, entry: Entry, fields: list[list[str]] | None = None
) -> None:
    """Keep the history of a deployed plan; a draft has none."""
    if plan.is_draft:
        return
    Change.objects.create(
        plan=plan, entry=entry, what=what, by=by, reason=reason.strip()[:300], fields=fields or []
    )


def _a_year_on(day: date, year: int) -> date:
    """Return the same day of a year, the 28th for the 29th of February."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap else day.day)


def _tell_those_in_charge(plan: Plan, by: Any) -> None:
    """Tell those who hold a post at the organisations in charge, each once."""
    nodes = set(plan.entries.values_list("node", flat=True))
    people = {person for _node, person in holders_at(nodes, WRITE_PLANS)} - {by.pk}
    title = _("%(plan)s已部署，有您单位的事项") % {"plan": plan}
    notices.tell(
        User.objects.filter(pk__in=people), title=title, url=plan.get_absolute_url(),
        place=plan.node,
    )  # fmt: skip


def _record(action: str, plan: Plan, by: Any, standing: Standing, **details: Any) -> None:
    audit.record(action, by=by, target=plan, place=plan.node, standing=standing, **details)
