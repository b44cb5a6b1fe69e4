"""Rounds that were publicised, put to sign or signed go on with the rows of procedures."""

import hashlib
from typing import Any

from django.db import migrations
from django.utils import timezone

LABEL = "appraisal.round"
POWER, SIGNING = "appraisal.run_rounds", "appraisal.sign_results"
KEY = "appraisal.publicity_working_days"


def carry_over(apps: Any, _schema_editor: Any) -> None:
    rounds = apps.get_model("appraisal", "Round").objects
    published = rounds.filter(stage="publicity").select_related("opened_by")
    for round_ in published.iterator():
        publish(apps, round_)
    for round_ in rounds.filter(stage__in=["sign_off", "final", "improvement"]).iterator():
        lay_before(apps, round_)


def attached(round_: Any) -> dict[str, Any]:
    return {
        "target_type": LABEL,
        "target_id": round_.pk,
        "place_id": round_.node_id,
        "title": round_.title,
        "url": f"/appraisal/rounds/{round_.pk}/",
        "power": POWER,
    }


def publish(apps: Any, round_: Any) -> None:
    rows = apps.get_model("procedures", "Publicity").objects
    if rows.filter(target_type=LABEL, target_id=round_.pk).exists():
        return
    ends = round_.until or timezone.localdate()
    made = rows.create(
        **attached(round_),
        text=round_.title,
        key=KEY,
        citation="",
        days=round_.publicity_days,
        opened=min(ends, timezone.localdate()),
        ends=ends,
        opened_by_id=round_.opened_by_id,
    )
    made.responsible.set([round_.opened_by_id])


def lay_before(apps: Any, round_: Any) -> None:
    rows = apps.get_model("procedures", "SignOff").objects
    if rows.filter(target_type=LABEL, target_id=round_.pk).exists():
        return
    text, signed = round_.title, round_.signed_by_id is not None
    digest = hashlib.sha256(f"1\n{text}".encode()).hexdigest()
    sheet = rows.create(
        **attached(round_),
        text=text,
        digest=digest,
        state="complete" if signed else "open",
        ended=round_.signed_at,
    )
    sheet.prepared_by.set({pk for pk in (round_.opened_by_id, round_.put_by_id) if pk})
    step = apps.get_model("procedures", "Step").objects.create(
        signoff=sheet, place=1, node_id=round_.node_id, power=SIGNING
    )
    if not signed:
        return
    signatures = apps.get_model("procedures", "Signature").objects
    put = signatures.create(
        step=step, by_id=round_.signed_by_id, approve=True, reason=round_.opinion, digest=digest
    )
    signatures.filter(pk=put.pk).update(at=round_.signed_at)


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0004_round_deadline"), ("procedures", "0002_blocks")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
