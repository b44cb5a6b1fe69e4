"""The workbook that explains itself, and what it explains."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from plain_appraisal import PlainAppraisal
from ronghe.analysis.scheme.check import check, parse_scheme
from ronghe.analysis.scheme.choices import RULES, SOURCES
from ronghe.exchange.scheme import read_scheme, write_template
from ronghe.exchange.scheme.guide import EXAMPLES
from ronghe.exchange.scheme.packing import unpack_rule
from ronghe.exchange.scheme.template import EXAMPLE

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_the_template_back_gives_a_scheme_without_problems(tmp_path, language) -> None:
    write_template(tmp_path / "样表.xlsx", language)

    scheme, problems = read_scheme(tmp_path / "样表.xlsx")

    assert problems == []
    assert scheme == parse_scheme(EXAMPLE)
    assert check(scheme) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_source_is_explained(tmp_path, language) -> None:
    write_template(tmp_path / "样表.xlsx", language)

    labels = [str(row[0].value) for row in openpyxl.load_workbook(tmp_path / "样表.xlsx")["说明"]]

    for zh, en in (*RULES.values(), *SOURCES.values()):
        assert (zh if language == "zh" else f"{zh} {en}") in labels


def test_the_template_is_the_same_every_time(tmp_path) -> None:
    first, second = Path(tmp_path, "a.xlsx"), Path(tmp_path, "b.xlsx")
    write_template(first)
    write_template(second)

    assert first.read_bytes() == second.read_bytes()


RESULTS = {
    "completion": (["90"], "9"),
    "bands": (["85"], "8"),
    "goalposts": (["20"], "4"),
    "efficacy": (["80"], "8"),
    "rank_ladder": (["1", "3", "2"], "9"),
    "ratio_to_best": (["60", "80"], "7.5"),
    "ratio_to_average": (["40", "60"], "8"),
    "distance_from_average": (["23", "17"], "8.5"),
    "count_points": (["7"], "3.5"),
    "deduction": (["3"], "8.5"),
    "share_of_full": (["92"], "9.2"),
    "combined": (["84"], "7.04"),
}
"""The values of each example (the unit's own first), and the points that its text promises."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)
def test_the_worked_examples_come_true(example) -> None:
    values, promised = RESULTS[example.kind]
    complaints: list[tuple[str, str]] = []
    document = {
        "scheme": "example",
        "version": "1",
        "title": "例",
        "appraises": "organisation",
        "level": "village",
        "period": {
            "label": "2025",
            "since": "2025-01-01",
            "until": "2025-12-31",
            "previous": "2024",
        },
        "measures": [{"code": "x", "title": "数", "lowest_level": "village"}],
        "points": 10,
        "indicators": [
            {
                "code": "i",
                "title": "指标",
                "points": 10,
                "source": {"kind": "measure", "measure": "x"},
                "rule": unpack_rule({"kind": example.kind, "@more": example.cell}, complaints),
            }
        ],
    }
    units = [
        {"unit": f"u{n}", "name": "", "kind": "organisation", "level": "village"}
        for n in range(len(values))
    ]
    figures = [
        {"unit": f"u{n}", "measure": "x", "period": period, "value": Fraction(value)}
        for n, now in enumerate(values)
        for period, value in (("2025", now), ("2024", "80"))
    ]

    outcome = PlainAppraisal(parse_scheme(document), {"units": units, "measures": figures}, {})

    assert complaints == []
    assert outcome.points["u0"]["i"] == Fraction(promised)
    assert promised in example.zh
    assert promised in example.en


def test_every_rule_has_an_example() -> None:
    assert {example.kind for example in EXAMPLES} == set(RULES)
