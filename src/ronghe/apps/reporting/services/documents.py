"""Documents made from records by a job: asked for, made within one's reach, removed in time."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.audit import services as audit
from ronghe.apps.desk import jobs, ticks
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.numbers import Period, period_of
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Export
from ronghe.apps.reporting.selectors import documents as selectors
from ronghe.apps.reporting.services.working_paper import write_paper
from ronghe.exchange.documents.binder import Table, write_binder_excel, write_binder_pdf

What = Export.What
KEPT = timedelta(days=30)
"""How long a file waits to be fetched."""
PART = 500
"""So many rows stand in one PDF; a binder of more is a ZIP of several."""
MOST = 20_000
"""A binder of more records is not printed: nobody reads it, and Excel holds it."""


@transaction.atomic
def ask_for(what: str, *, node: Any, period: str, by: Any) -> Export:
    """Have a document made of a place and period (一键导出); the job says when it is there.

    Raises PermissionDenied, ValidationError for a period that is none, or no year for a report.
    """
    standing = by.reach(powers.MAKE_DOCUMENTS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    label = period_of(period).label
    if what == What.WORK_REPORT and not label.isdigit():
        raise ValidationError({"period": _("年度工作总结按年写，例如2026。")})
    made = Export.objects.create(what=what, node=node, period=label, by=by)
    audit.record(
        "reporting.export_asked", by=by, target=made, place=node, standing=standing, what=what,
        period=label,
    )  # fmt: skip
    job = jobs.start("reporting.export", by=by, place=node, key=str(made.pk), export=made.pk)
    Export.objects.filter(pk=made.pk).update(job=job)
    made.refresh_from_db()
    return made


@jobs.kind("reporting.export", title=gettext_lazy("制作文件"), retries=1)
def make(job: jobs.Run, *, export: int) -> dict[str, Any]:
    """Make a document as its asker may see things now."""
    held = Export.objects.select_related("node", "by").get(pk=export)
    if not held.by.has_perm(powers.MAKE_DOCUMENTS, held.node):
        raise jobs.Refused(_("您已没有这个组织的职务。"))
    period = period_of(held.period)
    counted = selectors.counted_in(held.by, held.node, period)
    records = sum(many for _kind, many in counted)
    if held.what == What.BINDER_PDF and records > MOST:
        told = _("有%(count)d条纪实，太多，不宜打印；请导出 Excel，或按下级组织分别导出。")
        raise jobs.Refused(told % {"count": records})
    held.path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="ronghe-", dir=held.path.parent) as folder:
        made = _written(held, period, counted, Path(folder), job.progress)
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        name = f"{held.node.name}{held.period}{_title(held)}{made.suffix}"
        made.replace(held.path)
    Export.objects.filter(pk=held.pk).update(name=name, digest=digest, records=records)
    about: dict[str, Any] = {"records": records, "digest": digest}
    audit.record("reporting.exported", by=held.by, target=held, place=held.node, **about)
    words = _("已做好：%(name)s。") % {"name": name}
    return {"url": reverse("reporting:documents"), "words": words}


@ticks.every(hours=24)
def remove_old() -> None:
    """Remove the files that nobody needs any more; what was made stays known."""
    for one in Export.objects.filter(removed=None, at__lt=timezone.now() - KEPT):
        one.path.unlink(missing_ok=True)
        Export.objects.filter(pk=one.pk).update(removed=timezone.now())


Progress = Callable[[int, int], object]


def _written(
    held: Export, period: Period, counted: list[tuple[str, int]], folder: Path, progress: Progress
) -> Path:
    """Write the file into a folder and return it."""
    if held.what == What.WORK_REPORT:
        progress(0, 1)
        path = folder / "report.docx"
        write_paper(path, node=held.node, year=int(held.period), mark=watermark(held), by=held.by)
        return path
    title = f"{held.node.name}{held.period}{_title(held)}"
    about = [(_("期间"), f"{period.since} – {period.until}")]
    about += [(_kind(kind), str(many)) for kind, many in counted]
    common: dict[str, Any] = {"title": title, "mark": watermark(held), "about": about}
    if held.what == What.BINDER_EXCEL:
        path = folder / "binder.xlsx"
        tables = _tables(held, period, counted, progress)
        write_binder_excel(path, tables=tables, day=period.until, **common)
        return path
    return _printed(list(_tables(held, period, counted, progress)), folder, common, progress)


def _printed(tables: list[Table], folder: Path, common: dict[str, Any], progress: Progress) -> Path:
    """Print the tables as one PDF, or as a ZIP of several where they are long."""
    parts = list(_parts(tables))
    files = []
    for number, part in enumerate(parts, start=1):
        progress(number - 1, len(parts))
        path = folder / f"{number:03d}.pdf"
        write_binder_pdf(path, tables=part, **common)
        files.append(path)
    if len(files) == 1:
        return files[0]
    bundle = folder / "binder.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as packed:
        for path in files:
            packed.write(path, path.name)
    return bundle


def _parts(tables: list[Table]) -> Iterator[list[Table]]:
    """Gather tables into parts of at most `PART` rows; a longer table is cut."""
    part: list[Table] = []
    for table in tables:
        rows = iter(table.rows)
        while piece := list(islice(rows, PART - sum(len(one.rows) for one in part))):
            part.append(Table(table.title, table.columns, piece))
            if sum(len(one.rows) for one in part) >= PART:
                yield part
                part = []
    if part or not tables:
        yield part


def _tables(
    held: Export, period: Period, counted: list[tuple[str, int]], progress: Progress
) -> Iterator[Table]:
    """Yield a table for each kind of record, then the files and the figures."""
    columns = [
        (_("编号"), 3), (_("日期"), 5), (_("单位"), 6), (_("事项"), 8), (_("数量"), 3),
        (_("参加人数"), 3), (_("核实"), 5), (_("凭据"), 5), (_("文件数"), 2),
    ]  # fmt: skip
    records = selectors.records_in(held.by, held.node, period)
    for number, (kind, _many) in enumerate(counted):
        progress(number, len(counted) + 1)
        rows = list(selectors.record_rows(records.filter(kind=kind)))
        yield Table(_kind(kind), columns, rows)
    files = [
        (_("纪实编号"), 3), (_("日期"), 5), (_("类别"), 5), (_("文件名"), 8), (_("字节"), 3),
        ("SHA-256", 12),
    ]  # fmt: skip
    if rows := list(selectors.evidence_rows(held.by, held.node, period)):
        yield Table(_("凭据文件"), files, rows)
    figures = [
        (_("数据"), 7), (_("目标或数据"), 3), (_("单位"), 6), (_("期间"), 3), (_("数值"), 4),
        (_("来源"), 8), (_("登记日期"), 5),
    ]  # fmt: skip
    words = {"": _("数据"), "target": _("目标")}
    if rows := list(selectors.figure_rows(held.by, held.node, period)):
        named = [[row[0], words[row[1]], *row[2:]] for row in rows]
        yield Table(_("数据和目标"), figures, named)


def watermark(held: Export) -> str:
    """Say who had a file made when: what stands on each of its pages."""
    when = timezone.localtime(held.at).strftime("%Y-%m-%d %H:%M")
    named = {"name": held.by.name, "when": when, "number": held.pk}
    return _("%(name)s于%(when)s导出，第%(number)d号，内部使用") % named


def _kind(code: str) -> str:
    return str(KINDS[code].title) if code in KINDS else code


def _title(held: Export) -> str:
    return _("年工作总结草稿") if held.what == What.WORK_REPORT else _("台账")


@transaction.atomic
def fetched(held: Export, *, by: Any) -> None:
    """Record that a file was taken."""
    audit.record("reporting.export_fetched", by=by, target=held, place=held.node)
