"""``report.html``: one page that opens offline, without a script, on any screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ronghe.analysis.scheme.model import Gate
from ronghe.exchange import charts, svg
from ronghe.exchange.reports import statistics
from ronghe.exchange.reports.certainty import (
    certainty_in_words,
    doubtful_grades,
    interval_chart,
)
from ronghe.exchange.reports.folder import RunFolder, UnitRow
from ronghe.exchange.reports.fusion import fusion
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.numbers import (
    GAP,
    day_text,
    mean,
    percent_text,
    points_text,
    share_text,
)
from ronghe.exchange.reports.shares import DIMENSIONS, WHOLE_SHARE, share_of
from ronghe.exchange.reports.statistics import BINS, TOTAL, Shares, Spread
from ronghe.exchange.reports.told import (
    account_lines,
    approval_in_words,
    condition_in_words,
    consequences,
    grade_lines,
    grade_title,
    grading_rules,
    group_title,
    many,
)
from ronghe.wording.explanation import interval
from ronghe.wording.rules import number

ALL_UP_TO = 500
"""Up to so many units the page lists all of them."""

FIRST = 100
"""Of more units it lists so many, the first of each peer group."""

GROUPS = 100
"""So many groups of persons are shown at most."""

EXTREMES = 3
"""So many units with the highest and with the lowest totals have a radar of their own."""


def write_page(run: RunFolder, say: Labels, path: Path) -> None:
    """Write the page."""
    template = _environment().get_template("report.html.j2")
    page = template.render(context(run, say))
    path.write_text(page, encoding="utf-8", newline="\n")


def _environment() -> Environment:
    folder = files(__package__) / "templates"
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else svg.plain_text(value),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def context(run: RunFolder, say: Labels) -> dict[str, Any]:
    """Gather everything the page shows, as finished words, numbers and charts."""
    listed = [] if run.about_people else _listed(run)
    spreads = {} if statistics.hidden(run) else statistics.spreads(run)
    return {
        "say": say,
        "lang": "zh-Hans" if say.language == "zh" else "en",
        "chart_style": Markup(svg.STYLE),
        "title": say.title(run.scheme.title),
        "note": run.scheme.note,
        "people": run.about_people,
        "facts": _facts(run, spreads.get(TOTAL), say),
        "ranking": None if run.about_people else _ranking(run, listed, say),
        "distribution": _people(run, say) if run.about_people else None,
        "dimensions": _dimensions(run, listed, say),
        "fusion": _fusion(run, listed, say),
        "indicators": _indicators(run, spreads, say),
        "strikes": _strikes(run, say),
        "gaps": _gaps(run, say),
        "grades": grade_lines(run, say),
        "grades_chart": _grades_chart(run, say),
        "grading_rules": grading_rules(run, say),
        "doubtful": doubtful_grades(run, say),
        "account": account_lines(run, say),
        "files": sorted(run.account["files"].items()),
        "bins": BINS,
        "smallest": statistics.SMALLEST,
    }


def _listed(run: RunFolder) -> list[UnitRow]:
    """Return the units the page lists: all, or the first of each peer group."""
    if run.count <= ALL_UP_TO:
        return run.units(ALL_UP_TO)
    groups = len(statistics.group_sizes(run, "peer_group"))
    return run.units(FIRST, best_of_each=max(1, FIRST // groups))


def _facts(run: RunFolder, total: Spread | None, say: Labels) -> list[tuple[str, str]]:
    scheme = run.scheme
    title = say(
        "scheme-named", title=say.title(scheme.title), code=scheme.scheme, version=scheme.version
    )
    since, until = (day_text(d, say.language) for d in (scheme.period.since, scheme.period.until))
    what = say.choice("appraises", scheme.appraises)
    level = say.choice("level", scheme.level)
    appraised = "appraised-people" if run.about_people else "appraised-named"
    plan_item, document = approval_in_words(run, say)
    return [
        (say("scheme"), title),
        (say("period"), say("period-named", label=scheme.period.label, since=since, until=until)),
        (say("appraised"), say(appraised, what=what, level=level, count=run.count)),
        (say("plan-item"), plan_item),
        (say("approval"), document),
        (say("full-points"), number(scheme.points)),
        (say("average-total"), points_text(mean(total.sum, total.count), 2) if total else GAP),
        (say("median-total"), _points(total.quartiles[1], run) if total else GAP),
        (say("left-out"), str(run.account["records_left_out"])),
    ]


def _ranking(run: RunFolder, listed: Sequence[UnitRow], say: Labels) -> dict[str, Any]:
    groups: dict[str, list[UnitRow]] = {}
    for row in listed:
        groups.setdefault(row.group, []).append(row)
    return {
        "groups": [_ranked(run, code, rows, say) for code, rows in groups.items()],
        "certainty": certainty_in_words(run, say),
        "sure": run.sure,
        "shortened": len(listed) < run.count,
        "count": run.count,
        "shown": len(listed),
        "graded": run.scheme.grading is not None,
    }


def _ranked(run: RunFolder, code: str, units: Sequence[UnitRow], say: Labels) -> dict[str, Any]:
    """Return a peer group's title, its units' lines and the picture of their intervals."""
    title = group_title(run.scheme, code, say)
    return {
        "title": title,
        "chart": Markup(interval_chart(units, title, say)),
        "rows": [
            {
                "rank": GAP if row.rank is None else str(row.rank),
                "unit": row.unit,
                "name": row.name,
                "total": points_text(row.total),
                "grade": grade_title(run.scheme, row.grade, say),
                "interval": interval(row.low, row.high),
                "band": GAP if row.band is None else str(row.band),
            }
            for row in units
        ],
    }


def _people(run: RunFolder, say: Labels) -> dict[str, Any]:
    """Return the distribution of persons' totals and grades, in groups large enough."""
    by_parent = run.scheme.grading is not None and run.scheme.grading.within == "parent"
    column = "parent" if by_parent else "peer_group"
    groups = statistics.large_enough(statistics.group_sizes(run, column))
    rows = []
    if groups:
        rows.append(_people_row(run, say("all-units"), "true", say))
    for labels in groups[:GROUPS] if len(groups) > 1 else []:
        title = (
            say("merged-groups", count=len(labels))
            if len(labels) > 1
            else run.parents.get(labels[0], labels[0])
            if by_parent
            else group_title(run.scheme, labels[0], say)
        )
        rows.append(_people_row(run, title, statistics.among(column, labels), say))
    grading = run.scheme.grading
    return {
        "rows": rows,
        "by": say("parent" if by_parent else "group"),
        "grades": [say.title(grade.title) for grade in grading.grades] if grading else [],
        "count": len(groups),
        "shown": min(len(groups), GROUPS),
    }


