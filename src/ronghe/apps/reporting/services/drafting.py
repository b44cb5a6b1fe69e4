"""Writing a report: drawn from the records, edited sentence by sentence, put forward."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.reporting.models import Report, Sentence
from ronghe.apps.reporting.selectors.facts import facts_for
from ronghe.apps.reporting.services.common import WHY, advance, locked, record, writing
from ronghe.apps.reporting.stages import Event, Stage
from ronghe.apps.reporting.telling import Theme, tell

STEP = 10
"""How far apart drawn sentences stand, so that one can be put between them."""


def draw(report: Report, *, by: Any) -> int:
    """Draw the report from the records as they are now (自动起草); return how many sentences.

    What the secretary wrote or changed stays as it is; the rest is drawn anew.
    """
    writing(report, by)
    told = tell(facts_for(by, report.node, report.appraisal.year))
    return _store(report, told, by=by)


@transaction.atomic
def _store(report: Report, told: list[Any], *, by: Any) -> int:
    now, standing = _draft(report, by)
    kept = [one for one in now.sentences.all() if one.is_own or one.is_edited]
    known = {one.key for one in kept if one.key}
    now.sentences.exclude(pk__in=[one.pk for one in kept]).delete()
    fresh = [one for one in told if one.key not in known]
    made = [
        Sentence(
            report=now, theme=one.theme, key=one.key[:140], text=one.text[:1000],
            drawn=one.text[:1000], sources=[list(source) for source in one.sources],
            place=STEP * number,
        )
        for number, one in enumerate(fresh, start=1)
    ]  # fmt: skip
    Sentence.objects.bulk_create(made)
    record("reporting.drawn", now, by, standing, sentences=len(made))
    return len(made)


@transaction.atomic
def write(report: Report, *, theme: str, text: str, by: Any) -> Sentence:
    """Add a sentence of one's own (自己写一句), marked as such."""
    now, standing = _draft(report, by)
    if theme not in set(Theme):
        raise ValidationError({"theme": _("没有这个部分。")})
    last = now.sentences.aggregate(last=Max("place"))["last"] or 0
    made = Sentence.objects.create(report=now, theme=theme, text=text, place=last + STEP)
    record("reporting.sentence_written", now, by, standing, sentence=made.pk)
    return made


@transaction.atomic
def edit(sentence: Sentence, *, text: str, by: Any) -> Sentence:
    """Change a sentence; its sources stay linked, and what was drawn stays known."""
    now, standing = _draft(sentence.report, by)
    if not Sentence.objects.filter(pk=sentence.pk).update(text=text):
        raise ValidationError(_("这一句已经删去，请重新打开看看。"))
    record("reporting.sentence_changed", now, by, standing, sentence=sentence.pk)
    sentence.refresh_from_db()
    return sentence


@transaction.atomic
def remove(sentence: Sentence, *, by: Any) -> None:
    """Take a sentence out of a draft; drawing anew brings back what the records say."""
    now, standing = _draft(sentence.report, by)
    record("reporting.sentence_removed", now, by, standing, sentence=sentence.pk)
    Sentence.objects.filter(pk=sentence.pk).delete()


@transaction.atomic
def submit(report: Report, *, by: Any) -> Report:
    """Put the report forward (提交): frozen from now on, with a digest of what it says."""
    now = locked(report)
    standing = writing(now, by)
    sentences = sorted_sentences(now)
    if not sentences:
        raise ValidationError(_("报告还是空的。"))
    digest = digest_of(now, sentences)
    advance(
        now, Event.SUBMIT, digest=digest, submitted_by=by, submitted_at=timezone.now(), returned=""
    )
    record("reporting.submitted", now, by, standing, digest=digest)
    return now


def sorted_sentences(report: Report) -> list[Sentence]:
    """Return the sentences in the order in which they are read."""
    order = list(Theme)
    return sorted(
        report.sentences.all(), key=lambda one: (order.index(Theme(one.theme)), one.place, one.pk)
    )


def digest_of(report: Report, sentences: list[Sentence]) -> str:
    """Return the SHA-256 of a report: organisation, year, and each sentence with its sources."""
    said = [[one.theme, one.text, one.drawn, one.sources] for one in sentences]
    content = [report.node_id, report.appraisal.year, said]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _draft(report: Report, by: Any) -> tuple[Report, Standing | None]:
    """Return a draft as it is now, and the post from which somebody writes on it."""
    now = locked(report)
    standing = writing(now, by)
    if now.stage != Stage.DRAFT:
        raise ValidationError(WHY["not-now"]())
    return now, standing
