"""Periodic work (定时任务), done by whichever worker is first when it is due."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from ronghe.apps.desk.models import Tick

logger = logging.getLogger("ronghe.ticks")

Work = Callable[[], None]
_TICKS: dict[str, tuple[timedelta, Work]] = {}


def every(**interval: float) -> Callable[[Work], Work]:
    """Declare periodic work: ``@ticks.every(minutes=5)`` on a function without arguments.

    It has to bear being missed and being done twice: a worker that is killed in the middle
    leaves the rest for the next time. Only a module that ``ready()`` imports is heard.
    """

    def declare(work: Work) -> Work:
        _TICKS[f"{work.__module__}.{work.__name__}".removeprefix("ronghe.apps.")] = (
            timedelta(**interval),
            work,
        )
        return work

    return declare


def do_due() -> None:
    """Do what is due, one after the other; what fails is logged and due again next time."""
    now = timezone.now()
    due = {one.name: one.due for one in Tick.objects.all()}
    for name, (interval, work) in _TICKS.items():
        if name not in due:
            Tick.objects.get_or_create(name=name, defaults={"due": now})
        elif due[name] > now:
            continue
        if Tick.objects.filter(name=name, due__lte=now).update(due=now + interval):
            _do(name, work)


def _do(name: str, work: Work) -> None:
    reference = ""
    try:
        work()
    except Exception:
        reference = secrets.token_hex(4).upper()
        logger.exception("%s failed, reference %s", name, reference)
    Tick.objects.filter(name=name).update(ended=timezone.now(), reference=reference)
