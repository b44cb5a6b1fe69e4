"""Changing keys: a new one seals everything anew, a few rows at a time, while others work."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import models, transaction

from ronghe.apps.sealing.fields import SealedField
from ronghe.apps.sealing.keys import add_key

BATCH = 200
_RESEALERS: list[Callable[[], int]] = []


def reseals(reseal: Callable[[], int]) -> Callable[[], int]:
    """Register what seals anew values that are not in sealed fields; it returns how many."""
    _RESEALERS.append(reseal)
    return reseal


def rotate() -> int:
    """Add a key and seal every value with it; return how many rows were sealed anew.

    It may be stopped and run again: each value opens with whichever key sealed it.
    """
    add_key()
    fields = {model: _sealed_fields(model) for model in apps.get_models()}
    rows = sum(_reseal(model, names) for model, names in fields.items() if names)
    return rows + sum(reseal() for reseal in _RESEALERS)


def _sealed_fields(model: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if isinstance(one, SealedField)]


def _reseal(model: type[models.Model], names: list[str]) -> int:
    rows, last, done = model._base_manager.order_by("pk"), 0, 0
    while True:
        with transaction.atomic():
            batch = list(rows.select_for_update().filter(pk__gt=last)[:BATCH])
            model._base_manager.bulk_update(batch, names)
        if not batch:
            return done
        last, done = batch[-1].pk, done + len(batch)
