"""Schemes, rounds, results, explanations and improvement for programs.

Each sees what the pages show the same person: the selectors are the same.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext_noop
from ninja import Path, Query, Router, Schema

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.explaining import explanation
from ronghe.apps.appraisal.models import Improvement, Result, Round, Version
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.selectors.schemes import version_visible_to, versions_visible_to
from ronghe.apps.programs.paging import Id, Page, Paging, Text, one_of, page_of
from ronghe.apps.programs.tokens import TokenWith


class SchemeOut(Schema):
    """A published version of a scheme; ``digest`` is the SHA-256 of its text."""

    id: int
    node_id: int
    code: str
    version: str
    title: str
    digest: str
    approval_document: str
    published_at: datetime | None

    @staticmethod
    def resolve_node_id(found: Version) -> int:
        """Return whose appraisal it is."""
        return found.scheme.node_id


class SchemeTextOut(SchemeOut):
    """A published version with its text in YAML."""

    document: str


class RoundOut(Schema):
    """A round: where it stands and, once there is one, the digests of its computation."""

    id: int
    node_id: int
    scheme_id: int
    title: str
    period: str
    stage: Annotated[Stage, one_of(Stage)]
    until: date | None
    collect_until: date
    disclosed: date | None

    @staticmethod
    def resolve_scheme_id(found: Round) -> int:
        """Return the id of the version that is carried out."""
        return found.version_id


class ResultOut(Schema):
    """A result in points. Persons have no rank; ``scores`` are null where not one's to see."""

    id: int
    unit: str
    name: str
    node_id: int
    group: str
    total: Decimal | None
    grade: str
    rank_low: int | None
    rank_high: int | None
    scores: dict[str, Decimal | None] | None
    final: bool


class LineOut(Schema):
    """One indicator explained: its points, what was lost, the words of it."""

    code: str
    title: str
    points: Decimal | None
    full: Decimal
    lost: Decimal
    words: list[str]


class ExplanationOut(Schema):
    """A result explained line by line; ``open_work`` is what would still help."""

    result_id: int
    lines: list[LineOut]
    open_work: list[str]
    struck_by: list[str]


class ImprovementOut(Schema):
    """An improvement item: who does what by when, and what came of it."""

    id: int
    result_id: int
    unit: str
    indicator: str
    words: str
    owner_id: int
    due: date
    done: date | None
    outcome: str

    @staticmethod
    def resolve_unit(found: Improvement) -> str:
        """Return the code of the unit."""
        return found.result.unit


class SchemesAsked(Paging):
    """Which schemes."""

    code: Text = ""


class RoundsAsked(Paging):
    """Which rounds."""

    stage: Annotated[Stage, one_of(Stage)] | None = None
    period: Text = ""


class ResultsAsked(Paging):
    """Which results of a round."""

    unit: Text = ""


SCHEMES = TokenWith("schemes:read", powers.SEE_SCHEMES)
ROUNDS = TokenWith("rounds:read", powers.SEE_ROUNDS)
RESULTS = TokenWith("results:read", powers.SEE_ROUNDS)
router = Router(tags=["appraisal"])


@router.get(
    "/schemes",
    response=Page[SchemeOut],
    auth=SCHEMES,
    summary=gettext_noop("已发布的考核方案"),
)
def schemes(request: HttpRequest, asked: Query[SchemesAsked]) -> Any:
    """Return the published versions that concern the token's owner."""
    found = versions_visible_to(request.user).filter(state=Version.State.PUBLISHED)
    return page_of(request, found.filter(code=asked.code) if asked.code else found, asked)


@router.get(
    "/schemes/{pk}",
    response=SchemeTextOut,
    auth=SCHEMES,
    summary=gettext_noop("一个方案的全文"),
)
def scheme(request: HttpRequest, pk: Path[Id]) -> Any:
    """Return a published version with its text."""
    found = version_visible_to(request.user, pk)
    if found.state != Version.State.PUBLISHED:
        raise Http404
    return found