def _people_row(run: RunFolder, title: str, condition: str, say: Labels) -> dict[str, Any]:
    spread = statistics.total_spread(run, condition)
    return {
        "title": title,
        "count": spread.count,
        "quartiles": [_points(value, run) for value in spread.quartiles],
        "mean": points_text(mean(spread.sum, spread.count), 2),
        "chart": _histogram(title, spread, say),
        "grades": statistics.grade_counts(run, condition) if run.scheme.grading else [],
    }


def _points(thousandths: int | None, run: RunFolder) -> str:
    """Write observed points; of persons too coarsely to know one by them."""
    return points_text(thousandths, 1 if run.about_people else 2)


def _histogram(title: str, spread: Spread, say: Labels) -> Markup:
    full = points_text(spread.full, 0) if spread.full % 1000 == 0 else points_text(spread.full)
    told = say("histogram-of", what=title)
    return Markup(charts.histogram(told, spread.bins, "0", full))


def _dimensions(run: RunFolder, listed: Sequence[UnitRow], say: Labels) -> dict[str, Any] | None:
    """Return the five dimensions (五大发展理念): the mean, the extremes, and a table of units."""
    shown = [d for d in DIMENSIONS if share_of(run.scheme, "dimension", d)]
    if len(shown) < 3 or statistics.hidden(run):
        return None
    axes = [say.choice("dimension", dimension) for dimension in shown]
    average = statistics.mean_shares(run, "dimension", shown)
    extremes = [] if run.about_people else _extremes(run)
    asked = list({row.unit: row for row in [*listed, *extremes]}.values())
    shares = statistics.unit_shares(run, "dimension", shown, asked)
    return {
        "axes": axes,
        "radar": _radar(say("dimensions-mean"), axes, average, None, say),
        "radars": [
            (row.name, _radar(row.name, axes, shares[row.unit], average, say)) for row in extremes
        ],
        "rows": [(say("dimensions-mean"), [percent_text(s) for s in average])]
        + [(row.name, [percent_text(s) for s in shares[row.unit]]) for row in listed],
    }


