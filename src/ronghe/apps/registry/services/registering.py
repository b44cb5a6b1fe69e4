"""What is registered of enterprises, co-operatives, farms and collectives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as WrongCode

from ronghe.apps.registry.models import BUSINESS_KINDS, STATED, Kind, Node, Registration
from ronghe.apps.registry.permissions import REGISTER_BUSINESS
from ronghe.apps.registry.rules import rulebook_at
from ronghe.apps.registry.selectors import registration_of
from ronghe.apps.registry.services.common import locked, record, refuse_future
from ronghe.rulebook import Rule
from ronghe.rulebook.citing import cite
from ronghe.ui.doubts import Doubt, passed

INDUSTRY = re.compile(r"[A-T](\d{2,4})?")


@transaction.atomic
def register_business(
    node: Node,
    *,
    uscc: str,
    industry: str,
    employees: int | None,
    by: Any,
    since: date | None = None,
    reason: str = "",
    **details: Any,
) -> Registration:
    """State what is registered of a business (登记信息) from a day on; empty where not known.

    What was stated before stays. ``details`` are the others of `STATED`. Raises PermissionDenied
    out of reach, ValidationError for another kind of node, a code that is wrong or one that
    another organisation of the county has, NeedsReasonError where a co-operative does not fit
    the law.
    """
    standing = by.reach(REGISTER_BUSINESS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    node, day = locked(node), since or timezone.localdate()
    if node.kind not in BUSINESS_KINDS or node.closed is not None:
        raise ValidationError(_("这一类组织没有登记信息。"))
    refuse_future(day)
    uscc, industry = _checked_uscc(uscc), _checked_industry(industry)
    _refuse_twice(uscc, node)
    given = {"uscc": uscc, "industry": industry, "employees": employees, **details}
    kept = passed(doubts_on_cooperative(node, day, given), reason)
    before = registration_of(node)
    made = Registration(node=node, since=day, by=by, **given, **kept)
    made.full_clean()
    made.save()
    empty = Registration()
    changed = [one for one in STATED if getattr(made, one) != getattr(before or empty, one)]
    more = {"fields": changed, "since": day, "departs": kept["departs"]}
    record("registry.business_registered", node, by=by, standing=standing, **more)
    return made


def doubts_on_cooperative(node: Node, day: date, given: Mapping[str, Any]) -> list[Doubt]:
    """Check a co-operative's members against the law: enough of them, most of them farmers."""
    people, farmers = given.get("people"), given.get("farmers")
    if people is not None and farmers is not None and farmers > people:
        raise ValidationError({"farmers": _("不能多于成员数。")})
    if node.kind != Kind.COOPERATIVE or not people:
        return []
    book, doubts = rulebook_at(node, day), []
    least = book.rule("cooperative.min_members", day)
    if not least.met_by(people):
        words = _("成员%(people)d名，规定不少于%(least)s名")
        doubts.append(_doubt(least, words, people=people, least=least.value))
    share = book.rule("cooperative.farmer_share", day)
    if farmers is not None and not share.met_by(Fraction(farmers, people)):
        words = _("农民成员占%(part)d%%，规定不少于%(least)d%%")
        part, least_share = farmers * 100 // people, book.share("cooperative.farmer_share", day)
        doubts.append(_doubt(share, words, part=part, least=int(least_share * 100)))
    return doubts


def _doubt(rule: Rule, words: str, **values: Any) -> Doubt:
    language: Any = "en" if get_language() == "en" else "zh"
    return Doubt(
        rule.key, words % values, cite(rule.document, rule.article, rule.confidence, language)
    )


def _checked_uscc(code: str) -> str:
    try:
        return str(credit_code.validate(code)) if code else ""
    except WrongCode as error:
        told = _("统一社会信用代码不对：应为18位，末位校验码须相符，不用字母I、O、S、V、Z。")
        raise ValidationError({"uscc": told}) from error


def _checked_industry(code: str) -> str:
    plain = code.strip().upper()
    if plain and not INDUSTRY.fullmatch(plain):
        told = _("行业代码应为一个字母加2至4位数字，例如 A0151（国民经济行业分类）。")
        raise ValidationError({"industry": told})
    return plain


def _refuse_twice(uscc: str, node: Node) -> None:
    others = Registration.objects.filter(uscc=uscc, node__county=node.county).exclude(node=node)
    if uscc and others.exists():
        raise ValidationError({"uscc": _("本县已有组织登记了这个代码。")})
