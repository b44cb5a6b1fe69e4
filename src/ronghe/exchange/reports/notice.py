"""``report.docx``: a notice (通报) drafted from the results, for a person to check and sign.

Square brackets stand where the issuing office fills in or decides. Persons are never listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ronghe.exchange.reports import statistics
from ronghe.exchange.reports.certainty import certainty_in_words
from ronghe.exchange.reports.folder import RunFolder, UnitRow
from ronghe.exchange.reports.fusion import fusion
from ronghe.exchange.reports.gbt9704 import SIZE_2, TYPE_WIDTH, Notice
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.numbers import GAP, day_text, mean, percent_text, points_text
from ronghe.exchange.reports.shares import DIMENSIONS, share_of
from ronghe.exchange.reports.statistics import TOTAL, Spread
from ronghe.exchange.reports.told import (
    GradeLine,
    consequences,
    grade_lines,
    grade_title,
    grading_rules,
    group_title,
    many,
)
from ronghe.exchange.svg import text_width
from ronghe.rulebook.citing import chinese_number
from ronghe.wording.explanation import interval
from ronghe.wording.rules import number

LISTED = 500
"""Up to so many units stand in the attachment; of more only the grades are counted."""

NAMED = 30
"""Up to so many units of the best grade are named in the text."""

STANDING_OUT = 3
"""So many indicators are named as the best and as the weakest."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the notice: its heading, paragraphs, and parts with headings of their own."""

    title: str
    paragraphs: list[str]
    parts: list[tuple[str, list[str]]]


def write_notice(run: RunFolder, say: Labels, path: Path) -> None:
    """Write the notice."""
    scheme = run.scheme
    parts = (
        say("notice-title", title=say.title(scheme.title)),
        say("notice-title-end", label=scheme.period.label),
    )
    title = "".join(parts)
    notice = Notice(say.language)
    notice.mark_as_draft(say("notice-draft"))
    notice.red_header(say("notice-issuer"), say("notice-number"))
    long = say.language == "zh" and text_width(title, SIZE_2.pt) > TYPE_WIDTH.pt
    notice.add(("\n" if long else "").join(parts), "Notice Title")
    notice.add(say("notice-to"), "Addressee")
    for words in intro(run, say):
        notice.add(words, "Notice Body")
    for place, section in enumerate(sections(run, say), start=1):
        notice.add(numbered(section.title, place, 1, say), "Heading 1")
        for words in section.paragraphs:
            notice.add(words, "Notice Body")
        for part, (heading, paragraphs) in enumerate(section.parts, start=1):
            notice.add(numbered(heading, part, 2, say), "Heading 2")
            for words in paragraphs:
                notice.add(words, "Notice Body")
    attached = say("attachment-title", title=say.title(scheme.title), label=scheme.period.label)
    notice.add(say("attachment-list", title=attached), "Attachment List")
    for _ in range(2):
        notice.add("", "Notice Body")
    notice.add(say("notice-signed"), "Signature")
    day = day_text(scheme.period.until, say.language)
    notice.add(say("notice-day", day=day), "Signature")
    notice.keep_together(6)
    notice.new_page()
    notice.add(say("attachment-mark"), "Attachment Mark")
    notice.add(attached, "Attachment Title")
    notice.add("", "Notice Body")
    if run.sure and lists_units(run):
        notice.add(certainty_in_words(run, say), "Notice Body")
    notice.table(*attachment(run, say))
    notice.add("", "Notice Body")
    notice.imprint(say("imprint-copies"), say("imprint-issued"))
    notice.save(path, title, scheme.period.until)


def numbered(heading: str, place: int, level: int, say: Labels) -> str:
    """Number a heading as documents do: 一、 and （一）, in English 1. and (1)."""
    counted = chinese_number(place) if say.language == "zh" else str(place)
    return say(f"heading-{level}", number=counted, title=heading)


