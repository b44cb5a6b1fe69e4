"""The rulebook: statutory numbers by key and date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.rulebook.citing import cite
from ronghe.rulebook.model import Language, Rule, Value

Layer = Mapping[str, tuple[Rule, ...]]
"""Rules by key, the values of each in order of date, periods apart."""


def close_to(word: str, words: Iterable[str]) -> str:
    """Up to three words that look like this one, for messages; a dash if there are none."""
    return ", ".join(get_close_matches(word, list(words), n=3)) or "—"


@dataclass(frozen=True)
class Rulebook:
    """The rulebook (规则库): layers of dated rules, the built-in ones first, later layers win.

    Ask for the day of the event, not for today: rules change, and last year's election is judged
    by last year's rule.
    """

    layers: tuple[Layer, ...]

    def keys(self) -> tuple[str, ...]:
        """Every key, in order."""
        return tuple(sorted(self.layers[0]))

    def find(self, key: str, on: date) -> Rule | None:
        """The rule in force on a day, what it overrides inside; none if nothing was in force.

        Raises
        ------
        ProblemsError
            rulebook-unknown-key.
        """
        if key not in self.layers[0]:
            close = close_to(key, self.keys())
            problem = Problem("rulebook-unknown-key", Place(path=key), key, close)
            raise ProblemsError([problem])
        found: Rule | None = None
        for layer in self.layers:
            for rule in layer.get(key, ()):
                if rule.in_force(on):
                    found = replace(rule, overrides=found) if found else rule
        return found

    def rule(self, key: str, on: date) -> Rule:
        """The rule in force on a day.

        Raises
        ------
        ProblemsError
            rulebook-unknown-key, rulebook-not-in-force.
        """
        rule = self.find(key, on)
        if rule is None:
            periods = ", ".join(f"{r.since or '…'}–{r.until or '…'}" for r in self.history(key))
            place = Place(path=key)
            problem = Problem("rulebook-not-in-force", place, on, periods, {"key": key})
            raise ProblemsError([problem])
        return rule

    def value(self, key: str, on: date) -> Value:
        """The value in force on a day; errors as for `rule`."""
        return self.rule(key, on).value

    def number(self, key: str, on: date) -> int:
        """The whole number in force on a day; another kind is a problem (rulebook-other-kind)."""
        value = self.value(key, on)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self._other_kind(key, "number")

    def share(self, key: str, on: date) -> Fraction:
        """The share in force on a day; another kind is a problem (rulebook-other-kind)."""
        value = self.value(key, on)
        if isinstance(value, Fraction):
            return value
        raise self._other_kind(key, "share")

    def _other_kind(self, key: str, expected: str) -> ProblemsError:
        kind = self.layers[0][key][0].kind
        problem = Problem("rulebook-other-kind", Place(path=key), kind, expected, {"key": key})
        return ProblemsError([problem])

    def citation(self, key: str, on: date, language: Language = "zh") -> str:
        """The source of the rule in force on a day, with the doubt about it if there is one."""
        rule = self.rule(key, on)
        return cite(rule.document, rule.article, rule.confidence, language)

    def history(self, key: str) -> tuple[Rule, ...]:
        """Every dated value of a key: the built-in ones by date, then those of later layers."""
        return tuple(rule for layer in self.layers for rule in layer.get(key, ()))

    def on(self, day: date) -> Mapping[str, Rule]:
        """Every rule in force on a day, by key."""
        found = ((key, self.find(key, day)) for key in self.keys())
        return {key: rule for key, rule in found if rule}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, as 64 hexadecimal digits; file names and lines do not count."""
        text = "\n---\n".join(
            "\n".join(repr(rule) for key in sorted(layer) for rule in layer[key])
            for layer in self.layers
        )
        return hashlib.sha256(text.encode()).hexdigest()
