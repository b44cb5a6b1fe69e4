"""Hypothesis strategies for valid schemes: every rule, source, missing policy, pool and strike.

Numbers are moderate, so that an engine can run them. `schemes()` gives models, `documents()` the
plain documents that they are read from.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import LEVELS
from strategies_frame import (
    DAYS,
    DIMENSIONS,
    NOTES,
    POINTS,
    SIDES,
    TRUTH,
    WORDS,
    Frame,
    Json,
    choice,
    codes,
    distinct,
    numbers,
    points_up_to,
    texts,
    whole,
)
from strategies_rules import rule, source


def _indicator(frame: Frame, code: str) -> Json:
    points = frame.draw(POINTS)
    taken = source(frame)
    groups = frame.subset(frame.groups) if frame.groups and frame.draw(TRUTH) else []
    return {
        "code": code,
        "title": frame.draw(WORDS),
        "points": points,
        "source": taken,
        "rule": rule(frame, points, taken),
        "peer_groups": groups,
    } | frame.some(
        missing=choice("not_applicable", "zero", "peer_median", "error"),
        side=SIDES,
        dimension=DIMENSIONS,
        supplier=texts(),
        frequency=choice("none", "yearly", "half-yearly", "quarterly", "monthly"),
        fields=whole(0, 200),
        evidence=choice("none", "sampled", "required"),
        basis=texts(),
        citation=texts(),
        note=NOTES,
    )


def _worth(node: Json) -> Decimal:
    return Decimal(node.get("counts_as") or node["points"])


def _tree(frame: Frame, names: list[str]) -> list[Json]:
    """A tree whose points add up; it uses up the names, one for each node."""
    nodes = [_indicator(frame, code) for code in names[::2]]
    for code in names[1::2]:
        taken = frame.draw(whole(1, min(3, len(nodes))))
        children, nodes = nodes[:taken], nodes[taken:]
        group = {
            "code": code,
            "title": frame.draw(WORDS),
            "points": sum(map(_worth, children), Decimal(0)),
            "children": children,
        }
        more = frame.some(counts_as=POINTS, side=SIDES, dimension=DIMENSIONS, note=NOTES)
        nodes.append(group | more)
    return nodes


def _codes_of(nodes: list[Json]) -> list[str]:
    return [c for n in nodes for c in (n["code"], *_codes_of(n.get("children", [])))]


def _condition(frame: Frame) -> Json:
    comparison = frame.draw(choice("at_least", "above", "at_most", "below"))
    return {comparison: frame.draw(numbers("-10", "100"))}


def _gate(frame: Frame, code: str, scored: list[str]) -> Json:
    gate = {
        "code": code,
        "title": frame.draw(WORDS),
        "source": source(frame, scores=False),
        "requires": _condition(frame),
        "zeroes": frame.subset(scored, most=2),
    } | frame.some(missing=choice("passes", "fails"), citation=texts())
    if frame.grades and frame.draw(TRUTH):
        gate["ceiling"] = frame.pick(frame.grades)
    if not (gate["zeroes"] or "ceiling" in gate) or frame.draw(TRUTH):
        gate["cap_points"] = frame.draw(numbers("0", "100", 1))
    return gate


def _veto(frame: Frame, code: str) -> Json:
    return {
        "code": code,
        "title": frame.draw(WORDS),
        "source": source(frame, scores=False),
        "when": _condition(frame),
        "ceiling": frame.pick(frame.grades),
        "authority": frame.draw(texts()),
    }


def _pool(frame: Frame, code: str) -> Json:
    return {
        "code": code,
        "title": frame.draw(WORDS),
        "kind": frame.draw(choice("bonus", "penalty")),
        "cap": frame.draw(numbers("0.5", "20", 1)),
        "items": [_indicator(frame, f"of-{code}-{n}") for n in range(frame.draw(whole(1, 2)))],
    }


def _grading(frame: Frame, points: Decimal, scored: list[str]) -> Json:
    """Grades that descend from what can be reached to 0."""
    count = len(frame.grades)
    starts = sorted(frame.draw(distinct(points_up_to(points), count, count)), reverse=True)
    starts[-1] = Decimal(0)
    grades = []
    for code, start in zip(frame.grades, starts, strict=True):
        grade = {"code": code, "title": frame.draw(WORDS), "at_least": start}
        quota = frame.some(quota=numbers("0.01", "1"))
        grades.append(grade | (quota or frame.some(quota_rule=choice("appraisal.quota"))))
    return {"grades": grades, "tie_breakers": frame.subset(scored)} | frame.some(
        within=choice("peer_group", "parent", "all"), ties=choice("order", "next_grade")
    )


def _frame(draw: st.DrawFn) -> Frame:
    since = draw(DAYS)
    period = {"label": draw(texts()), "since": since, "until": since + timedelta(days=364)}
    if draw(TRUTH):
        period["previous"] = period["label"] + "-"
    kinds = [{"code": code} for code in draw(codes("k", 3, 0))] + [{"code": "plain"}]
    return Frame(
        draw=draw,
        scheme=draw(codes("s", 1))[0],
        level=draw(choice(*LEVELS)),
        period=period,
        measures=draw(codes("m", 3)),
        kinds=kinds,
        groups=draw(distinct(texts(), 0, 3)),
        grades=draw(distinct(texts(6), 0, 4)),
    )


def _declared(frame: Frame) -> Json:
    below = LEVELS[LEVELS.index(frame.level) :]  # type: ignore[arg-type]
    for kind in frame.kinds:
        kind["title"] = frame.draw(WORDS)
        if kind["code"] != "plain":
            nature = choice("work", "obligation", "paper")
            kind |= frame.some(unit=choice("件", "场"), scale=whole(0, 3), nature=nature)
    measures = [
        {"code": code, "title": frame.draw(WORDS), "lowest_level": frame.draw(choice(*below))}
        | frame.some(unit=texts(), scale=whole(0, 6), owner=texts(), citation=texts())
        for code in frame.measures
    ]
    return {
        "period": frame.period,
        "measures": measures,
        "record_kinds": frame.kinds,
        "peer_groups": {name: frame.draw(WORDS) for name in frame.groups},
    }


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """Documents of valid schemes."""
    frame = _frame(draw)
    declared = _declared(frame)
    tree = _tree(frame, draw(codes("i", 7, 2)))
    points = sum(map(_worth, tree), Decimal(0))
    scored = _codes_of(tree)
    strikes = draw(codes("g", 3, 0))
    vetoes = [_veto(frame, code) for code in strikes[2:] if frame.grades]
    approval = {"plan_item": draw(texts()), "document": draw(texts()), "dated": draw(DAYS)}
    return declared | {
        "scheme": frame.scheme,
        "version": draw(texts()),
        "title": draw(WORDS),
        "appraises": draw(choice("organisation", "cadre", "member", "area", "project")),
        "level": frame.level,
        "points": points,
        "approval": approval if draw(TRUTH) else {},
        "indicators": tree,
        "pools": [_pool(frame, code) for code in draw(codes("pool", 2, 0))],
        "gates": [_gate(frame, code, scored) for code in strikes[:2]],
        "vetoes": vetoes,
        "grading": _grading(frame, points, scored) if frame.grades else None,
        **frame.some(note=NOTES),
    }


def schemes() -> st.SearchStrategy[Scheme]:
    """Valid schemes: the checks find nothing but warnings."""
    return documents().map(Scheme.model_validate)
