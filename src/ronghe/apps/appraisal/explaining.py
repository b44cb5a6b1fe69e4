"""One result explained from its run: every point, what was lost and why, what is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.explain import Explained, explain, headroom
from ronghe.apps.appraisal.models import Result
from ronghe.apps.appraisal.selectors.rounds import SMALLEST
from ronghe.exchange.evidence import evidence, open_work, unit_and_peers
from ronghe.exchange.reports import statistics
from ronghe.exchange.reports.folder import RunFolder, open_run
from ronghe.ui.charts import Peers, Waterfall
from ronghe.wording import Language
from ronghe.wording.explanation import explained_in_words, headroom_in_words

HELPFUL = 5
BINS = 10
REMEMBERED = 512
"""So many explanations are kept in memory: the latest that somebody opened."""
SHOWN = 12
"""So many losses have a bar of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: its title, points and lost points in thousandths, the words of it.

    ``loss`` is what was lost in points of the total, after conversion (折算).
    """

    code: str
    title: str
    points: int | None
    full: int
    lost: int
    loss: int
    words: list[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result explained: its lines, the waterfall, open work that helps, the peers."""

    lines: list[Line]
    drawing: Waterfall
    helpful: list[str]
    peers: Peers | None
    struck: list[str]

    @property
    def lost(self) -> list[Line]:
        """Return the indicators that lost points, what cost the total most first."""
        return sorted((one for one in self.lines if one.lost), key=lambda one: -one.loss)

    @property
    def whole(self) -> list[Line]:
        """Return the indicators that lost nothing."""
        return [one for one in self.lines if not one.lost]


def explanation(result: Result, language: Language) -> Explanation | None:
    """Explain a result; None where the run's folder is not there (any more).

    What a run says never changes: it is explained once for its digest, not for each reader.
    """
    folder = result.run.folder / "run"
    if not (folder / "run.json").is_file():
        return None
    explained = _remembered if result.run.result_digest else _explained
    return explained(folder, result.run.result_digest, result.unit, language)


def _explained(folder: Path, _digest: str, unit: str, language: Language) -> Explanation | None:
    with open_run(folder) as run:
        row, peers = unit_and_peers(run, unit)
        if row is None:
            return None
        explained = explain(run.program, row, peers)
        if len(peers) < least(run):
            explained = [replace(one, peers=None) for one in explained]
        worth = worths(run.scheme)
        lines = [_line(run, one, unit, worth, language) for one in explained]
        helpful = headroom(run.program, row, peers, open_work(run, row))[:HELPFUL]
        struck = [
            _said(one.title, language)
            for one in run.scheme.striking()
            if row.get(f"failed__{one.code}") == 1
        ]
        full = int(run.scheme.points * 1000)
        drawing = _drawn(explained, worth, full, row["total"] or 0, language)
        shown = _peers(row["total"], [peer["total"] for peer in peers], least(run))
        return Explanation(lines, drawing, headroom_in_words(helpful, language), shown, struck)


_remembered = lru_cache(maxsize=REMEMBERED)(_explained)


def _said(words: Any, language: Language) -> str:
    return str((words.en or words.zh) if language == "en" else words.zh)


def _line(
    run: RunFolder, one: Explained, unit: str, worth: dict[str, Fraction], language: Language
) -> Line:
    rows = evidence(run, one.indicator, unit)
    sources = [" · ".join(cells) for cells in rows.rows]
    if rows.count > len(rows.rows):
        sources.append(_("……另有%(count)d条") % {"count": rows.count - len(rows.rows)})
    words = explained_in_words(one, run.scheme, sources, language, about_people=run.about_people)
    full = int(one.indicator.points * 1000)
    title = _said(one.indicator.title, language)
    loss = round(one.lost * worth.get(one.indicator.code, Fraction(1)))
    return Line(one.indicator.code, title, one.points, full, one.lost, loss, words[1:])


def worths(scheme: Scheme) -> dict[str, Fraction]:
    """Return what a point of each indicator is worth in the total, after conversion (折算)."""
    found = {}
    for node, above in scheme.walk():
        worth = Fraction(1)
        for group in above:
            worth *= Fraction(group.counts_as or group.points) / Fraction(group.points)
        found[node.code] = worth
    return found


def _drawn(
    explained: list[Explained],
    worth: dict[str, Fraction],
    full: int,
    total: int,
    language: Language,
) -> Waterfall:
    """Draw what was lost and added, in points of the total: the largest, then all the rest."""
    changes = [
        (
            _said(one.indicator.title, language),
            round(
                ((one.points or 0) if one.pool == "bonus" else -one.lost)
                * worth.get(one.indicator.code, Fraction(1))
            ),
        )
        for one in explained
    ]
    shown = sorted((one for one in changes if one[1]), key=lambda one: (one[1], one[0]))[:SHOWN]
    rest = total - full - sum(change for _title, change in shown)
    steps = [*shown, *([(_("其余各项和限制"), rest)] if rest else [])]
    most = shown[0][0] if shown and shown[0][1] < 0 else ""
    told = _("失分最多的是%(what)s。") % {"what": most} if most else _("没有失分。")
    return Waterfall(
        _("从满分到总分"),
        told,
        (_("满分"), full / 1000),
        [(title, change / 1000) for title, change in steps],
        _("总分"),
        _("分"),
    )


def least(run: RunFolder) -> int:
    """Return how many peers there have to be for figures about them to be shown."""
    return statistics.SMALLEST if run.about_people else SMALLEST


def _peers(own: int | None, totals: list[int | None], fewest: int) -> Peers | None:
    known = [total for total in totals if total is not None]
    if len(known) < fewest:
        return None
    low = min(known) // 10_000 * 10_000
    high = max(-(-max(known) // 10_000) * 10_000, low + 10_000)
    counts = [0] * BINS
    for total in known:
        counts[min(BINS - 1, (total - low) * BINS // (high - low))] += 1
    return Peers(
        _("同类组总分的分布"),
        _("同类组共%(count)d个，不列名称。") % {"count": len(known)},
        counts,
        low / 1000,
        high / 1000,
        None if own is None else own / 1000,
        _("分"),
    )
