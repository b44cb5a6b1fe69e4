"""Votes behind an indicator: by group and grade, except where few voted."""

from __future__ import annotations

from report_runs import document, units_of, write_run
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.evidence import evidence
from ronghe.exchange.reports.folder import open_run

BALLOT = {
    "kind": "ballot",
    "ballot": "yearly",
    "grades": {"优秀": 95, "合格": 75},
    "groups": {"上级": 50, "群众": 50},
}


def votes(group: str, grade: str, count: int) -> dict:
    return {"ballot": "yearly", "unit": "T01", "voter_group": group, "grade": grade, "votes": count}


def shown(folder, rows: list[dict]) -> list[tuple[str, ...]]:
    """Return what stands behind the indicator of a ballot."""
    leaf = {
        "code": "voice",
        "title": {"zh": "民主测评", "en": "Ballot"},
        "points": 100,
        "source": BALLOT,
        "rule": {"kind": "share_of_full"},
        "missing": "zero",
    }
    scheme = Scheme.model_validate(
        document(scheme="votes", title="测评", appraises="organisation", indicators=[leaf])
    )
    units = units_of("organisation", "township", ["柳林镇"], ["farming"])
    for row in rows:
        row["unit"] = units[0]["unit"]
    write_run(folder, scheme, {"units": units, "ballots": rows})
    with open_run(folder) as run:
        return list(evidence(run, run.scheme.indicators[0], units[0]["unit"]).rows)


def test_votes_are_listed_by_group_and_grade(tmp_path):
    rows = [votes("上级", "优秀", 3), votes("上级", "合格", 2), votes("群众", "优秀", 30)]

    assert shown(tmp_path / "run", rows) == [
        ("上级", "优秀", "3"),
        ("上级", "合格", "2"),
        ("群众", "优秀", "30"),
    ]


def test_of_a_group_with_fewer_than_five_votes_only_that_is_said(tmp_path):
    rows = [votes("上级", "优秀", 3), votes("上级", "合格", 1), votes("群众", "优秀", 30)]

    assert shown(tmp_path / "run", rows) == [("上级", "—", "<5"), ("群众", "优秀", "30")]
