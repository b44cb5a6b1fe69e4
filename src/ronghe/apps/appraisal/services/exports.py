"""Results that leave the site: the pay sheet and open data. Each is recorded with who took it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.analysis.scheme.model import Pay, Scheme
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Result, Round
from ronghe.apps.appraisal.selectors.exports import (
    results_in,
    round_paid_by,
    round_released_by,
    units_with_few_votes,
)
from ronghe.apps.appraisal.selectors.rounds import scheme_of
from ronghe.apps.audit import services as audit
from ronghe.exchange.open_data import OpenData, OpenResult, packed
from ronghe.exchange.pay_sheet import PayRow, PaySheet, write_pay_sheet

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
}
"""Licences that open data can be given, with where they can be read."""


@transaction.atomic
def take_pay_sheet(round_: Round, *, by: Any) -> bytes:
    """Make the pay sheet (绩效发放表) of a final round with the coefficients of its scheme.

    Http404 where somebody may not, and where the scheme sets no coefficients.
    """
    round_ = round_paid_by(by, round_.pk)
    scheme = scheme_of(round_)
    grades = grade_titles(round_)
    rows = [
        PayRow(
            one.unit,
            one.name,
            one.node.name,
            None if one.total is None else Decimal(one.total).scaleb(-3),
            grades.get(one.grade, ""),
            coefficient_of(one, scheme),
        )
        for one in results_in(round_)
    ]
    sheet = PaySheet(
        title=_("%(title)s绩效发放表") % {"title": round_.title},
        told=_told(scheme.pay, by),
        headers=_headers(),
        total=_("合计"),
        rows=rows,
        signatures=[_("编制："), _("审核："), _("批准：")],
        created=scheme.period.until,
    )
    with TemporaryDirectory(prefix="ronghe-") as folder:
        path = Path(folder, "pay.xlsx")
        write_pay_sheet(path, sheet)
        content = path.read_bytes()
    _record("appraisal.pay_sheet_taken", powers.TAKE_PAY_SHEET, round_, by, **_set(scheme))
    return content


@transaction.atomic
def release_open_data(round_: Round, *, licence: str, contact: str, by: Any) -> bytes:
    """Release the results of a final round as open data (开放数据), with who answers for it.

    Never of persons; what few votes would tell is left out. The digest of what was released is
    in the audit. Http404 where somebody may not.
    """
    round_ = round_released_by(by, round_.pk)
    grades, few = grade_titles(round_), units_with_few_votes(round_)
    results = [_open(one, grades, one.unit in few) for one in results_in(round_)]
    indicators = [
        (one.code, one.title.zh, Decimal(one.points)) for one in scheme_of(round_).scored()
    ]
    about = {
        "title": round_.title,
        "period": round_.period,
        "publisher": round_.node.name,
        "contact": contact,
        "licence": licence,
        "licence_url": LICENCES[licence],
        "released": timezone.localdate().isoformat(),
        "data_sha256": round_.run.data_digest if round_.run else "",
        "results_sha256": round_.run.result_digest if round_.run else "",
        "withheld": sum(one.points is None for one in results),
    }
    content = packed(OpenData(about, readme(about, by.name), indicators, results))
    digest = hashlib.sha256(content).hexdigest()
    _record(
        "appraisal.data_released", powers.RELEASE_DATA, round_, by, licence=licence, sha256=digest
    )
    return content


def coefficient_of(result: Result, scheme: Scheme) -> Decimal | None:
    """Return the coefficient (系数) of a result; None where it has no total or no grade."""
    if scheme.pay.divisor is None:
        return scheme.coefficients.get(result.grade)
    if result.total is None:
        return None
    return (Decimal(result.total).scaleb(-3) / scheme.pay.divisor).quantize(Decimal("0.0001"))


def grade_titles(round_: Round) -> dict[str, str]:
    """Return what each grade is called in the text of record."""
    grading = scheme_of(round_).grading
    return {one.code: one.title.zh for one in grading.grades} if grading else {}


def readme(about: Mapping[str, Any], released_by: str) -> str:
    """Return the text that goes with open data: what it is, its fields, source and licence."""
    return README.format(**about, released_by=released_by)


README = """# {title}

发布单位 Publisher：{publisher}
发布人 Released by：{released_by}，{released}
联系 Contact：{contact}
考核期 Period：{period}
许可 Licence：[{licence}]({licence_url})

已审定的考核结果，由考核方案从登记的数据和纪实计算得出，不含个人，不含票数。
Final results, computed by the appraisal scheme from registered figures and records; no persons, \
no votes.

| 文件 file | 字段 fields |
|---|---|
| results.csv | unit 单位代码；name 名称；group 同类组；total 总分；grade 等次；\
rank_low、rank_high 名次区间 |
| indicators.csv | indicator 指标代码；title 名称；points 满分 |
| scores.csv | unit 单位代码；indicator 指标代码；points 得分（空：不适用 empty: not applicable） |
| data.json | 以上全部 all of the above |

同类组不足5个单位的不列名次；{withheld}个单位有投票人不足5人的，只列总分和等次。
No ranks in peer groups of fewer than 5 units; of {withheld} units where fewer than 5 of a voter \
group voted, only total and grade are given.

数据校验值 SHA-256 of the data：{data_sha256}
结果校验值 SHA-256 of the results：{results_sha256}
"""


def _open(one: Result, grades: Mapping[str, str], few: bool) -> OpenResult:
    points = {
        code: None if value is None else Decimal(value).scaleb(-3)
        for code, value in one.scores.items()
    }
    return OpenResult(
        one.unit,
        one.name,
        one.group,
        None if one.total is None else Decimal(one.total).scaleb(-3),
        grades.get(one.grade, ""),
        one.low,
        one.high,
        None if few else points,
    )


def _told(pay: Pay, by: Any) -> list[str]:
    """Return the lines above the table: what sets the coefficients, what is left to do, by whom."""
    named = {"document": pay.document, "dated": date_format(pay.dated) if pay.dated else ""}
    taken = {"name": by.name, "day": date_format(timezone.localdate())}
    return [
        _("系数依据：%(document)s（%(dated)s）") % named,
        _("基数由财务部门按规定填写；应发由公式算出，系统不产生金额。"),
        _("%(name)s于%(day)s取得；内部资料，注意保管。") % taken,
    ]


def _headers() -> list[str]:
    return [
        _("代码"),
        _("名称"),
        _("所在组织"),
        _("总分"),
        _("等次"),
        _("系数"),
        _("基数（元）"),
        _("应发（元）"),
        _("签领"),
    ]


def _set(scheme: Scheme) -> dict[str, Any]:
    """Return what the audit keeps of coefficients."""
    pay = scheme.pay
    return {
        "document": pay.document,
        "dated": pay.dated.isoformat() if pay.dated else None,
        "grades": {code: str(value) for code, value in scheme.coefficients.items()},
        "divisor": None if pay.divisor is None else str(pay.divisor),
    }


def _record(action: str, power: str, round_: Round, by: Any, **details: Any) -> None:
    standing = by.reach(power).standing_for(round_.node.path)
    audit.record(action, by=by, target=round_, place=round_.node, standing=standing, **details)
