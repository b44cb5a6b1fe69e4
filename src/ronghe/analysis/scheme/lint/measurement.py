"""What measures badly: double counting, quantity without quality, wrong incentives, odd weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from ronghe.analysis.scheme.check.findings import neat, scored, simple_rules, tree
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.check.rules import best_points
from ronghe.analysis.scheme.check.tree import worth
from ronghe.analysis.scheme.lint.finding import Finding, fewer_is_better, source_titles
from ronghe.analysis.scheme.lint.words import clauses
from ronghe.analysis.scheme.model import Group, Indicator, Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.rules import Bands, Combined, Deduction, RankLadder
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    Measure,
    MeasureSource,
    RecordsSource,
    SchemeSource,
    Source,
)

BONUS_SHARE = Fraction(1, 10)
"""All bonuses together should not exceed this share of the full score."""

OVER_FULL = Decimal("1.2")
"""An indicator should not give more than so many times its points."""

LIGHTEST, HEAVIEST = Fraction(1, 100), Fraction(40, 100)
"""An indicator's share of the full score should lie between these."""

MOST_INDICATORS = 40
MOST_VETOES = 3


def counted_twice(scheme: Scheme) -> Iterator[Finding]:
    """Two indicators that can hold for one unit score the same thing."""
    before: list[Indicator] = []
    for loc, indicator in scored(scheme):
        for other in before:
            if _meet(indicator, other) and _same_thing(indicator.source, other.source):
                at = (*loc, "source")
                details = {"other": other.title}
                yield Finding("counted-twice", at, indicator.title, details=details)
                break
        before.append(indicator)


def _meet(one: Indicator, other: Indicator) -> bool:
    """Whether some peer group has both."""
    if not one.peer_groups or not other.peer_groups:
        return True
    return not set(one.peer_groups).isdisjoint(other.peer_groups)


def _same_thing(one: Source, other: Source) -> bool:
    match one, other:
        case MeasureSource(), MeasureSource():
            return (one.measure, one.period) == (other.measure, other.period)
        case RecordsSource(), RecordsSource():
            alike = (one.function in _AMOUNTS) == (other.function in _AMOUNTS)
            apart = set(one.of).isdisjoint(other.of) or _never_together(one, other)
            return alike and not apart
        case BallotSource(), BallotSource():
            return one.ballot == other.ballot
        case ExpertSource(), ExpertSource():
            return one.panel == other.panel
        case SchemeSource(), SchemeSource():
            return one.scheme == other.scheme
    return False


_AMOUNTS = ("count", "sum", "distinct")


def _never_together(one: RecordsSource, other: RecordsSource) -> bool:
    return any(
        a.until is not None and b.since is not None and a.until < b.since
        for a, b in ((one, other), (other, one))
    )


def count_without_quality(scheme: Scheme) -> Iterator[Finding]:
    """Records earn points by number alone, whatever their quality and unverified."""
    for loc, indicator in _earning(scheme):
        source = indicator.source
        if (
            isinstance(source, RecordsSource)
            and source.function in _AMOUNTS
            and source.quality_at_least is None
            and not source.verified_only
        ):
            at = (*loc, "source")
            yield Finding("count-without-quality", at, indicator.title, source.function)


def _earning(scheme: Scheme) -> Iterator[tuple[Loc, Indicator]]:
    """Yield the indicators for which more of a thing means more points."""
    for loc, indicator in scored(scheme):
        if not _loses_by(loc, indicator, scheme):
            yield loc, indicator


def _loses_by(loc: Loc, indicator: Indicator, scheme: Scheme) -> bool:
    """Whether more of a thing costs points: by a deduction, a direction or a penalty pool."""
    if loc[0] == "pools" and scheme.pools[int(loc[1])].kind == "penalty":
        return True
    deducts = any(isinstance(at.rule, Deduction) for at in simple_rules(loc, indicator))
    return deducts or fewer_is_better(loc, indicator)


def bonus_dominates(scheme: Scheme) -> Iterator[Finding]:
    """Bonuses together may outweigh the tree of indicators."""
    pools = [(("pools", p), pool) for p, pool in enumerate(scheme.pools) if pool.kind == "bonus"]
    caps = sum((pool.cap for _, pool in pools), Decimal(0))
    most = scheme.points * BONUS_SHARE.numerator / BONUS_SHARE.denominator
    if caps > most:
        loc, pool = max(pools, key=lambda pair: pair[1].cap)
        yield Finding("bonus-dominates", (*loc, "cap"), pool.title, neat(caps), neat(most))


