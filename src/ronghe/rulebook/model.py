"""What the rulebook holds: rules with their values, dates and sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ronghe.analysis.errors import Place

Language = Literal["zh", "en"]
Kind = Literal["number", "share", "truth", "text", "list", "day"]
Bound = Literal["at_least", "above", "at_most", "below", "exactly"]
Effect = Literal["must", "warn"]
Confidence = Literal["seen", "seen-second-hand", "recalled", "to-confirm"]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording in Chinese, the text of record, and in English."""

    zh: str = ""
    en: str = ""

    def said(self, language: Language) -> str:
        """The wording in a language; Chinese where there is no English."""
        return self.en or self.zh if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Term:
    """One of a rule's named values: a grade, a step, a right."""

    code: str
    title: Wording


Value = int | Fraction | bool | Wording | tuple[Term, ...] | date
"""By kind: number int, share Fraction, truth bool, text Wording, list Terms, day date."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that rules cite.

    Attributes
    ----------
    title
        As it is cited, in Chinese with its book-title marks; a practice has none.
    year
        Of issue; none for a practice.
    number
        The document's number (文号), as far as known.
    since, until
        First and last day in force; none: not known (counts as always), still in force.
    precision
        How exactly `since` is known: the day, or only the month or year whose first day it is.
    """

    title: Wording
    year: int | None = None
    number: str = ""
    since: date | None = None
    until: date | None = None
    precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class Rule:
    """A value of a rule in one period, with its source.

    Attributes
    ----------
    key
        Dotted, for example ``decision.public_comment_days``.
    value
        See `Value`; of truth: whether the title's statement holds or is allowed.
    bound
        How an amount is compared with a number or share; none for the other kinds.
    article
        In the rulebook's short form (``31(6)``, ``chapter 2``); empty where not known.
    since, until
        First and last day in force; none means open.
    confidence
        Whether the text was seen, seen in another's words, recalled, or is still to be confirmed.
    stated_effect
        must: refuse; warn (提示): show the rule, a person may go on with a stated reason.
    summary
        What the rule says, in the rulebook's own words; no quotation.
    confirmed_by, confirmed_on
        The person of the local organisation who confirmed it; only an override has them.
    place
        The file and line.
    overrides
        The rule that would hold without this one, on the day asked about.
    """

    key: str
    title: Wording
    kind: Kind
    value: Value
    bound: Bound | None
    unit: Wording
    document: Document
    article: str
    since: date | None
    until: date | None
    precision: Precision
    confidence: Confidence
    stated_effect: Effect
    note: Wording = Wording()
    summary: Wording = Wording()
    confirmed_by: str = ""
    confirmed_on: date | None = None
    place: Place = field(default_factory=Place, compare=False, repr=False)
    overrides: Rule | None = field(default=None, repr=False)

    @property
    def confirmed(self) -> bool:
        """Whether the local organisation confirmed it (组织确认)."""
        return bool(self.confirmed_by)

    @property
    def effect(self) -> Effect:
        """The stated effect; a rule that is only recalled or to be confirmed just warns."""
        unsure = self.confidence in ("recalled", "to-confirm") and not self.confirmed
        return "warn" if unsure else self.stated_effect

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a day; its first and last day included."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def met_by(self, amount: int | Fraction | Decimal) -> bool:
        """Compare an amount with the number or share, exactly.

        Raises
        ------
        TypeError
            The rule has no bound, or the amount is a binary fraction (float) or a truth value.
        """
        if self.bound is None or not isinstance(self.value, int | Fraction):
            raise TypeError(f"{self.key} is a {self.kind} and has no bound")
        if isinstance(amount, float | bool):
            raise TypeError(f"{self.key} is compared exactly, not with {amount!r}")
        exact, limit = Fraction(amount), self.value
        compared: dict[Bound, bool] = {
            "at_least": exact >= limit,
            "above": exact > limit,
            "at_most": exact <= limit,
            "below": exact < limit,
            "exactly": exact == limit,
        }
        return compared[self.bound]
