"""Components as template tags: icons, fields."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, so readers of the screen skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form field with its label, help and what is wrong with it."""
    widget = bound.field.widget
    many = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    tick = isinstance(widget, CheckboxInput)
    look = "form-select" if isinstance(widget, Select) else "form-control"
    attributes: dict[str, Any] = {"class": "form-check-input" if many or tick else look}
    if bound.errors:
        attributes["class"] += " is-invalid"
        attributes["aria-invalid"] = "true"
    told = [f"{bound.auto_id}_help"] * bool(bound.help_text)
    told += [f"{bound.auto_id}_errors"] * bool(bound.errors)
    if told and not many:
        attributes["aria-describedby"] = " ".join(told)
    drawn = bound if many else bound.as_widget(attrs=attributes)
    suggestions = widget.attrs.get("list")
    return {"field": bound, "drawn": drawn, "many": many, "tick": tick, "suggestions": suggestions}


@register.inclusion_tag("ui/_form.html", takes_context=True)
def form(context: Any, shown: Any, submit: str, **more: Any) -> dict[str, Any]:
    """Show a whole form with its button and a way back."""
    follow = context.get("redirect_field", "")  # allauth's own hidden field for where to go next
    # Said in full: after the password was asked for again, the page stands at another address.
    action = context["request"].get_full_path()
    return {"form": shown, "submit": submit, "action": action, "redirect_field": follow, **more}