def over_full(scheme: Scheme) -> Iterator[Finding]:
    """A rule gives far more than the indicator's full score."""
    for loc, indicator in scored(scheme):
        best, most = best_points(loc, indicator), indicator.points * OVER_FULL
        if best > most:
            at = (*loc, "rule")
            yield Finding("rule-over-full", at, indicator.title, neat(best), neat(indicator.points))


_REPORTED = re.compile(
    r"信访|上访|投诉|举报|12345|诉求|报警|警情|纠纷"
    r"|(?:问题|隐患|案件|线索)(?:数|量|个数|总数|件数|起数|$)"
    r"|\b(?:petitions?|complaints?|problems reported|cases reported|disputes)\b"
)
_HANDLED = re.compile(
    r"[办化]结|化解|处理|办理|整改|响应|回复|满意|按期|及时|逾期|超期|瞒报|漏报|迟报|重复|时限|时长|时效|速度|天数|工作日"
    r"|\b(?:settl\w+|solv\w+|answered|overdue|late|days|concealed|again|unsettled)\b"
)


def rewards_hiding(scheme: Scheme) -> Iterator[Finding]:
    """Reported problems, petitions or cases cost points: who hides them does better."""
    for loc, indicator in scored(scheme):
        if not _loses_by(loc, indicator, scheme):
            continue
        titles = [indicator.title, *source_titles(indicator.source, scheme)]
        text = "\n".join(clause for title in titles for clause in clauses(title))
        if (found := _REPORTED.search(text)) and not _HANDLED.search(text):
            yield Finding("rewards-hiding", (*loc, "rule"), indicator.title, found.group())


_FEW_RECORDS = ("enterprise", "branch", "person")
_PIECES = ("家", "个", "项", "件", "起", "处", "所", "个数")


def share_of_few(scheme: Scheme) -> Iterator[Finding]:
    """A share rests on a handful of records: one more or less may cost most of the points."""
    small = scheme.level in _FEW_RECORDS or scheme.appraises in ("member", "cadre")
    for loc, indicator in scored(scheme):
        source, rule = indicator.source, indicator.rule
        softened = isinstance(rule, Bands) and rule.otherwise * 2 >= indicator.points
        is_share = isinstance(source, RecordsSource) and source.function == "share"
        if small and is_share and not softened:
            yield Finding("share-of-few", (*loc, "source", "function"), indicator.title)


def growth_of_few(scheme: Scheme) -> Iterator[Finding]:
    """Growth in percent of things counted by the piece: from one to two is 100 %."""
    pieces = {m.code for m in scheme.measures if m.scale == 0 and m.unit in _PIECES}
    for loc, indicator in scored(scheme):
        rule, source = indicator.rule, indicator.source
        if not (isinstance(rule, Combined) and isinstance(source, MeasureSource)):
            continue
        if source.measure in pieces and any(part.of == "growth" for part in rule.parts):
            yield Finding("growth-of-few", (*loc, "rule"), indicator.title)


def all_or_nothing(scheme: Scheme) -> Iterator[Finding]:
    """One threshold decides over all points: just below it nothing remains."""
    for loc, indicator in scored(scheme):
        for at in simple_rules(loc, indicator):
            rule = at.rule
            if isinstance(rule, Bands) and len(rule.steps) == 1 and rule.otherwise == 0:
                step = next(iter(rule.steps))
                yield Finding("all-or-nothing", at.loc, indicator.title, neat(step))


def effective_weights(scheme: Scheme) -> dict[str, Fraction]:
    """Return each leaf's share of the full score, by code: the foldings multiplied through."""
    weights: dict[str, Fraction] = {}
    for node, above in scheme.walk():
        if isinstance(node, Indicator):
            share, full = Fraction(1), scheme.points
            parts: list[Group | Indicator] = [*above, node]
            for part in parts:
                share *= Fraction(worth(part)) / Fraction(full)
                full = part.points
            weights[node.code] = share
    return weights