@router.get(
    "/rounds", response=Page[RoundOut], auth=ROUNDS, summary=gettext_noop("范围内的考核轮次")
)
def rounds(request: HttpRequest, asked: Query[RoundsAsked]) -> Any:
    """Return the rounds that concern the token's owner."""
    given = {"stage": asked.stage, "period": asked.period}
    found = selectors.rounds_visible_to(request.user)
    found = found.filter(**{name: value for name, value in given.items() if value})
    return page_of(request, found, asked)


@router.get("/rounds/{pk}", response=RoundOut, auth=ROUNDS, summary=gettext_noop("一轮考核"))
def round_(request: HttpRequest, pk: Path[Id]) -> Any:
    """Return one round."""
    return selectors.round_visible_to(request.user, pk)


@router.get(
    "/rounds/{pk}/results",
    response=Page[ResultOut],
    auth=RESULTS,
    summary=gettext_noop("一轮考核中看得到的结果"),
)
def results(request: HttpRequest, pk: Path[Id], asked: Query[ResultsAsked]) -> Any:
    """Return the results that the token's owner sees; during publicity the totals of all units."""
    shown = selectors.round_visible_to(request.user, pk)
    mine = selectors.results_visible_to(request.user, shown)
    public = selectors.publicised(shown)
    found = (public if public.exists() else mine).annotate(
        whole=Exists(mine.filter(pk=OuterRef("pk")))
    )
    page = page_of(request, found.filter(unit=asked.unit) if asked.unit else found, asked)
    final = shown.stage in (Stage.FINAL, Stage.IMPROVEMENT)
    return {**page, "items": [told(one, one.whole, final=final) for one in page["items"]]}


@router.get("/results/{pk}", response=ResultOut, auth=RESULTS, summary=gettext_noop("一个结果"))
def result(request: HttpRequest, pk: Path[Id]) -> Any:
    """Return one result."""
    found = selectors.result_visible_to(request.user, pk)
    final = found.run.round.stage in (Stage.FINAL, Stage.IMPROVEMENT)
    return told(found, True, final=final)


@router.get(
    "/results/{pk}/explanation",
    response=ExplanationOut,
    auth=RESULTS,
    summary=gettext_noop("一个结果的逐项说明"),
)
def explained(request: HttpRequest, pk: Path[Id]) -> Any:
    """Explain one result line by line, in the language of the request."""
    found = selectors.result_visible_to(request.user, pk)
    made = explanation(found, "en" if get_language() == "en" else "zh")
    if made is None:
        raise Http404
    lines = [
        {
            "code": one.code,
            "title": one.title,
            "points": points(one.points),
            "full": points(one.full),
            "lost": points(one.lost),
            "words": one.words,
        }
        for one in made.lines
    ]
    more = {"open_work": made.helpful, "struck_by": made.struck}
    return {"result_id": found.pk, "lines": lines, **more}


@router.get(
    "/rounds/{pk}/improvements",
    response=Page[ImprovementOut],
    auth=RESULTS,
    summary=gettext_noop("一轮考核的整改事项"),
)
def improvements(request: HttpRequest, pk: Path[Id], paging: Query[Paging]) -> Any:
    """Return the improvement items of a round that the token's owner sees."""
    shown = selectors.round_visible_to(request.user, pk)
    return page_of(request, selectors.improvements_visible_to(request.user, shown), paging)


def told(found: Result, whole: bool, *, final: bool) -> dict[str, Any]:
    """Return what is told of a result: the points of its indicators only to who sees it whole."""
    scores = {code: points(one) for code, one in found.scores.items()} if whole else None
    return {
        "id": found.pk,
        "unit": found.unit,
        "name": found.name,
        "node_id": found.node_id,
        "group": found.group,
        "total": points(found.total),
        "grade": found.grade,
        "rank_low": found.low,
        "rank_high": found.high,
        "scores": scores,
        "final": final,
    }


def points(thousandths: int | None) -> Decimal | None:
    """Return thousandths as points."""
    return None if thousandths is None else Decimal(thousandths).scaleb(-3)
