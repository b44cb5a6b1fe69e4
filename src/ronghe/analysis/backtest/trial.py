"""A scheme made ready for trial: moved to an earlier year, and patient with missing data."""

from __future__ import annotations

from datetime import date
from typing import Any

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme


def for_year(scheme: Scheme, label: str) -> Scheme:
    """Move a scheme whose periods are years to another year, with all the days it names.

    Parameters
    ----------
    label
        The year, for example ``2024``; the scheme's own label changes nothing.

    Raises
    ------
    ProblemsError
        The scheme's label or the one wanted is not a year.
    """
    own = scheme.period.label
    if label == own:
        return scheme
    if not (_is_year(own) and _is_year(label)):
        problem = Problem("backtest-period-not-a-year", Place(path="period.label"), label, own)
        raise ProblemsError([problem])
    years = int(label) - int(own)
    document = _moved(scheme.model_dump(exclude_defaults=True), years)
    document["period"]["label"] = label
    if _is_year(scheme.period.previous):
        document["period"]["previous"] = str(int(scheme.period.previous) + years)
    return Scheme.model_validate(document)


def patient(scheme: Scheme) -> Scheme:
    """Let missing values not apply where the scheme would refuse the run.

    Earlier data have gaps; the back-test reports them and goes on.
    """
    return Scheme.model_validate(_patient(scheme.model_dump(exclude_defaults=True)))


def _patient(value: Any) -> Any:
    if isinstance(value, list):
        return [_patient(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _patient(each) for key, each in value.items()}
    if {"source", "rule"} <= kept.keys() and kept.get("missing", "error") == "error":
        kept["missing"] = "not_applicable"
    return kept


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isdecimal()


def _moved(value: Any, years: int) -> Any:
    """Move the first and last days of periods wherever they stand."""
    if isinstance(value, dict):
        return {
            key: _day(each, years)
            if key in ("since", "until") and isinstance(each, date)
            else _moved(each, years)
            for key, each in value.items()
        }
    return [_moved(each, years) for each in value] if isinstance(value, list) else value


def _day(day: date, years: int) -> date:
    """Move a day by years; 29 February becomes the last day of February, and back again."""
    last = day.month == 2 and (day.day == 29 or (day.day == 28 and not _leap(day.year)))
    year = day.year + years
    return date(year, 2, 29 if _leap(year) else 28) if last else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
