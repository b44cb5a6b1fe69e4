"""What the pages of procedures share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from ronghe.ui.forms import take_errors


def done(request: HttpRequest, form: Form, act: Callable[..., Any]) -> Any:
    """Carry out what a sent form asks for; None where nothing was sent or it was refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except ValidationError as refusal:
        take_errors(form, refusal)
        return None