def intro(run: RunFolder, say: Labels) -> list[str]:
    """Say by what authority who was appraised."""
    scheme, approval = run.scheme, run.scheme.approval
    since, until = (day_text(d, say.language) for d in (scheme.period.since, scheme.period.until))
    return [
        say(
            "notice-intro-people" if run.about_people else "notice-intro",
            document=approval.document or say("fill-approval"),
            plan_item=approval.plan_item or say("fill-plan-item"),
            title=say.title(scheme.title),
            version=scheme.version,
            what=say.choice("appraises", scheme.appraises),
            count=run.count,
            label=scheme.period.label,
            since=since,
            until=until,
        )
    ]


def sections(run: RunFolder, say: Labels) -> list[Section]:
    """Draft the body from the results."""
    hidden = statistics.hidden(run)
    spreads = {} if hidden else statistics.spreads(run)
    lines = grade_lines(run, say)
    overview = (
        [say("people-too-few")] if hidden else list(_overview(run, spreads[TOTAL], lines, say))
    )
    found = [Section(say("notice-overview"), overview, [])]
    if not hidden:
        found.append(Section(say("notice-analysis"), [], list(_analysis(run, spreads, say))))
    if lines:
        found.append(Section(say("notice-grading"), list(_grading(run, lines, say)), []))
    objection = [say("notice-objection"), say("notice-objection-effect")]
    if run.about_people:
        objection.append(say("notice-people"))
    found.append(Section(say("notice-objections"), objection, []))
    found.append(Section(say("notice-next"), [say("notice-next-said")], []))
    return found


def _overview(
    run: RunFolder, total: Spread, lines: Sequence[GradeLine], say: Labels
) -> Iterator[str]:
    yield say(
        "notice-totals-people" if run.about_people else "notice-totals",
        count=run.count,
        full=number(run.scheme.points),
        mean=points_text(mean(total.sum, total.count), 2),
        median=points_text(total.quartiles[1], 1 if run.about_people else 2),
        highest=points_text(total.greatest, 2),
        lowest=points_text(total.least, 2),
    )
    if lines:
        counted = [
            say(
                "notice-grade",
                title=line.title,
                count=many(int(line.given), run, say),
                share=line.share,
            )
            for line in lines
        ]
        yield say("notice-grades", grades=say.joined(counted))
    best = _best(run)
    if best:
        title = grade_title(run.scheme, 1, say)
        yield say("notice-named", grade=title, names=say.joined(best))
    for strike in statistics.strikes(run):
        if strike.count:
            yield say(
                "notice-struck",
                title=say.title(strike.rule.title),
                count=many(strike.count, run, say),
                consequence=consequences(strike.rule, run.scheme, say),
            )


def _best(run: RunFolder) -> list[str]:
    """Name the units of the best grade, unless they are persons or too many."""
    if run.about_people or run.scheme.grading is None:
        return []
    names = run.rows(
        "select name from outcome where grade = 1"
        f" order by peer_group nulls first, rank, unit limit {NAMED + 1}"
    )
    return [label for (label,) in names] if len(names) <= NAMED else []


