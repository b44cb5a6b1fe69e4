"""Personal numbers in free text, masked before it leaves the system."""

from __future__ import annotations

import re

_DAY = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_IDENTITY = re.compile(rf"(?<!\d)(\d{{6}}){_DAY}(\d{{3}}[\dXx])(?!\d)")
_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """Return a text in which identity and mobile numbers show their ends only."""
    return _PHONE.sub(r"\1****\2", _IDENTITY.sub(r"\1********\2", text))
