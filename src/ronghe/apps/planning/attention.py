"""What needs attention in a county now, and at whose it is stuck: numbers and organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Appeal, Improvement, Round
from ronghe.apps.appraisal.rounds.stages import ENDED, Stage
from ronghe.apps.appraisal.selectors.rounds import rounds_visible_to, state_of
from ronghe.apps.complaints.models import Complaint
from ronghe.apps.planning.models import UNFINISHED, Entry
from ronghe.apps.procedures.models import Objection
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.records.models import MeasureDefinition, Record, State
from ronghe.apps.records.selectors.figures import measures_overdue_in
from ronghe.apps.registry.models import Node

MOST = 30
"""So many are listed."""
NAMED = 3
ROUNDS = 10
"""So many rounds under way are looked at."""
FEWEST_DAYS = 30
"""Records that waited for fewer days to be checked are not listed."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing that is stuck: what, at whose, by when it was due or since when it waits."""

    what: str
    where: str
    due: date | None = None
    since: date | None = None
    url: str = ""

    @property
    def days(self) -> int:
        """Return how many days it is over, or has waited; below 0 while there is time."""
        return (timezone.localdate() - (self.due or self.since or timezone.localdate())).days

    @property
    def in_time(self) -> bool:
        """Tell whether there is still time."""
        return self.due is not None and self.days <= 0


def stuck_in(user: Any, county: Node) -> list[Stuck]:
    """Return what is stuck in a county that a person looks after, the longest over first.

    In a bounded number of queries; addresses only where the person may open them.
    """
    found = [
        *_undelivered(county),
        *_rounds(user, county),
        *_unchecked(county),
        *_unanswered(county),
        *_unfinished(county),
    ]
    return sorted(found, key=lambda one: (-one.days, one.where))[:MOST]


def _undelivered(county: Node) -> Iterator[Stuck]:
    """Group last year's figures that are overdue by the department in charge."""
    groups: dict[tuple[str, date], list[str]] = {}
    for one, due in measures_overdue_in(county, timezone.localdate()):
        where = one.owner.name if one.owner else one.owner_named or _("未定责任单位")
        groups.setdefault((where, due), []).append(str(one))
    for (where, due), names in groups.items():
        told = ngettext("上年数据%(count)d项未报：%(names)s", "上年数据%(count)d项未报：%(names)s",
                        len(names))  # fmt: skip
        yield Stuck(told % {"count": len(names), "names": _some(names)}, where, due=due)


def _rounds(user: Any, county: Node) -> Iterator[Stuck]:
    """Yield what each round under way waits for, and improvement that is overdue."""
    appeals = Appeal.objects.filter(result__run__round__node=county, state=Appeal.State.OPEN)
    first = {pk: at for pk, _many, at in _counted(appeals, "result__run__round", "at")}
    running = rounds_visible_to(user).filter(node=county)
    for round_ in running.exclude(stage__in=[*ENDED, Stage.COMPUTING])[:ROUNDS]:
        if round_.stage == Stage.COLLECTING:
            yield from _missing(round_)
        elif waits := _waiting(round_):
            told, where, due = waits
            since = timezone.localdate(first[round_.pk]) if round_.pk in first else None
            url = reverse("appraisal:round", args=[round_.pk])
            words = _("%(round)s：%(what)s") % {"round": round_.title, "what": told}
            yield Stuck(words, where, None if since else due, since, url)
    late = Improvement.objects.filter(
        result__run__round__node=county, done=None, due__lt=timezone.localdate()
    )
    for name, many, due in _counted(late, "result__name", "due"):
        told = ngettext("考核整改%(count)d项逾期", "考核整改%(count)d项逾期", many)
        yield Stuck(told % {"count": many}, name, due=due)


def _waiting(round_: Round) -> tuple[str, str, date | None] | None:
    """Return what a round waits for, at whose and since what day; None within its time."""
    office, state, today = _("考核办"), state_of(round_), timezone.localdate()
    if state.open_appeals:
        told = ngettext("%(count)d件申诉待答复", "%(count)d件申诉待答复", state.open_appeals)
        return told % {"count": state.open_appeals}, office, None
    if state.open_objections:
        return None  # told with the objections
    if state.stale:
        return _("有申诉或异议成立，待重新计算"), office, None
    if state.stage == Stage.SIGN_OFF:
        return _("待审定签字"), _("审定人"), None
    ends = state.until if state.stage == Stage.DISCLOSED else None
    if state.stage == Stage.PUBLICITY and not state.concluded:
        ends = publicities_of(round_).values_list("ends", flat=True).first()
    if ends is None:
        return _("待办下一步"), office, None
    over = ends < today and not state.provisional
    return (_("期满，待办下一步"), office, ends) if over else None