def _analysis(
    run: RunFolder, spreads: dict[str, Spread], say: Labels
) -> Iterator[tuple[str, list[str]]]:
    indicators = _indicator_shares(run, spreads)
    titles = {node.code: say.title(node.title) for node, _ in run.scheme.walk()}
    groups = [(titles[code], share) for code, share in statistics.node_shares(run)]
    dimensions = _dimension_shares(run, say)
    ranked = sorted(indicators, key=lambda one: -one[1])
    named = [(titles[code], share) for code, share in ranked]
    shown = min(STANDING_OUT, len(named) // 2)
    for key, most in (("best", True), ("weakest", False)):
        said = []
        for kind, shares in (("group", groups), ("dimension", dimensions)):
            if len(shares) > 1:
                name, share = (max if most else min)(shares, key=lambda one: one[1])
                said.append(say(f"notice-{kind}-{key}", name=name, share=percent_text(share)))
        chosen = named[:shown] if most else named[len(named) - shown :][::-1]
        if chosen:
            listed = say.joined(
                [say("notice-share", name=name, share=percent_text(s)) for name, s in chosen]
            )
            said.append(say(f"notice-indicators-{key}", names=listed))
        if said:
            yield say(f"notice-{key}"), ["".join(said) if say.language == "zh" else " ".join(said)]
    both = fusion(run, [], say)
    if both:
        counted = [
            say("notice-lead", lead=lead, count=many(count, run, say)) for lead, count in both.leads
        ]
        said_leads = say("notice-leads", leads=say.joined(counted), tolerance=both.tolerance)
        yield say("fusion"), [both.said, said_leads]


def _indicator_shares(run: RunFolder, spreads: dict[str, Spread]) -> list[tuple[str, int]]:
    """Return the mean share of points of each indicator of the tree, in hundredths of a percent."""
    shares = []
    for indicator in run.scheme.leaves():
        spread = spreads[indicator.code]
        if spread.count and spread.sum is not None:
            whole = spread.full * spread.count
            shares.append((indicator.code, (2 * 10_000 * spread.sum + whole) // (2 * whole)))
    return shares


def _dimension_shares(run: RunFolder, say: Labels) -> list[tuple[str, int]]:
    shown = [d for d in DIMENSIONS if share_of(run.scheme, "dimension", d)]
    if not shown:
        return []
    means = zip(shown, statistics.mean_shares(run, "dimension", shown), strict=True)
    return [(say.choice("dimension", d), share) for d, share in means if share is not None]


def _grading(run: RunFolder, lines: Sequence[GradeLine], say: Labels) -> Iterator[str]:
    stated = [
        say("notice-threshold", title=line.title, threshold=line.threshold, quota=line.quota)
        for line in lines
    ]
    yield say("notice-thresholds", grades=say("semicolon").join(stated))
    rules = grading_rules(run, say)
    yield "".join(rules) if say.language == "zh" else " ".join(rules)
    lacking = sum(1 for gap in statistics.gaps(run) if gap.missing)
    if lacking:
        yield say("notice-gaps", count=lacking)


def lists_units(run: RunFolder) -> bool:
    """Tell whether the attachment lists units: never persons, nor too many."""
    return not run.about_people and run.count <= LISTED


def _interval_and_band(row: UnitRow) -> list[str]:
    return [interval(row.low, row.high), GAP if row.band is None else str(row.band)]


Table = tuple[list[str], list[list[str]], list[int]]


def attachment(run: RunFolder, say: Labels) -> Table:
    """Return the attached table: the results of units, or the number of each grade."""
    if lists_units(run):
        head = [say(key) for key in ("group", "rank", "name", "total")]
        graded, sure = run.scheme.grading is not None, run.sure
        rows = [
            [
                group_title(run.scheme, row.group, say),
                GAP if row.rank is None else str(row.rank),
                *(_interval_and_band(row) if sure else []),
                row.name,
                points_text(row.total),
                *([grade_title(run.scheme, row.grade, say)] if graded else []),
            ]
            for row in run.units(LISTED)
        ]
        head[2:2] = [say("interval"), say("band")] if sure else []
        widths = [10, 4, *([5, 3] if sure else []), 12, 7, *([6] if graded else [])]
        return head + ([say("grade")] if graded else []), rows, widths
    head = [say(key) for key in ("grade", "threshold", "quota", "number", "given-share")]
    rows = [
        [line.title, line.threshold, line.quota, line.given, line.share]
        for line in grade_lines(run, say)
    ]
    if not rows:
        rows = [[GAP, GAP, GAP, GAP if statistics.hidden(run) else str(run.count), GAP]]
    return head, rows, [4, 2, 8, 2, 3]
