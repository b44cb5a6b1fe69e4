"""Rounds in a county of the web tests, brought to a stage."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.utils import timezone

from records_world import a_definition, deliver
from ronghe.analysis.scheme.check import parse_scheme
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import (
    Appeal,
    AppealFile,
    Improvement,
    Inquiry,
    Result,
    Round,
    Run,
    Version,
)
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.appraisal.rounds import engine
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services import concluding
from ronghe.apps.appraisal.services import rounds as services
from ronghe.apps.appraisal.services.appeals import SHELF, appeal
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.procedures.selectors.signoff import signoffs_of
from ronghe.apps.procedures.services.publicity import close_publicity, withdraw_publicity
from ronghe.apps.procedures.services.signoff import sign
from ronghe.apps.records.services.evidence import store
from ronghe.exchange.scheme import write_scheme_yaml
from scheme_world import a_draft
from web_world import County, days, person, post

YEAR = timezone.localdate().year - 1
DOCUMENT = "清财发〔2026〕5号"
"""Sets the coefficients of pay."""
GRADES = [("good", "好", 80), ("fair", "较好", 60), ("poor", "差", 0)]


def small_scheme(**more):
    """Return a scheme with one indicator of each kind that a round enters, and one of records."""
    common = {"rule": {"kind": "share_of_full"}, "missing": "zero", "basis": "党的建设"}
    ballot = {"kind": "ballot", "ballot": "review", "grades": {"好": 100, "差": 0},
              "groups": {"党员": 60, "群众": 40}}  # fmt: skip
    document = {
        "scheme": "small",
        "version": "1",
        "title": "小方案",
        "appraises": "organisation",
        "level": "village",
        "period": {
            "label": str(YEAR), "since": f"{YEAR}-01-01", "until": f"{YEAR}-12-31",
            "previous": str(YEAR - 1),
        },
        "approval": {"plan_item": "年度考核", "document": "清发1号"},
        "record_kinds": [{"code": "case_solved", "title": "诉求办结", "unit": "件"}],
        "points": 100,
        "indicators": [
            {"code": "review", "title": "民主测评", "points": 40, "source": ballot, **common},
            {"code": "quality", "title": "专家评审", "points": 40,
             "source": {"kind": "expert", "panel": "panel"}, **common},
            {"code": "cases", "title": "办成的事", "points": 20, "missing": "zero",
             "source": {"kind": "records", "of": ["case_solved"]},
             "rule": {"kind": "count_points", "each": 5}, "basis": "民生服务"},
        ],
        "grading": {"within": "all", "grades": [
            {"code": code, "title": title, "at_least": at} for code, title, at in GRADES
        ]},
        **more,
    }  # fmt: skip
    return parse_scheme(document)


def paid_scheme(*, by_total=False):
    """Return the small scheme with coefficients of pay and the document that sets them."""
    plain = small_scheme()
    said = {"document": DOCUMENT, "dated": days(-30)} | ({"divisor": 100} if by_total else {})
    if by_total:
        return plain.model_copy(update={"pay": plain.pay.model_validate(said)})
    given = (Decimal("1.5"), Decimal("1.2"), Decimal(1))
    grades = [
        one.model_copy(update={"coefficient": value})
        for one, value in zip(plain.grading.grades, given, strict=True)
    ]
    grading = plain.grading.model_copy(update={"grades": grades})
    return plain.model_copy(update={"grading": grading, "pay": plain.pay.model_validate(said)})


def measured_scheme():
    """Return a scheme with one indicator, read from a measure that a department delivers."""
    return small_scheme(
        measures=[{"code": "income", "title": "集体收入", "unit": "万元",
                   "lowest_level": "village"}],
        record_kinds=[],
        indicators=[
            {"code": "income", "title": "集体收入", "points": 100, "missing": "zero",
             "source": {"kind": "measure", "measure": "income"},
             "rule": {"kind": "count_points", "each": 1}, "basis": "经济发展"},
        ],
    )  # fmt: skip


def two_sided_scheme():
    """Return the small scheme with a Party and an economic side."""
    indicators = small_scheme().model_dump(mode="json", exclude_defaults=True)["indicators"]
    for one, side in zip(indicators, ("party", "economy", "economy"), strict=True):
        one["side"] = side
    return small_scheme(indicators=indicators)


def a_version(county: County, scheme=None) -> Version:
    """Publish the small scheme in a county, whoever approves."""
    document, office = scheme or small_scheme(), county.people[Role.APPRAISAL_OFFICE]
    text = write_scheme_yaml(document)
    content = document.model_dump(mode="json", exclude_defaults=True)
    return Version.objects.create(
        scheme=a_draft(county.nodes["county"], by=office, content=content),
        code=document.scheme,
        version=document.version,
        title=str(document.title),
        document=text,
        digest=digest_of(text),
        state=Version.State.PUBLISHED,
        submitted_by=office,
        published_by=office,
    )


def a_round(county: County, *, scheme=None, period: str = str(YEAR), **units) -> Round:
    """Open a round and start collecting."""
    office = county[Role.APPRAISAL_OFFICE]
    round_ = services.open_round(
        a_version(county, scheme), period=period, collect_until=days(10), by=office, **units
    )
    return services.move(round_, Event.COLLECT, by=office)


def vote(county: County, round_: Round, *, unit: str = "branch", good: int = 8, bad: int = 2):
    """Enter votes for a unit."""
    counts = {("党员", "好"): good, ("党员", "差"): bad, ("群众", "好"): good, ("群众", "差"): bad}
    services.enter_votes(
        round_, ballot="review", unit=unit, counts=counts, node=county.nodes[unit],
        by=county[Role.APPRAISAL_OFFICE],
    )  # fmt: skip


def score(county: County, round_: Round, **points: int) -> None:
    """Let the expert give scores of 100."""
    scores = {unit: 1000 * one for unit, one in points.items()}
    services.give_scores(round_, panel="panel", scores=scores, by=county[Role.EXPERT])


def computed(county: County, **more) -> Round:
    """Return a round under review: one branch did well, the other did not."""
    round_ = a_round(county, **more)
    vote(county, round_)
    vote(county, round_, unit="branch_beside", good=2, bad=8)
    score(county, round_, branch=90, branch_beside=50)
    services.start_computing(round_, by=county[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    return round_


def moved(county: County, round_: Round, *events: Event) -> Round:
    """Move a round on, waiting where days have to pass."""
    for event in events:
        ACTS.get(event, _pressed)(county, round_, event)
        round_ = Round.objects.select_related("node").get(pk=round_.pk)
    return round_


def _pressed(county: County, round_: Round, event: Event) -> None:
    if event == Event.HEAR:
        Round.objects.filter(pk=round_.pk).update(until=days(-1), provisional=False)
        round_.refresh_from_db()
    services.move(round_, event, by=county[Role.APPRAISAL_OFFICE])


def _published(county: County, round_: Round, _event: Event) -> None:
    concluding.publicise(round_, by=county[Role.APPRAISAL_OFFICE])


def _ended(county: County, round_: Round, event: Event) -> None:
    """End the publicity, after its last day where it is closed."""
    publicity = publicity_of(round_)
    if publicity is None:
        raise ValidationError("no publicity")
    Publicity.objects.filter(pk=publicity.pk).update(ends=days(-1), provisional=False)
    act = close_publicity if event == Event.CONCLUDE else withdraw_publicity
    act(publicity, conclusion="期满", by=county[Role.APPRAISAL_OFFICE])


def _put_to_sign(county: County, round_: Round, _event: Event) -> None:
    if publicity_of(round_):
        _ended(county, round_, Event.CONCLUDE)
    signers = [f"organisation-{round_.node_id}"]
    concluding.put_to_sign(round_, signers=signers, by=county[Role.APPRAISAL_OFFICE])


def _signed(county: County, round_: Round, event: Event) -> None:
    sheet = signoffs_of(round_).first()
    if sheet is None:
        raise ValidationError("no sheet")
    sign(
        sheet.steps.get(), approve=event == Event.SIGN, reason="请再核对", digest=sheet.digest,
        by=county[Role.ORGANISATION],
    )  # fmt: skip


def publicity_of(round_: Round) -> Publicity | None:
    """Return the publicity that runs."""
    return publicities_of(round_).filter(state="open").first()


ACTS = {
    Event.PUBLICISE: _published,
    Event.CONCLUDE: _ended,
    Event.TAKE_BACK: _ended,
    Event.PUT_TO_SIGN: _put_to_sign,
    Event.SIGN: _signed,
    Event.SEND_BACK: _signed,
}


TO_FINAL = (Event.DISCLOSE, Event.HEAR, Event.PUBLICISE, Event.PUT_TO_SIGN, Event.SIGN)


def final(county: County, **more) -> Round:
    """Return a final round."""
    return moved(county, computed(county, **more), *TO_FINAL)


def result_of(round_: Round, unit: str = "branch") -> Result:
    """Return a unit's result that holds."""
    return Result.objects.select_related("run__round", "node").get(run=round_.run, unit=unit)


