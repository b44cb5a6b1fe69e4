"""The slow, plain appraisal that the engine must equal: fractions, loops, one unit at a time.

Written from ``docs/methods`` alone and sharing nothing with `ronghe.analysis.scoring`: no
expressions, no SQL, no scaled integers. Rows are dictionaries with exact values (Fraction, str,
date, bool or None).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import floor

from ronghe.analysis.scheme.model import Group, Indicator, Scheme

F = Fraction


def round_to(value: F, digits: int) -> F:
    """Round half away from zero."""
    shifted = abs(value) * 10**digits
    whole = floor(shifted + F(1, 2))
    return F(whole if value >= 0 else -whole, 10**digits)


def clip(low, value, high):
    return min(max(low, value), high)


class PlainAppraisal:
    """Appraise every unit; results in `points`, `nodes`, `totals`, `ranks`, `grades` by unit."""

    def __init__(self, scheme: Scheme, data: dict[str, list[dict]], quotas: dict[str, F]) -> None:
        self.scheme, self.data, self.quotas = scheme, defaultdict(list, data), quotas
        self.units = {
            row["unit"]: row
            for row in self.data["units"]
            if row["kind"] == scheme.appraises and row["level"] == scheme.level
        }
        self.parents = {row["unit"]: row.get("parent") for row in self.data["units"]}
        self.exempt = {
            (row["unit"], row["indicator"])
            for row in self.data["exemptions"]
            if row["scheme"] == scheme.scheme
        }
        self.failed = {
            unit: {one.code for one in (*scheme.gates, *scheme.vetoes) if self.strikes(one, unit)}
            for unit in self.units
        }
        self.points: dict[str, dict[str, F | None]] = {unit: {} for unit in self.units}
        for indicator in scheme.scored():
            self.score(indicator)
        self.nodes: dict[str, dict[str, F | None]] = {unit: {} for unit in self.units}
        self.totals = {unit: self.total(unit) for unit in self.units}
        self.ranks = {unit: self.rank(unit) for unit in self.units}
        self.grades = self.graded()

    # --- peers and inputs ---------------------------------------------------------------

    def group_of(self, unit):
        return self.units[unit].get("peer_group")

    def peers(self, unit):
        return [other for other in self.units if self.group_of(other) == self.group_of(unit)]

    def applies(self, indicator: Indicator, unit) -> bool:
        if indicator.peer_groups and self.group_of(unit) not in indicator.peer_groups:
            return False
        return (unit, indicator.code) not in self.exempt

    def value(self, source, unit, *, table="measures", period=None):
        match source.kind:
            case "measure":
                label = self.scheme.period
                wanted = label.label if (period or source.period) == "current" else label.previous
                for row in self.data[table]:
                    key = (row["unit"], row["measure"], row["period"])
                    if key == (unit, source.measure, wanted):
                        return row["value"]
                return None
            case "records":
                return self.aggregate(source, unit)
            case "ballot":
                return self.ballot(source, unit)
            case "expert":
                return self.expert(source, unit)
            case "scheme":
                for row in self.data["results"]:
                    if (row["scheme"], row["unit"]) == (source.scheme, unit):
                        return row["total"]
                return None

    def is_below(self, unit, above):
        while unit is not None:
            if unit == above:
                return True
            unit = self.parents.get(unit)
        return False

    def aggregate(self, source, unit):
        since = max(self.scheme.period.since, source.since or date.min)
        until = min(self.scheme.period.until, source.until or date.max)
        counted = []
        for row in self.data["records"]:
            mine = row["unit"] == unit
            if source.scope == "subtree":
                mine = self.is_below(row["unit"], unit)
            if not mine or row["kind"] not in source.of or not since <= row["day"] <= until:
                continue
            if source.verified_only and not row.get("verified"):
                continue
            filters = source.quality_at_least is not None and source.function != "share"
            if filters and (row.get("quality") is None or row["quality"] < source.quality_at_least):
                continue
            counted.append(row)
        amounts = [row["quantity"] if row.get("quantity") is not None else F(1) for row in counted]
        if source.cap is not None:
            buckets = defaultdict(F)
            for row, amount in zip(counted, amounts, strict=True):
                buckets[bucket(row["day"], source.cap.per)] += (
                    1 if source.function == "count" else amount
                )
            return sum((min(F(source.cap.each), amount) for amount in buckets.values()), F(0))
        match source.function:
            case "count":
                return F(len(counted))
            case "sum":
                return sum(amounts, F(0))
            case "distinct":
                return F(len({row["object"] for row in counted if row.get("object") is not None}))
            case "mean":
                return round_to(sum(amounts, F(0)) / len(amounts), 3) if amounts else None
            case "share":
                good = [r for r in counted if (r.get("quality") or -1) >= source.quality_at_least]
                if source.quality_at_least == 0:
                    good = [r for r in counted if r.get("quality") is not None]
                return round_to(F(100 * len(good), len(counted)), 4) if counted else None

    def ballot(self, source, unit):
        weighted, weights = F(0), F(0)
        for group, weight in source.groups.items():
            rows = [
                row
                for row in self.data["ballots"]
                if (row["ballot"], row["unit"], row["voter_group"]) == (source.ballot, unit, group)
            ]
            votes = sum((row["votes"] for row in rows), F(0))
            if votes:
                worth = sum((row["votes"] * F(source.grades[row["grade"]]) for row in rows), F(0))
                weighted += F(weight) * round_to(worth / votes, 3)
                weights += F(weight)
        return round_to(weighted / weights, 3) if weights else None

    def expert(self, source, unit):
        scores = sorted(
            row["score"]
            for row in self.data["expert_scores"]
            if (row["panel"], row["unit"]) == (source.panel, unit)
        )
        kept = scores[source.trim : len(scores) - source.trim]
        return round_to(sum(kept, F(0)) / len(kept), 3) if kept else None

    def strikes(self, one, unit) -> bool:
        value = self.value(one.source, unit)
        if hasattr(one, "when"):
            return value is not None and compare(one.when, value)
        if value is None:
            return one.missing == "fails"
        return not compare(one.requires, value)

    # --- points -------------------------------------------------------------------------

    def score(self, indicator: Indicator) -> None:
        """Score one indicator for all units, its missing values by its policy."""
        parts = [(None, F(indicator.points), indicator.rule)]
        if indicator.rule.kind == "combined":
            left, parts = F(indicator.points), []
            for part in indicator.rule.parts:
                share = F(floor(F(indicator.points) * 1000 * F(part.share) / 100), 1000)
                share = left if part is indicator.rule.parts[-1] else share
                left -= share
                parts.append((part.of, share, part.rule))
        applying = [unit for unit in self.units if self.applies(indicator, unit)]
        scored: dict[str, F | None] = {unit: F(0) for unit in applying}
        for view, points, rule in parts:
            values = {unit: self.view(indicator, unit, view) for unit in applying}
            for unit in applying:
                gained = self.rule(rule, indicator, unit, values, points)
                known = scored[unit] is not None and gained is not None
                scored[unit] = scored[unit] + gained if known else None
        for unit in self.units:
            points = scored.get(unit)
            if unit in applying and points is None:
                points = self.filled(indicator, unit, scored)
            zeroed = any(
                gate.code in self.failed[unit] and indicator.code in gate.zeroes
                for gate in self.scheme.gates
            )
            self.points[unit][indicator.code] = F(0) if zeroed and points is not None else points

    def filled(self, indicator, unit, scored):
        if indicator.missing == "zero":
            return F(0)
        if indicator.missing == "peer_median":
            known = sorted(
                scored[peer] for peer in self.peers(unit) if scored.get(peer) is not None
            )
            return known[(len(known) + 1) // 2 - 1] if known else None
        return None

    def view(self, indicator, unit, view):
        now = self.value(indicator.source, unit)
        if view in (None, "value"):
            return now
        before = self.value(indicator.source, unit, period="previous")
        if now is None or before is None:
            return None
        if view == "change":
            return now - before
        if not before:
            return None
        return clip(F(-(10**11)), round_to(100 * (now - before) / abs(before), 4), F(10**11))

    def rule(self, rule, indicator, unit, values, points):
        """Apply a simple rule to a unit's value; gaps stay gaps."""
        value = values[unit]
        if value is None:
            return None
        peers = [values[p] for p in self.peers(unit) if values.get(p) is not None]
        more = getattr(rule, "direction", "more") == "more"
        if rule.kind == "completion":
            target = rule.target
            if target == "data":
                target = self.value(indicator.source, unit, table="targets")
                if target is None:
                    return None
            ratio = value / F(target) if more else 2 - value / F(target)
            bounds = [round_to(points * F(bound), 3) for bound in (rule.floor, rule.cap)]
            return clip(bounds[0], round_to(points * ratio, 3), bounds[1])
        return getattr(self, "_" + rule.kind)(rule, value, peers, more, points)

    def _bands(self, rule, value, _peers, more, _points):
        reached = [t for t in rule.steps if (value >= F(t) if more else value <= F(t))]
        if not reached:
            return F(rule.otherwise)
        return F(rule.steps[max(reached) if more else min(reached)])

    def _goalposts(self, rule, value, _peers, _more, points):
        low, high, start = F(rule.low), F(rule.high), F(rule.low_points)
        part = clip(F(0), (value - low) / (high - low), F(1))
        return round_to(start + (points - start) * part, 3)

    def _efficacy(self, rule, value, peers, more, points):
        worst, best = (min(peers), max(peers)) if more else (max(peers), min(peers))
        low = worst if rule.low == "peers" else F(rule.low)
        high = best if rule.high == "peers" else F(rule.high)
        if rule.low != "peers" and rule.high != "peers":
            more = high > low
        floor_points = round_to(points * F(rule.floor) / 100, 3)
        if (high <= low) if more else (high >= low):
            both = value >= max(low, high) if more else value <= min(low, high)
            return points if both else floor_points
        percent = F(rule.base) + (100 - F(rule.base)) * (value - low) / (high - low)
        return clip(floor_points, round_to(points * percent / 100, 3), points)

    def _rank_ladder(self, rule, value, peers, more, _points):
        rank = 1 + sum(1 for other in peers if (other > value if more else other < value))
        if rule.ladder is not None:
            return F(rule.ladder[rank - 1]) if rank <= len(rule.ladder) else F(rule.rest)
        return max(F(rule.rest), F(rule.first) - F(rule.step) * (rank - 1))

    def _ratio_to_best(self, _rule, value, peers, more, points):
        if not more:
            return (
                points
                if value <= 0
                else clip(F(0), round_to(points * min(peers) / value, 3), points)
            )
        best = max(peers)
        if best <= 0:
            return points if value == best else F(0)
        return clip(F(0), round_to(points * value / best, 3), points)

    def _ratio_to_average(self, rule, value, peers, more, points):
        mean = sum(peers, F(0)) / len(peers)
        if mean <= 0:
            return points if (value >= mean if more else value <= mean) else F(0)
        ratio = value / mean if more else 2 - value / mean
        return clip(F(0), round_to(points * ratio, 3), round_to(points * F(rule.cap), 3))

    def _distance_from_average(self, rule, value, peers, more, points):
        mean = sum(peers, F(0)) / len(peers)
        beyond = mean - value if more else value - mean
        if beyond <= 0:
            return points
        steps = beyond / F(rule.step)
        lost = F(rule.loses) * (floor(steps) if rule.whole_steps else steps)
        return max(F(0), round_to(points - lost, 3))

    def _count_points(self, rule, value, _peers, _more, points):
        return clip(F(0), round_to(F(rule.each) * value, 3), points)

    def _deduction(self, rule, value, _peers, _more, points):
        return clip(F(rule.floor), round_to(points - F(rule.each) * value, 3), points)

    def _share_of_full(self, rule, value, _peers, _more, points):
        return clip(F(0), round_to(points * value / F(rule.full), 3), points)

    # --- totals, ranks, grades ----------------------------------------------------------

    def rolled_up(self, unit, nodes, full):
        there, weight = F(0), F(0)
        for node in nodes:
            if isinstance(node, Group):
                own = self.rolled_up(unit, node.children, F(node.points))
                zeroed = any(
                    gate.code in self.failed[unit] and node.code in gate.zeroes
                    for gate in self.scheme.gates
                )
                own = F(0) if zeroed and own is not None else own
                self.nodes[unit][node.code] = own
                worth = F(node.counts_as or node.points)
                if own is not None and node.counts_as is not None:
                    own = round_to(own * worth / F(node.points), 3)
            else:
                own, worth = self.points[unit][node.code], F(node.points)
            if own is not None:
                there, weight = there + own, weight + worth
        if weight == 0:
            return None
        return there if weight == full else round_to(there * full / weight, 3)

    def total(self, unit):
        total = self.rolled_up(unit, self.scheme.indicators, F(self.scheme.points))
        if total is None:
            return None
        for pool in self.scheme.pools:
            together = sum((self.points[unit][i.code] or F(0) for i in pool.items), F(0))
            together = min(together, F(pool.cap))
            total += together if pool.kind == "bonus" else -together
        total = max(F(0), total)
        for gate in self.scheme.gates:
            if gate.cap_points is not None and gate.code in self.failed[unit]:
                total = min(total, F(gate.cap_points))
        return total

    def rank(self, unit):
        if self.totals[unit] is None:
            return None
        others = [self.totals[p] for p in self.peers(unit) if self.totals[p] is not None]
        return 1 + sum(1 for other in others if other > self.totals[unit])

    def graded(self):
        grading = self.scheme.grading
        if grading is None:
            return dict.fromkeys(self.units)
        codes = [grade.code for grade in grading.grades]
        places: dict[str, int] = {}
        for unit, row in self.units.items():
            if self.totals[unit] is None or row.get("graded") is False:
                continue
            reached = [
                n for n, g in enumerate(grading.grades) if self.totals[unit] >= F(g.at_least)
            ]
            places[unit] = min(reached, default=len(codes))
            for one in (*self.scheme.gates, *self.scheme.vetoes):
                if one.code in self.failed[unit] and one.ceiling:
                    places[unit] = max(places[unit], codes.index(one.ceiling))
        for number, grade in enumerate(grading.grades):
            if grade.code in self.quotas:
                self.apply_quota(places, number, self.quotas[grade.code])
        return {
            unit: codes[places[unit]] if places.get(unit, len(codes)) < len(codes) else None
            for unit in self.units
        }

    def apply_quota(self, places, number, share):
        grading = self.scheme.grading
        scopes = defaultdict(list)
        for unit in places:
            row = self.units[unit]
            key = {"peer_group": row.get("peer_group"), "parent": row.get("parent"), "all": None}
            scopes[key[grading.within]].append(unit)
        for members in scopes.values():
            allowed = floor(len(members) * share)
            holders = sorted((u for u in members if places[u] == number), key=self.order)
            if grading.ties == "order":
                over = holders[allowed:]
            else:
                over = [
                    unit
                    for unit in holders
                    if sum(self.totals[h] >= self.totals[unit] for h in holders) > allowed
                ]
            for unit in over:
                places[unit] = number + 1

    def order(self, unit):
        breakers = []
        for code in self.scheme.grading.tie_breakers:
            held = self.points[unit].get(code, self.nodes[unit].get(code))
            breakers.append((held is None, -(held or F(0))))
        return (-self.totals[unit], *breakers, unit)


def bucket(day: date, per: str):
    return {
        "day": (day,),
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month - 1) // 3),
        "year": (day.year,),
    }[per]


def compare(condition, value) -> bool:
    if condition.at_least is not None:
        return value >= F(condition.at_least)
    if condition.above is not None:
        return value > F(condition.above)
    if condition.at_most is not None:
        return value <= F(condition.at_most)
    return value < F(condition.below)