def _extremes(run: RunFolder) -> list[UnitRow]:
    """Return the units with the highest and the lowest totals, none twice."""
    chosen = run.rows(
        f"select {run.unit_columns} from ("
        "select *, row_number() over (order by total desc, unit) as high,"
        " row_number() over (order by total, unit desc) as low from outcome where total is not null"
        f") where high <= {EXTREMES} or low <= {EXTREMES} order by high"
    )
    return [UnitRow(*row) for row in chosen]


def _radar(
    name: str, axes: Sequence[str], shares: Shares, average: Shares | None, say: Labels
) -> Markup:
    told = say.joined(
        [
            say("dimension-said", axis=axis, share=percent_text(share))
            for axis, share in zip(axes, shares, strict=True)
        ]
    )
    drawn, other = (
        None if values is None else [None if v is None else v / WHOLE_SHARE for v in values]
        for values in (shares, average)
    )
    title = say("dimension-radar", name=name)
    return Markup(charts.radar(title, told, axes, drawn or [], other))


def _fusion(run: RunFolder, listed: Sequence[UnitRow], say: Labels) -> dict[str, Any] | None:
    found = fusion(run, listed, say)
    if found is None:
        return None
    note = say("coupling-note", definition=found.definition, tolerance=found.tolerance)
    return {"found": found, "chart": Markup(found.chart), "note": note}


def _indicators(run: RunFolder, spreads: dict[str, Spread], say: Labels) -> list[dict[str, Any]]:
    lacking = {gap.indicator.code: gap.missing for gap in statistics.gaps(run)}
    titles = {TOTAL: say("total")} | {i.code: say.title(i.title) for i in run.scheme.scored()}
    return [
        {
            "title": titles[code],
            "points": points_text(spread.full, 3).rstrip("0").rstrip("."),
            "chart": _histogram(titles[code], spread, say),
            "least": points_text(spread.least, 2),
            "quartiles": [_points(value, run) for value in spread.quartiles],
            "greatest": points_text(spread.greatest, 2),
            "mean": points_text(mean(spread.sum, spread.count), 2),
            "at_full": share_text(spread.at_full, spread.count),
            "at_zero": share_text(spread.at_zero, spread.count),
            "missing": lacking.get(code, 0),
        }
        for code, spread in spreads.items()
    ]


def _strikes(run: RunFolder, say: Labels) -> list[dict[str, str]]:
    found = []
    for strike in statistics.strikes(run):
        rule, names = strike.rule, say.joined(list(strike.names))
        struck = GAP if statistics.hidden(run) else many(strike.count, run, say)
        if names:
            key = "struck-more" if strike.count > len(strike.names) else "struck-named"
            struck = say(key, count=struck, names=names)
        found.append(
            {
                "kind": say("gate" if isinstance(rule, Gate) else "veto"),
                "title": say.title(rule.title),
                "condition": condition_in_words(rule, run.scheme, say),
                "consequence": consequences(rule, run.scheme, say),
                "authority": rule.citation if isinstance(rule, Gate) else rule.authority,
                "struck": struck,
            }
        )
    return found


def _gaps(run: RunFolder, say: Labels) -> list[dict[str, Any]]:
    return [
        {
            "title": say.title(gap.indicator.title),
            "missing": gap.missing,
            "treatment": say(f"gap-{gap.indicator.missing}"),
            "exempt": gap.exempt,
        }
        for gap in statistics.gaps(run)
    ]


def _grades_chart(run: RunFolder, say: Labels) -> Markup:
    lines = grade_lines(run, say)
    if not lines or statistics.hidden(run):
        return Markup()
    rows = [
        (line.title, int(line.given), say("count-share", count=line.given, share=line.share))
        for line in lines
    ]
    told = say.joined([f"{title} {words}" for title, _, words in rows])
    return Markup(charts.bars(say("grading-chart"), told, rows))
