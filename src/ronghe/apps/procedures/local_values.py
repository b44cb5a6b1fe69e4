"""Local values of rules are put into force by sign-off: the first users of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.procedures.handlers import when_signed
from ronghe.apps.procedures.services.signoff import Signer, open_signoff
from ronghe.apps.procedures.subject import about
from ronghe.apps.regulations.models import LocalValue
from ronghe.apps.regulations.permissions import APPROVE_VALUES, SET_VALUES
from ronghe.apps.regulations.proposals import follows
from ronghe.apps.regulations.selectors import as_valid
from ronghe.apps.regulations.services import decide_value
from ronghe.apps.regulations.words import value_in_words


@follows
def lay_before(local: LocalValue, by: Any) -> None:
    """Lay a proposed value before a second person."""
    valid = as_valid(local)
    said = {"title": valid.title, "place": local.node.name}
    built_in = value_in_words(valid.rule.overrides or valid.rule)
    text = [
        _("本地的值：%(value)s") % {"value": valid.in_words},
        _("内置的值：%(value)s") % {"value": built_in},
        valid.difference,
        _("依据：%(source)s") % {"source": valid.citation},
        _("理由：%(reason)s") % {"reason": local.reason},
    ]
    open_signoff(
        about(local, place=local.node, title=(_("本地规定：%(title)s（%(place)s）") % said)[:200]),
        text="\n".join(filter(None, text)),
        signers=[Signer(local.node, power=APPROVE_VALUES)],
        by=by,
        power=SET_VALUES,
    )


def _in_force(pk: int, by: Any) -> None:
    decide_value(LocalValue.objects.get(pk=pk), approve=True, reason="", by=by)


def _returned(pk: int, reason: str, by: Any) -> None:
    decide_value(LocalValue.objects.get(pk=pk), approve=False, reason=reason, by=by)


when_signed(LocalValue._meta.label_lower, completed=_in_force, returned=_returned)
