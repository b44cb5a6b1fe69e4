"""Schemes drawn at random with data that fit them."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import assume
from hypothesis import strategies as st

from ronghe.analysis.scheme.model import Scheme
from ronghe.engine.checks import sources_of
from strategies_scheme import schemes


class Made:
    """Data that fit a scheme, made by chance: units, and rows for whatever its sources read."""

    def __init__(self, chance: Random, scheme: Scheme, most_units: int = 5) -> None:
        self.chance, self.scheme = chance, scheme
        self.names = [f"u{n}" for n in range(chance.randint(1, most_units))]
        self.sources = sources_of(scheme)

    def amount(self, digits: int, most: int = 2000) -> Fraction:
        return Fraction(self.chance.randint(0, most * 10**digits), 10**digits)

    def one_of(self, *values):
        return self.chance.choice(values)

    def of(self, kind: str):
        return [source for source in self.sources if source.kind == kind]

    def units(self):
        named = {group for one in self.scheme.scored() for group in one.peer_groups}
        groups = list(self.scheme.peer_groups) or ["", "山区", *sorted(named)]
        return [
            {
                "unit": name,
                "name": name,
                "kind": self.scheme.appraises,
                "level": self.scheme.level,
                "peer_group": self.one_of(*groups),
                "parent": self.one_of(None, *self.names[:n]),
                "graded": self.one_of(True, True, True, False),
            }
            for n, name in enumerate(self.names)
        ]

    def figures(self, periods, least=0):
        """Rows of figures for every measure; one in four is missing."""
        return [
            {
                "unit": name,
                "measure": m.code,
                "period": period,
                "value": least + self.amount(m.scale),
            }
            for name in self.names
            for m in self.scheme.measures
            for period in periods
            if self.one_of(True, True, True, False)
        ]

    def records(self):
        kinds = self.scheme.record_kinds
        if not kinds:
            return []
        period = self.scheme.period
        rows = []
        for number in range(self.chance.randint(0, 4 + 4 * len(self.names))):
            kind = self.one_of(*kinds)
            rows.append(
                {
                    "record": f"r{number}",
                    "unit": self.one_of(*self.names),
                    "kind": kind.code,
                    "day": period.since
                    + timedelta(self.chance.randint(-9, (period.until - period.since).days + 9)),
                    "quantity": self.one_of(None, self.amount(kind.scale, 50)),
                    "quality": self.one_of(None, *range(6)),
                    "object": self.one_of(None, "甲", "乙"),
                    "verified": self.one_of(True, False),
                }
            )
        return rows

    def ballots(self):
        rows = {}
        for source in self.of("ballot"):
            for name in self.names:
                for group in source.groups:
                    grade = self.one_of(None, *source.grades)
                    if grade is not None:
                        rows[source.ballot, name, group, grade] = {
                            "ballot": source.ballot,
                            "unit": name,
                            "voter_group": group,
                            "grade": grade,
                            "votes": self.amount(0, 30),
                        }
        return list(rows.values())

    def scores(self):
        return [
            {"panel": panel, "unit": name, "expert": f"e{n}", "score": self.amount(2, 100)}
            for panel in dict.fromkeys(source.panel for source in self.of("expert"))
            for name in self.names
            for n in range(self.chance.randint(0, 5))
        ]

    def totals(self):
        return [
            {"scheme": code, "unit": name, "total": self.amount(3, 120)}
            for code in dict.fromkeys(source.scheme for source in self.of("scheme"))
            for name in self.names
            if self.one_of(True, False)
        ]

    def exemptions(self):
        return [
            {"scheme": self.scheme.scheme, "unit": name, "indicator": one.code, "reason": "病"}
            for name in self.names
            for one in self.scheme.scored()
            if self.chance.random() < 0.1
        ]

    def data(self):
        period = self.scheme.period
        periods = dict.fromkeys([period.label, period.previous])
        return {
            "units": self.units(),
            "measures": self.figures([p for p in periods if p]),
            "targets": self.figures([period.label], least=1),
            "records": self.records(),
            "ballots": self.ballots(),
            "expert_scores": self.scores(),
            "results": self.totals(),
            "exemptions": self.exemptions(),
        }


@st.composite
def runs(draw, most_units=5):
    """Draw a scheme with data that fit it, and a share for each grade that has a quota."""
    scheme = draw(schemes())
    words = {(s.ballot, *s.grades, *s.groups) for s in sources_of(scheme) if s.kind == "ballot"}
    assume(len(words) == len({ballot for ballot, *_ in words}))  # else no row would suit them all
    grades = scheme.grading.grades if scheme.grading else ()
    shares = st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction("0.15")])
    quotas = {
        grade.code: Fraction(grade.quota) if grade.quota else draw(shares)
        for grade in grades
        if grade.quota or grade.quota_rule
    }
    chance = Random(draw(st.integers(0, 2**32)))
    return scheme, Made(chance, scheme, most_units).data(), quotas


def gaps_refused(scheme: Scheme) -> Scheme:
    """The same scheme with every gap allowed."""

    def allowed(node):
        if hasattr(node, "children"):
            return node.model_copy(update={"children": [allowed(child) for child in node.children]})
        missing = "not_applicable" if node.missing == "error" else node.missing
        return node.model_copy(update={"missing": missing})

    pools = [
        pool.model_copy(update={"items": [allowed(item) for item in pool.items]})
        for pool in scheme.pools
    ]
    indicators = [allowed(node) for node in scheme.indicators]
    return scheme.model_copy(update={"indicators": indicators, "pools": pools})
