"""Hypothesis strategies for the sources and rules of indicators, of every kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from strategies_frame import (
    DIRECTIONS,
    TRUTH,
    VALUES,
    Frame,
    Json,
    choice,
    codes,
    distinct,
    numbers,
    points_under,
    points_up_to,
    several,
    texts,
    whole,
)


def _records(frame: Frame, scores: bool) -> Json:
    """Obligations are used only where nothing is scored by them."""
    draw = frame.draw
    kinds = [k for k in frame.kinds if not scores or k.get("nature") != "obligation"]
    function = draw(choice("count", "sum", "mean", "distinct", "share"))
    first = frame.pick(kinds)
    alike = [k for k in kinds if all(k.get(x) == first.get(x) for x in ("unit", "scale"))]
    among = alike if function in ("sum", "mean") else kinds
    of = frame.subset([k["code"] for k in among], least=1)
    source = {"kind": "records", "of": of, "function": function}
    source |= frame.some(verified_only=TRUTH, scope=choice("own", "subtree"))
    if function == "share" or draw(TRUTH):
        source["quality_at_least"] = draw(whole(0, 5))
    if function in ("count", "sum") and draw(TRUTH):
        per = draw(choice("day", "month", "quarter", "year"))
        source["cap"] = {"each": draw(numbers("0.5", "20", 1)), "per": per}
    days = sorted(draw(several(whole(0, 364), 0, 2)))
    since = frame.period["since"]
    return source | {
        key: since + timedelta(days=day) for key, day in zip(("since", "until"), days, strict=False)
    }


def _ballot(frame: Frame) -> Json:
    names = frame.draw(distinct(texts(6), 2, 4))
    points = frame.draw(several(numbers("0", "100", 1), 4, 4))
    groups = frame.draw(choice(("群众",), ("上级", "班子", "群众")))
    weights = ["100"] if len(groups) == 1 else ["30", "30.5", "39.5"]
    return {
        "kind": "ballot",
        "ballot": frame.draw(codes("b", 1))[0],
        "grades": dict(zip(names, points, strict=False)),
        "groups": dict(zip(groups, weights, strict=True)),
    }


def source(frame: Frame, scores: bool = True) -> Json:
    """A source; one that scores takes no obligations."""
    match frame.draw(
        choice("measure", "measure", "records", "records", "ballot", "expert", "scheme")
    ):
        case "measure":
            before = "previous" in frame.period and frame.draw(whole(0, 3)) == 3
            measure = {"kind": "measure", "measure": frame.pick(frame.measures)}
            return measure | ({"period": "previous"} if before else {})
        case "records":
            return _records(frame, scores)
        case "ballot":
            return _ballot(frame)
        case "expert":
            panel = frame.draw(codes("p", 1))[0]
            return {"kind": "expert", "panel": panel} | frame.some(trim=whole(0, 2))
    return {"kind": "scheme", "scheme": f"other-{frame.scheme}"}


def _bands(frame: Frame, points: Decimal) -> Json:
    rule = {"kind": "bands", **frame.draw(DIRECTIONS)}
    thresholds = frame.draw(distinct(VALUES, 1, 4))
    thresholds.sort(reverse=rule.get("direction") == "less")
    worths = sorted(frame.draw(several(points_up_to(points), 5, 5)))
    steps = dict(zip(thresholds, worths[1:], strict=False))
    return rule | {"otherwise": worths[0], "steps": steps}


def _goalposts(frame: Frame, points: Decimal) -> Json:
    low, high = frame.draw(distinct(VALUES, 2, 2))
    rule = {"kind": "goalposts", "low": low, "high": high}
    return rule | frame.some(low_points=points_under(points))


def _efficacy(frame: Frame, points: Decimal) -> Json:
    low, high = sorted(frame.draw(distinct(VALUES, 2, 2)))
    rule = {"kind": "efficacy", **frame.draw(DIRECTIONS)}
    if rule.get("direction") == "less":
        low, high = high, low
    rule |= {"low": low, "high": high} | frame.some(low=choice("peers"), high=choice("peers"))
    return rule | frame.some(base=numbers("0", "100", 1), floor=numbers("0", "100", 1))


def _ladder(frame: Frame, points: Decimal) -> Json:
    down = sorted(frame.draw(several(points_up_to(points), 2, 6)), reverse=True)
    rule = {"kind": "rank_ladder", "rest": down[-1], **frame.draw(DIRECTIONS)}
    if down[0] > 0 and frame.draw(TRUTH):
        return rule | {"first": down[0], "step": frame.draw(numbers("0.01", "3"))}
    return rule | {"ladder": down[:-1]}


def _distance(frame: Frame, points: Decimal) -> Json:
    rule = {"kind": "distance_from_average", "loses": frame.draw(numbers("0.001", "5", 3))}
    more = frame.some(step=numbers("0.1", "10"), whole_steps=TRUTH)
    return rule | more | frame.draw(DIRECTIONS)


_RULES: dict[str, Callable[[Frame, Decimal], Json]] = {
    "bands": _bands,
    "goalposts": _goalposts,
    "efficacy": _efficacy,
    "rank_ladder": _ladder,
    "distance_from_average": _distance,
    "ratio_to_best": lambda frame, _: frame.draw(DIRECTIONS),
    "ratio_to_average": lambda frame, _: (
        frame.draw(DIRECTIONS) | frame.some(cap=numbers("0.5", "1.5"))
    ),
    "count_points": lambda frame, _: {"each": frame.draw(numbers("0.001", "5", 3))},
    "deduction": lambda frame, points: (
        {"each": frame.draw(numbers("0.001", "5", 3))} | frame.some(floor=points_under(points))
    ),
    "share_of_full": lambda frame, _: frame.some(full=numbers("1", "200")),
}


def _simple_rule(frame: Frame, points: Decimal, targets: bool) -> Json:
    kind = frame.draw(choice("completion", *_RULES))
    if kind != "completion":
        return {"kind": kind, **_RULES[kind](frame, points)}
    rule = {"kind": kind, **frame.draw(DIRECTIONS)}
    rule |= frame.some(cap=numbers("1", "1.5"), floor=numbers("0", "1"))
    table = targets and frame.draw(TRUTH)
    return rule | ({} if table else {"target": frame.draw(numbers("0.01", "500"))})


def rule(frame: Frame, points: Decimal, source: Json) -> Json:
    """A rule that fits the source and the points; one in four is combined."""
    measured = source["kind"] == "measure"
    if frame.draw(whole(0, 3)) < 3:
        return _simple_rule(frame, points, measured)
    back = measured and "period" not in source and "previous" in frame.period
    parts = []
    for share in frame.draw(choice(("100",), ("50", "50"), ("33.3", "66.7"), ("60", "25", "15"))):
        of = frame.draw(choice("value", "growth", "change")) if back else "value"
        rule = _simple_rule(frame, points * Decimal(share) / 100, measured and of == "value")
        parts.append({"of": of, "share": share, "rule": rule})
    return {"kind": "combined", "parts": parts}