def an_appeal(county: County, round_: Round, unit: str = "branch"):
    """Let the unit's secretary appeal."""
    node = county.nodes[unit]
    if unit == "branch":
        by = county[Role.BRANCH_SECRETARY]
    else:
        by = post(person(f"secretary-{node.pk}"), Role.BRANCH_SECRETARY, node).user
    return appeal(
        result_of(round_, unit), indicator="cases", words="少算了一件", evidence="纪实3号", by=by
    )


def matrix_round(county: County) -> Round:
    """Keep a round under review, whoever opened it, without computing anything."""
    by = person(f"opener-{county.name}-{Round.objects.count()}")
    round_ = Round.objects.create(
        node=county.nodes["county"],
        version=a_version(county, paid_scheme()),
        title="小方案",
        period=str(YEAR),
        stage="review",
        collect_until=days(10),
        opened_by=by,
    )
    run = Run.objects.create(round=round_, number=1, by=by)
    Round.objects.filter(pk=round_.pk).update(run=run)
    (run.folder / "run").mkdir(parents=True, exist_ok=True)
    for name, source in folder_of_a_run().items():
        (run.folder / "run" / name).write_bytes(source)
    round_.refresh_from_db()
    return round_


@cache
def folder_of_a_run() -> dict[str, bytes]:
    """Return the files of a run of the small scheme on one unit."""
    with TemporaryDirectory() as folder:
        data, scheme = Path(folder, engine.DATA), Path(folder, engine.SCHEME)
        data.mkdir()
        (data / "units.csv").write_text(
            "unit,name,kind,level\nx,单位,organisation,village\n", encoding="utf-8"
        )
        scheme.write_text(write_scheme_yaml(small_scheme()), encoding="utf-8")
        run = Path(folder, "run")
        engine.appraise(Path(folder), run, language="zh", alive=lambda: None)
        return {name: (run / name).read_bytes() for name in ("run.json", "results.parquet")}


