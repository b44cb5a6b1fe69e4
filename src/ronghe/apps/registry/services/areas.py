"""Statistical codes of areas."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from stdnum import numdb

from ronghe.apps.registry.models import AREA_DIGITS, AreaCode, Kind, Node
from ronghe.apps.registry.selectors import area_code_of
from ronghe.apps.registry.services.common import (
    locked,
    record,
    refuse_closed,
    refuse_future,
    standing_at,
)
from ronghe.ui.doubts import Doubt, passed


@transaction.atomic
def state_area_code(node: Node, *, code: str, since: date, by: Any, reason: str = "") -> AreaCode:
    """State the statistical code of a county, township or village from a day on.

    Earlier codes stay. Raises PermissionDenied out of reach, ValidationError for another kind of
    node or a code of another length or area, NeedsReasonError for a county that is not in the
    list of GB/T 2260 known here.
    """
    standing = standing_at(node, by)
    node = locked(node)
    refuse_closed(node, "code")
    refuse_future(since)
    digits = AREA_DIGITS.get(Kind(node.kind))
    if digits is None:
        raise ValidationError({"code": _("只有县、乡镇和村有区划代码。")})
    if not (code.isascii() and code.isdigit() and len(code) == digits):
        raise ValidationError({"code": _("应为%(digits)d位数字。") % {"digits": digits}})
    _refuse_elsewhere(node, code)
    last = node.area_codes.order_by("-since").first()
    if last is not None and since <= last.since:
        raise ValidationError({"since": _("须晚于%(day)s。") % {"day": last.since}})
    kept = passed(_doubts(node, code), reason)
    made = AreaCode.objects.create(node=node, code=code, since=since, reason=kept["reason"])
    record("registry.area_code_stated", node, by=by, standing=standing, code=code, since=since)
    return made


def _refuse_elsewhere(node: Node, code: str) -> None:
    """Refuse a code that does not begin with the parent's, or that another area has."""
    link = node.parent_links.filter(until=None).select_related("parent").first()
    above = area_code_of(link.parent) if link else None
    if above is not None and not code.startswith(above.code):
        raise ValidationError({"code": _("应以上级的代码%(code)s开头。") % {"code": above.code}})
    others = AreaCode.objects.filter(code=code).exclude(node=node).select_related("node")
    if any(area_code_of(one.node) == one for one in others.filter(node__county=node.county)):
        raise ValidationError({"code": _("别的地方正在用这个代码。")})


def _doubts(node: Node, code: str) -> list[Doubt]:
    if node.kind != Kind.COUNTY:
        return []
    known = any(info.get("county") for _part, info in numdb.get("cn/loc").info(code))
    words = _("代码%(code)s不在本系统所带的县级区划代码表里") % {"code": code}
    return [] if known else [Doubt("gb-t-2260", words, "GB/T 2260")]
