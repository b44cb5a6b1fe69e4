"""Rules in words, in the reader's language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.rulebook import Rule, Value, Wording, weakens
from ronghe.rulebook.citing import cite
from ronghe.rulebook.model import Language


def language() -> Language:
    """Return the reader's language, Chinese but for English."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(wording: Wording) -> str:
    """Return a wording in the reader's language."""
    return wording.said(language())


def cited(rule: Rule) -> str:
    """Return the source of a rule."""
    return cite(rule.document, rule.article, rule.confidence, language())


def value_in_words(rule: Rule, value: Value | None = None) -> str:
    """Return a value as a person would say it: the bound, the amount, the unit.

    Without a value, the rule's own.
    """
    shown = rule.value if value is None else value
    if isinstance(shown, bool):
        return _("是") if shown else _("否")
    if isinstance(shown, date):
        return date_format(shown)
    if isinstance(shown, Wording):
        return said(shown)
    if isinstance(shown, tuple):
        return _("、").join(said(one.title) for one in shown)
    return _bound(rule).format(amount=f"{amount_in_words(shown)} {said(rule.unit)}".strip())


def amount_in_words(amount: int | Fraction) -> str:
    """Return a number, or a share as a percentage where that is exact, else as a fraction."""
    if isinstance(amount, int):
        return str(amount)
    percent = amount * 100
    return f"{percent}%" if percent.denominator == 1 else str(amount)


def _bound(rule: Rule) -> str:
    if rule.bound == "at_least":
        return _("不少于 {amount}")
    if rule.bound == "above":
        return _("超过 {amount}")
    if rule.bound == "at_most":
        return _("不超过 {amount}")
    if rule.bound == "below":
        return _("不足 {amount}")
    return "{amount}"


def against_built_in(rule: Rule) -> str:
    """Say how a local rule differs from the built-in one; empty where it does not."""
    built_in = rule.overrides
    if built_in is None or rule.value == built_in.value:
        return ""
    if rule.bound in (None, "exactly"):
        return _("与内置规定不同")
    return _("宽于内置规定") if weakens(rule.value, built_in) else _("严于内置规定")
