"""The linter (方案体检): warnings about forbidden and about unwise indicators.

Nothing here is an error: people decide. ``docs/reference/lint.md`` lists every warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ronghe.analysis.errors import Problem
from ronghe.analysis.scheme.check.places import PlaceOf, by_path
from ronghe.analysis.scheme.lint import formalism, measurement
from ronghe.analysis.scheme.lint.finding import Finding
from ronghe.analysis.scheme.model import Scheme

__all__ = ["RULES", "lint", "lint_with_sizes"]

RULES: tuple[Callable[[Scheme], Iterator[Finding]], ...] = (
    formalism.forbidden_words,
    formalism.paper,
    formalism.counted_daily,
    formalism.evidence_required,
    formalism.asked_too_often,
    formalism.asked_twice,
    formalism.asked_though_there,
    measurement.counted_twice,
    measurement.count_without_quality,
    measurement.rewards_hiding,
    measurement.punished_for_others,
    measurement.bonus_dominates,
    measurement.over_full,
    measurement.all_or_nothing,
    measurement.odd_weights,
    measurement.too_many_indicators,
    measurement.share_of_few,
    measurement.growth_of_few,
    measurement.too_many_vetoes,
    measurement.no_exemption,
    measurement.unfounded,
)
"""Every rule; each yields what it finds in a scheme."""


def lint(scheme: Scheme, place_of: PlaceOf | None = None) -> list[Problem]:
    """Look a scheme over for indicators that are forbidden or unwise.

    Parameters
    ----------
    scheme
        A scheme that can be read; it need not have passed the checks.
    place_of
        Where each part stands; without it problems name the path.

    Returns
    -------
    Warnings in the order of the rules; those that rest on a rule carry its key as citation. The
    details hold the title of the part concerned.
    """
    return _problems((found for rule in RULES for found in rule(scheme)), scheme, place_of)


def lint_with_sizes(
    scheme: Scheme, sizes: Mapping[str, int], place_of: PlaceOf | None = None
) -> list[Problem]:
    """Look for what shows once the number of units in each peer group (同类组) is known."""
    return _problems(measurement.ladders_longer_than_groups(scheme, sizes), scheme, place_of)


def _problems(
    findings: Iterable[Finding], scheme: Scheme, place_of: PlaceOf | None
) -> list[Problem]:
    place_of = place_of or by_path(scheme)
    return [
        Problem(
            code=one.code,
            where=place_of(one.loc),
            found=one.found,
            expected=one.expected,
            details={"title": one.title, **one.details},
            severity="warning",
            citation=one.citation,
        )
        for one in findings
    ]