def _missing(round_: Round) -> Iterator[Stuck]:
    """Group what a round still lacks by who supplies it."""
    codes = [need["code"] for need in round_.missing]
    owned = MeasureDefinition.objects.filter(county=round_.node, code__in=codes)
    owners = dict(owned.exclude(owner=None).values_list("code", "owner__name"))
    groups: dict[str, list[str]] = {}
    for need in round_.missing:
        title = need["title"]["en"] if get_language() == "en" else ""
        where = owners.get(need["code"]) or need.get("supplier") or _("考核办")
        name = title or need["title"]["zh"]
        target = need["kind"] == "target"
        groups.setdefault(where, []).append(
            _("%(name)s（目标）") % {"name": name} if target else name
        )
    url = reverse("appraisal:inputs", args=[round_.pk])
    for where, names in groups.items():
        told = ngettext("“%(round)s”还缺%(count)d项：%(names)s",
                        "“%(round)s”还缺%(count)d项：%(names)s", len(names))  # fmt: skip
        words = told % {"round": round_.title, "count": len(names), "names": _some(names)}
        yield Stuck(words, where, due=round_.collect_until, url=url)


def _unchecked(county: Node) -> Iterator[Stuck]:
    """Yield where records have waited long to be checked."""
    waiting = Record.objects.filter(state=State.PENDING, verify_at__path__startswith=county.path)
    waiting = waiting.filter(Q(by_sampling=False) | Q(in_sample=True))
    for name, many, since in _counted(waiting, "verify_at__name", "entered_at"):
        told = ngettext("%(count)d条纪实待核实", "%(count)d条纪实待核实", many)
        one = Stuck(told % {"count": many}, name, since=timezone.localdate(since))
        if one.days >= FEWEST_DAYS:
            yield one


def _unanswered(county: Node) -> Iterator[Stuck]:
    """Yield where objections and complaints wait for an answer; never what they say."""
    states = [Objection.State.RAISED, Objection.State.ASSIGNED]
    raised = Objection.objects.filter(state__in=states, place__path__startswith=county.path)
    for name, many, since in _counted(raised, "place__name", "raised"):
        told = ngettext("%(count)d件异议待答复", "%(count)d件异议待答复", many)
        yield Stuck(told % {"count": many}, name, since=timezone.localdate(since))
    made = Complaint.objects.filter(answered=None, handled_at__path__startswith=county.path)
    late = made.filter(due__lt=timezone.localdate())
    for name, many, due in _counted(late, "handled_at__name", "due"):
        told = ngettext("%(count)d件投诉逾期未答复", "%(count)d件投诉逾期未答复", many)
        yield Stuck(told % {"count": many}, name, due=due)


def _unfinished(county: Node) -> Iterator[Stuck]:
    """Yield where entries of deployed joint plans are past their day."""
    late = Entry.objects.filter(
        plan__node__path__startswith=county.path,
        plan__deployed__isnull=False,
        progress__in=UNFINISHED,
        due__lt=timezone.localdate(),
    )
    for name, many, due in _counted(late, "node__name", "due"):
        told = ngettext("%(count)d项计划事项逾期", "%(count)d项计划事项逾期", many)
        yield Stuck(told % {"count": many}, name, due=due, url=reverse("planning:plans"))


def _counted(rows: QuerySet[Any], by: str, first: str) -> list[tuple[Any, int, Any]]:
    """Count rows by a name, each with the earliest day or moment."""
    grouped = rows.order_by().values_list(by).annotate(many=Count("pk"), first=Min(first))
    return list(grouped.order_by("first", by)[:MOST])


def _some(names: list[str]) -> str:
    listed = _("、").join(names[:NAMED])
    return _("%(names)s等") % {"names": listed} if len(names) > NAMED else listed
