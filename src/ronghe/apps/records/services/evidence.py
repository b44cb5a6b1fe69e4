"""Putting files behind records and taking them away."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.records.models import Evidence, Record
from ronghe.apps.records.selectors.entries import is_changed_by
from ronghe.apps.records.selectors.evidence import path_of
from ronghe.apps.records.uploads import cleaned, safe_name

MOST = 12
"""Files behind one record: a record is not an album."""


def attach(record: Record, *, name: str, chunks: Iterable[bytes], by: Any) -> Evidence:
    """Put a file behind a record (凭据). It is optional: nothing asks for photographs.

    Raises PermissionDenied, ValidationError for what is too large, unsafe or of another type.
    """
    if not is_changed_by(by, record):
        raise PermissionDenied
    content = read(chunks)
    original = hashlib.sha256(content).hexdigest()
    kept = cleaned(content, name)
    digest = store(kept.content)
    with transaction.atomic():
        _refuse_more(record)
        made = Evidence.objects.create(
            record=record,
            name=safe_name(name, kept.ending),
            ending=kept.ending,
            size=len(kept.content),
            digest=digest,
            original=original,
            fingerprint=kept.fingerprint,
            by=by,
        )
        details: dict[str, Any] = {"file": made.pk, "digest": digest}
        audit.record(
            "records.file_attached", by=by, target=record, place=record.unit.node, **details
        )
    return made


@transaction.atomic
def remove_evidence(evidence: Evidence, *, reason: str, by: Any) -> None:
    """Take a file away, with the reason: its row stays, the file itself goes.

    What shows somebody who should not be shown has to be gone, not hidden.
    """
    record = evidence.record
    if not is_changed_by(by, record):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    if not Evidence.objects.filter(pk=evidence.pk, removed="").update(removed=reason[:300]):
        return
    details: dict[str, Any] = {"file": evidence.pk, "digest": evidence.digest}
    audit.record("records.file_removed", by=by, target=record, place=record.unit.node, **details)
    if not Evidence.objects.filter(digest=evidence.digest, removed="").exists():
        transaction.on_commit(lambda: path_of(evidence.digest).unlink(missing_ok=True))


def hand_on(record: Record, to: Record) -> None:
    """Put a record's files behind the one that takes its place, inside a transaction."""
    for one in Evidence.objects.filter(record=record, removed=""):
        one.pk, one.record = None, to
        one.save(force_insert=True)


def read(chunks: Iterable[bytes]) -> bytes:
    """Return what is sent; ValidationError where it is too large."""
    most, pieces, size = settings.RONGHE_EVIDENCE_MB << 20, [], 0
    for piece in chunks:
        size += len(piece)
        if size > most:
            told = _("文件太大，最多%(most)d MB。") % {"most": settings.RONGHE_EVIDENCE_MB}
            raise ValidationError({"file": told})
        pieces.append(piece)
    return b"".join(pieces)


def store(content: bytes, shelf: str = "evidence") -> str:
    """Write a file whole or not at all, readable by this user alone; return its digest.

    What is on another shelf stays when a record's file is taken away.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest, shelf)
    if path.exists():
        return digest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as aside:
        aside.write(content)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).replace(path)
    return digest


def _refuse_more(record: Record) -> None:
    if not record.counts:
        raise ValidationError(_("这条纪实已不再计入，不能再加凭据。"))
    if Evidence.objects.filter(record=record, removed="").count() >= MOST:
        raise ValidationError({"file": _("一条纪实最多%(most)d份凭据。") % {"most": MOST}})
