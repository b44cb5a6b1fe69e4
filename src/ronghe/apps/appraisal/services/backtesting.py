"""Back-testing a draft on the data of a year, in the background."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ronghe.analysis.backtest import for_year
from ronghe.analysis.errors import ProblemsError
from ronghe.apps.appraisal.drafts.health import health
from ronghe.apps.appraisal.models import Scheme, Trial
from ronghe.apps.appraisal.rounds import engine
from ronghe.apps.appraisal.selectors.schemes import duties_for, parsed
from ronghe.apps.appraisal.services.drafts import standing_at
from ronghe.apps.appraisal.trying import figures_of
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import jobs
from ronghe.apps.desk.models import Job
from ronghe.apps.records.numbers import Period
from ronghe.apps.records.snapshot import write_folder
from ronghe.exchange.scheme import write_scheme_yaml


@transaction.atomic
def start_trial(scheme: Scheme, *, period: str, by: Any) -> Job:
    """Back-test (试算) a draft as it stands on the data of a year; return the job.

    Raises ValidationError where the draft has errors or the period is no year.
    """
    standing = standing_at(scheme.node, by)
    found = health(scheme.content, duties_for(scheme.node), "zh", scheme.node)
    if found.scheme is None or found.errors:
        raise ValidationError(_("草稿还有错误，改正后再试算。"))
    try:
        for_year(found.scheme, period)
    except ProblemsError:
        raise ValidationError(_("考核期应是四位数的年份。")) from None
    trial = Trial.objects.create(
        scheme=scheme,
        revision=scheme.revision,
        document=write_scheme_yaml(found.scheme),
        period=period,
        by=by,
    )
    details = {"period": period, "revision": scheme.revision}
    place = scheme.node
    audit.record(
        "appraisal.scheme_tried", by=by, target=scheme, place=place, standing=standing, **details
    )
    return jobs.start("appraisal.backtest", by=by, place=place, key=str(trial.pk), trial=trial.pk)


@jobs.kind("appraisal.backtest", title=gettext_lazy("试算考核方案"), retries=1)
def backtest(job: jobs.Run, *, trial: int) -> dict[str, Any]:
    """Try the draft on the data of the period and keep the report."""
    held = Trial.objects.select_related("scheme__node__county").get(pk=trial)
    node, period = held.scheme.node, for_year(parsed(held.document), held.period).period
    chosen = Period(period.label, period.since, period.until, period.previous)
    with TemporaryDirectory(prefix="ronghe-") as folder:
        job.progress(0, 2, _("取数"))
        data, file = Path(folder, "data"), Path(folder, "scheme.yaml")
        write_folder(data, county=node.county or node, period=chosen)
        file.write_text(held.document, encoding="utf-8")
        language = "en" if get_language() == "en" else "zh"
        alive = lambda: job.progress(1, 2, _("计算"))
        try:
            report = engine.backtest(
                file, data, held.period, figures_of(trial), language=language, alive=alive
            )
        except engine.ComputationError as refusal:
            raise jobs.Refused(str(refusal).replace(f"{folder}/", "")) from None
    Trial.objects.filter(pk=trial).update(report=report.replace(f"{folder}/", ""))
    return {"url": reverse("appraisal:trial", args=[trial]), "words": _("试算好了。")}
