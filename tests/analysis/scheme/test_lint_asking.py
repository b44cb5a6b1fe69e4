"""The linter names what is asked of people without need: too often, twice, though it is there."""

from __future__ import annotations

from lint_schemes import indicator, records, scheme_of
from ronghe.analysis.scheme.lint import lint


def test_counting_once_a_day_is_a_daily_entry():
    daily = records(cap={"each": 1, "per": "day"})
    weekly = records("job", cap={"each": 1, "per": "month"})

    problems = lint(scheme_of(indicator("诉求", source=daily), indicator("就业", source=weekly)))

    assert [p.code for p in problems] == ["counts-once-a-day"]


def test_required_evidence_and_monthly_forms_are_named():
    scheme = scheme_of(
        indicator(
            source={"kind": "measure", "measure": "own"},
            supplier="村文书",
            evidence="required",
            frequency="monthly",
            fields=6,
        )
    )

    problems = {p.code: p for p in lint(scheme)}

    assert set(problems) == {"evidence-required", "asked-too-often"}
    assert problems["asked-too-often"].found == 6


def test_asking_for_what_is_there_is_named():
    recorded = indicator("诉求", source=records(), fields=3)
    owned = indicator(supplier="村文书", fields=2)

    problems = {p.code: p for p in lint(scheme_of(recorded, owned))}

    assert problems["asked-though-recorded"].found == 2
    assert problems["asked-though-owned"].found == 2
    assert problems["asked-though-owned"].details["owner"] == "县农业农村局"


def test_asking_twice_is_named_once_more_than_counting_twice():
    source = {"kind": "measure", "measure": "own"}
    one = indicator("企业数", source=source, supplier="村文书")
    other = indicator("企业发展", source=source, supplier="村文书")

    problems = lint(scheme_of(one, other))

    assert [p.code for p in problems] == ["asked-twice", "counted-twice"]
    assert {str(p.details["other"]) for p in problems} == {"企业数"}