def a_result(county: County, node, stage: str) -> Result:
    """Keep a result at a node, of a round at a stage."""
    round_ = matrix_round(county)
    Round.objects.filter(pk=round_.pk).update(stage=stage, until=days(3))
    return Result.objects.create(
        run=round_.run, unit="x", name="单位", node=node, total=50000, scores={"cases": 0}
    )


def appealed(county: County, node) -> Appeal:
    """Keep an open appeal of somebody at a node."""
    result = a_result(county, node, "disclosed")
    by = person(f"appellant-{node.pk}-{result.pk}")
    return Appeal.objects.create(result=result, words="不对", evidence="登记本复印件", by=by)


def measured_appeal(county: County) -> Appeal:
    """Let the branch appeal against the points of a figure that the department delivered."""
    deliver(county, a_definition(county), "12.5", period=str(YEAR))
    round_ = a_round(county, scheme=measured_scheme())
    services.start_computing(round_, by=county[Role.APPRAISAL_OFFICE])
    result = result_of(moved(county, Round.objects.get(pk=round_.pk), Event.DISCLOSE))
    return appeal(
        result, indicator="income", words="应是21.5", evidence="年报",
        by=county[Role.BRANCH_SECRETARY],
    )  # fmt: skip


def an_inquiry(county: County, node) -> Inquiry:
    """Ask the county's department about an appeal of somebody at a node, whoever asks."""
    made = appealed(county, node)
    by = person(f"asker-{made.pk}")
    return Inquiry.objects.create(appeal=made, asked=county.nodes["department"], due=days(3), by=by)


def an_improvement(county: County, node, owner) -> Improvement:
    """Keep somebody's open improvement item."""
    result = a_result(county, node, "improvement")
    return Improvement.objects.create(
        result=result, indicator="cases", words="走访", owner=owner, due=days(30), by=owner
    )


def a_file_of(made: Appeal) -> AppealFile:
    """Keep a file behind an appeal, whoever put it there."""
    digest = store(b"text", SHELF)
    return AppealFile.objects.create(
        appeal=made, name="台账.txt", ending="txt", size=4, digest=digest
    )