def odd_weights(scheme: Scheme) -> Iterator[Finding]:
    """An indicator weighs too little to matter, or so much that it is the whole appraisal."""
    weights = effective_weights(scheme)
    for loc, node in tree(scheme):
        if isinstance(node, Group):
            continue
        weight = weights[node.code]
        if weight < LIGHTEST:
            at = (*loc, "points")
            yield Finding("weight-too-small", at, node.title, percent(weight), percent(LIGHTEST))
        elif weight > HEAVIEST:
            at = (*loc, "points")
            yield Finding("weight-too-large", at, node.title, percent(weight), percent(HEAVIEST))


def percent(share: Fraction) -> str:
    """Write a share as a percentage with at most one digit."""
    return f"{float(share * 100):.1f}".removesuffix(".0") + "%"


def too_many_indicators(scheme: Scheme) -> Iterator[Finding]:
    """More indicators than anybody can keep in mind."""
    number = len(scheme.scored())
    if number > MOST_INDICATORS:
        at: Loc = ("indicators",)
        yield Finding("too-many-indicators", at, scheme.title, number, MOST_INDICATORS)


def too_many_vetoes(scheme: Scheme) -> Iterator[Finding]:
    """Vetoes (一票否决) are many: each takes away what all other work has earned."""
    number = len(scheme.vetoes)
    if number > MOST_VETOES:
        citation = "appraisal.veto_authority"
        at: Loc = ("vetoes",)
        yield Finding("too-many-vetoes", at, scheme.title, number, MOST_VETOES, citation)


_OLD_OR_ILL = re.compile(r"年老|高龄|体弱|患病|因病|[67]0周?岁|\b(?:old|ill|sick|infirm)\b")


def no_exemption(scheme: Scheme) -> Iterator[Finding]:
    """A scheme for Party members leaves no way out for those who are old or ill."""
    if scheme.appraises != "member" or scheme.peer_groups:
        return
    notes = "\n".join([scheme.note, *(i.note for i in scheme.scored())])
    spared = any(i.missing == "not_applicable" for i in scheme.scored())
    if not spared and not _OLD_OR_ILL.search(notes):
        at: Loc = ("peer_groups",)
        yield Finding("no-exemption", at, scheme.title)


def unfounded(scheme: Scheme) -> Iterator[Finding]:
    """An indicator says neither on what it rests nor who supplies it."""
    for loc, indicator in scored(scheme):
        measure = _measure(indicator, scheme)
        cited = indicator.citation or (measure and measure.citation)
        supplied = indicator.supplier or (measure and measure.owner)
        lacking = [key for key, given in (("citation", cited), ("supplier", supplied)) if not given]
        if lacking:
            yield Finding("unfounded-" + "-and-".join(lacking), loc, indicator.title)


def punished_for_others(scheme: Scheme) -> Iterator[Finding]:
    """A figure that a department owes counts as zero when it is missing."""
    for loc, indicator in scored(scheme):
        measure = _measure(indicator, scheme)
        if measure and measure.owner and indicator.missing == "zero":
            at = (*loc, "missing")
            owner = {"owner": measure.owner}
            yield Finding("punished-for-others", at, indicator.title, details=owner)


def _measure(indicator: Indicator, scheme: Scheme) -> Measure | None:
    source = indicator.source
    if not isinstance(source, MeasureSource):
        return None
    return next((m for m in scheme.measures if m.code == source.measure), None)


_ALL = Text(zh="全体", en="all")


def ladders_longer_than_groups(scheme: Scheme, sizes: Mapping[str, int]) -> Iterator[Finding]:
    """A rank ladder is longer than a peer group, so that the last still gets good points."""
    for loc, indicator in scored(scheme):
        groups = {g: n for g, n in sizes.items() if g in (indicator.peer_groups or sizes)}
        for at in simple_rules(loc, indicator):
            steps = len(at.rule.ladder or ()) if isinstance(at.rule, RankLadder) else 0
            short = {g: n for g, n in groups.items() if n < steps}
            if short:
                group, size = min(short.items(), key=lambda pair: (pair[1], pair[0]))
                details = {"group": scheme.peer_groups.get(group, _ALL)}
                yield Finding(
                    "ladder-longer-than-group", at.loc, indicator.title, size, steps, "", details
                )
