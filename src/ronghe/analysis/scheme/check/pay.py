"""Checks of the coefficients of performance pay (绩效系数)."""

from __future__ import annotations

from ronghe.analysis.scheme.check.findings import Findings
from ronghe.analysis.scheme.model import Scheme

PAID = ("organisation", "cadre")
"""Whose results pay can follow; members are not paid for being appraised."""


def check_pay(scheme: Scheme, findings: Findings) -> None:
    """Coefficients are set by a dated document, for every grade or by the total, and not twice."""
    pay, given = scheme.pay, scheme.coefficients
    if not scheme.sets_pay:
        if pay.document or pay.dated:
            findings.add("pay-without-coefficients", ("pay", "document"), pay.document)
        return
    if scheme.appraises not in PAID:
        findings.add("pay-for-others", ("appraises",), scheme.appraises)
    if not (pay.document and pay.dated):
        findings.add("pay-document-missing", ("pay", "document"))
    if pay.divisor is not None and given:
        findings.add("pay-twice", ("pay", "divisor"), pay.divisor, rests_on=[("grading",)])
    for index, grade in enumerate(scheme.grading.grades if scheme.grading and given else []):
        if grade.coefficient is None:
            at = ("grading", "grades", index, "coefficient")
            findings.add("coefficient-missing", at, title=grade.title)
