"""Rules that only warn: somebody with the power goes on with a stated reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class NeedsReasonError(ValidationError):
    """What a service would do departs from a rule, and no reason was stated.

    The messages say what departs, each with the rule's citation.
    """
