"""Report appraisals in a county of the web tests, brought to a stage."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from records_world import a_record
from ronghe.apps.access import Role
from ronghe.apps.records.services.evidence import store
from ronghe.apps.reporting.models import (
    Export,
    GradeSheet,
    PaperObjection,
    Rectification,
    Report,
    ReportAppraisal,
    SheetLine,
)
from ronghe.apps.reporting.services import drafting, holding, judging
from ronghe.apps.reporting.services.paper import SHELF
from web_world import County, days

YEAR = timezone.localdate().year
WEIGHTS = {"superior": 30, "team": 20, "members": 30, "public": 20}
RULES: dict[str, Any] = {
    "year": YEAR,
    "document": "清组发〔2026〕3号",
    "weights": WEIGHTS,
    "needed": 60,
    "result_share": 40,
    "objection_days": 5,
}


def an_appraisal(county: County, **more: Any) -> ReportAppraisal:
    """Let the township hold the report appraisal of its branch secretaries."""
    given = {**RULES, "due": days(20), **more}
    return holding.open_appraisal(
        county.nodes["township"], by=county[Role.TOWNSHIP_OFFICER], **given
    )


def drafted(county: County, **more: Any) -> Report:
    """Return the branch secretary's report, drawn from one record."""
    a_record(county)
    report = an_appraisal(county, **more).reports.get(node=county.nodes["branch"])
    drafting.draw(report, by=county[Role.BRANCH_SECRETARY])
    return report


def submitted(county: County, **more: Any) -> Report:
    """Return a report that was put forward."""
    return drafting.submit(drafted(county, **more), by=county[Role.BRANCH_SECRETARY])


def commented(county: County, **more: Any) -> Report:
    """Return a report that was commented on."""
    report = submitted(county, **more)
    return judging.comment(report, words="修渠办得实。", by=county[Role.PARTY_SECRETARY])


def votes(good: int = 8, poor: int = 2, **groups: tuple[int, int]) -> dict[tuple[str, str], int]:
    """Return counts: the same good and poor votes of every group but those named."""
    counts = {}
    for group in WEIGHTS:
        well, badly = groups.get(group, (good, poor))
        counts |= {(group, "good"): well, (group, "poor"): badly}
    return counts


def counted(county: County, **more: Any) -> Report:
    """Return a report whose votes were counted."""
    report = commented(county, **more)
    return holding.enter_votes(report, counts=votes(), by=county[Role.TOWNSHIP_OFFICER])


def past_objections(report: Report) -> Report:
    """Let the days for objections be over."""
    Report.objects.filter(pk=report.pk).update(until=days(-1))
    report.refresh_from_db()
    return report


def signing(county: County, **more: Any) -> Report:
    """Return a report whose grade waits to be signed."""
    report = past_objections(counted(county, **more))
    by = county[Role.TOWNSHIP_OFFICER]
    return holding.put_to_sign(report, grade=report.proposal, reason="", by=by)


def kept(county: County, node: Any, stage: str, *, secretary: Any = None) -> Report:
    """Keep a report at a stage, of an appraisal held at the node itself, whoever opened it."""
    by = county.people[Role.ADMINISTRATOR]
    year = YEAR - ReportAppraisal.objects.filter(node=node).count()
    rules = {**RULES, "year": year, "title": "述职", "due": days(9)}
    held = ReportAppraisal.objects.create(node=node, opened_by=by, **rules)
    report = Report.objects.create(
        appraisal=held, node=node, secretary=secretary, name="李书", stage=stage,
        submitted_by=by, submitted_at=timezone.now(), digest="d", until=days(3),
    )  # fmt: skip
    report.sentences.create(theme="life", place=1, text="写好的一句", drawn="写好的一句")
    return report


def a_sheet_line(county: County, node: Any) -> SheetLine:
    """Keep a report that waits on a sheet for its grade to be signed."""
    report = kept(county, node, "signing", secretary=county.people[Role.VIEWER])
    sheet = GradeSheet.objects.create(
        appraisal=report.appraisal, title="2025年的一张单", by=county.people[Role.ADMINISTRATOR]
    )
    return SheetLine.objects.create(sheet=sheet, report=report, proposal="good", grade="good")


def a_paper(objection: int, report: Report) -> PaperObjection:
    """Keep how an objection came that was entered on a secretary's behalf, with its file."""
    digest = store(b"text", SHELF)
    return PaperObjection.objects.create(
        objection_id=objection, report=report, how="letter", received=days(0), name="异议.txt",
        ending="txt", digest=digest,
    )  # fmt: skip


def an_item(county: County, node: Any, owner: Any) -> Rectification:
    """Keep somebody's open item of a rectification list."""
    report = kept(county, node, "final", secretary=county.people[Role.VIEWER])
    return report.rectifications.create(words="修渠", owner=owner, due=days(9), by=owner)


def a_made_file(node: Any, *, by: Any) -> Export:
    """Keep a binder that was made for somebody."""
    made = Export.objects.create(
        what=Export.What.BINDER_EXCEL, node=node, period=str(YEAR), by=by, name="台账.xlsx",
        digest="d", records=1,
    )  # fmt: skip
    made.path.parent.mkdir(parents=True, exist_ok=True)
    made.path.write_bytes(b"x")
    return made
