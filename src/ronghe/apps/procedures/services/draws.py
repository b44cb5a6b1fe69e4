"""Drawing at random, from a stated list, with a seed everybody can check."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.procedures.interests import may_take_part
from ronghe.apps.procedures.machines import draws as machine
from ronghe.apps.procedures.models import Draw
from ronghe.apps.procedures.permissions import DRAW
from ronghe.apps.procedures.services.common import attachment, record, standing_at
from ronghe.apps.procedures.subject import Subject


def draw_people(
    subject: Subject,
    *,
    pool: Iterable[Any],
    number: int,
    purpose: str,
    by: Any,
    power: str = DRAW,
    involved: Iterable[Any] = (),
) -> Draw:
    """Draw people, reviewers for example; who has a conflict of interest is left out, listed."""
    concerned = list(involved)
    listed, left_out = [], []
    for person in pool:
        item = {"code": f"user:{person.pk}", "name": str(person)}
        conflict = may_take_part(person, subject, involved=concerned)
        if conflict:
            left_out.append({**item, "reason": conflict})
        else:
            listed.append(item)
    return draw_items(
        subject,
        pool=listed,
        left_out=left_out,
        number=number,
        purpose=purpose,
        by=by,
        power=power,
    )


@transaction.atomic
def draw_items(
    subject: Subject,
    *,
    pool: Iterable[dict[str, str]],
    number: int,
    purpose: str,
    by: Any,
    power: str = DRAW,
    left_out: Iterable[dict[str, str]] = (),
) -> Draw:
    """Draw from a list of ``{code, name}``; the seed is made after the list is fixed.

    Every draw stays and is shown, so nobody can draw until it suits. Raises PermissionDenied,
    ValidationError where the list is shorter than what is to be drawn.
    """
    standing = standing_at(subject.place, power, by)
    listed = sorted({one["code"]: one for one in pool}.values(), key=lambda one: one["code"])
    if not 0 < number <= len(listed):
        told = _("名单上有%(count)d个，抽取的数目应在1和它之间。") % {"count": len(listed)}
        raise ValidationError({"number": told})
    seed = secrets.token_hex(16)
    made = Draw(
        **attachment(subject, power),
        purpose=purpose,
        pool=listed,
        left_out=list(left_out),
        number=number,
        seed=seed,
        algorithm=machine.ALGORITHM,
        drawn=machine.draw([one["code"] for one in listed], number, seed),
        by=by,
    )
    made.full_clean()
    made.save()
    record("procedures.drawn", made, by=by, standing=standing, seed=seed, number=number)
    return made
