"""Components as template tags; the style guide shows each of them.

``docs/reference/components.md`` has a line on how to use each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ronghe.ui.components import Moment, Step, Tab, is_empty, labelled
from ronghe.ui.sections import Section
from ronghe.ui.slots import templates_in

register = template.Library()


def _drawn(name: str, /, **shown: Any) -> SafeString:
    return render_to_string(f"ui/components/{name}.html", shown)


def _trimmed(content: str) -> SafeString:
    return mark_safe(content.strip())  # noqa: S308 - what a template rendered


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, so readers of the screen skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


# Forms.


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form field with its label, help and what is wrong with it."""
    return _field(bound)


@register.inclusion_tag("ui/_cell.html")
def cell(bound: BoundField) -> dict[str, Any]:
    """Show a form field in a table, whose heading names it; the label is left to be read out."""
    return _field(bound)


def _field(bound: BoundField) -> dict[str, Any]:
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


@register.inclusion_tag("ui/components/filters.html", takes_context=True)
def filters(context: Any, shown: Any, target: str = "", **more: Any) -> dict[str, Any]:
    """Show a form that narrows a list; with a target, htmx replaces the list as one types."""
    request = context["request"]
    narrowed = any(shown[name].value() for name in shown.fields)
    return {"form": shown, "path": request.path, "target": target, "narrowed": narrowed, **more}


@register.simple_block_tag(takes_context=True)
def confirm(context: Any, content: str, title: str, url: str, question: str, **more: Any) -> Any:
    """Show an act that asks once more, without script: pressed, it opens and can be confirmed.

    What stands between the tags goes into the form. ``submit`` names the second button.
    """
    token = context.get("csrf_token")
    shown = {"title": title, "url": url, "question": question, "inside": content}
    return _drawn("confirm", csrf_token=token, **shown, **more)


# The page and its blocks.


@register.simple_block_tag
def pagehead(content: str, title: str, under: str = "", state: Any = "") -> SafeString:
    """Show the heading of a page; what stands between the tags are its actions."""
    return _drawn("pagehead", title=title, under=under, state=state, actions=_trimmed(content))


@register.simple_tag
def crumbs(*trail: Any) -> SafeString:
    """Show where a page lies: pairs of words and address, then the page's own words."""
    pairs = list(zip(trail[:-1:2], trail[1:-1:2], strict=True))
    return _drawn("crumbs", trail=pairs, here=trail[-1])


@register.simple_block_tag
def card(content: str, title: str = "", **more: Any) -> SafeString:
    """Show a block with a heading; ``id`` makes it a place to link to."""
    return _drawn("card", title=title, inside=content, **more)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """Show a list of facts, made of ``fact``."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any) -> SafeString:
    """Show one fact; a dash where there is none."""
    return format_html("<dt>{}</dt><dd>{}</dd>", label, "—" if is_empty(value) else value)


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """Say something that matters: ``info``, ``good``, ``attention`` or ``danger``."""
    return _drawn("notice", kind=kind, inside=content)


@register.simple_block_tag
def empty(content: str, title: str, hint: str = "") -> SafeString:
    """Say that there is nothing, why, and between the tags what one can do."""
    return _drawn("empty", title=title, hint=hint, actions=_trimmed(content))


@register.simple_tag
def tabs(label: str, shown: Sequence[Tab]) -> SafeString:
    """Show several views of the same thing as links."""
    return _drawn("tabs", label=label, tabs=shown)


@register.simple_tag(takes_context=True)
def slot(context: Any, name: str) -> SafeString:
    """Show what apps put into this place of the shell (see ``ronghe.ui.slots``)."""
    parts = [_within(context, one, {}) for one in templates_in(name)]
    return mark_safe("".join(parts))  # noqa: S308 - rendered templates


@register.simple_tag(takes_context=True)
def sections(context: Any, shown: Sequence[Section]) -> SafeString:
    """Show what apps contribute to a page (see ``ronghe.ui.sections``)."""
    parts = [(one, _within(context, one.template, one.shown)) for one in shown]
    return _drawn("sections", parts=parts)


def _within(context: Any, name: str, shown: Mapping[str, Any]) -> SafeString:
    """Render a template in the context of the page, as ``include`` does."""
    with context.push(**shown):
        return SafeString(context.template.engine.get_template(name).render(context))


# Lists.


@register.simple_block_tag
def datatable(content: str, label: str, **more: Any) -> SafeString:
    """Show a table whose rows stand as cards on a phone; write its head and body inside.

    ``wide`` lets it scroll in itself; otherwise its head stays in sight while the page scrolls.
    """
    return _drawn("datatable", label=label, table=labelled(content), **more)


@register.inclusion_tag("ui/components/sorthead.html", takes_context=True)
def sorthead(context: Any, key: str, words: str) -> dict[str, Any]:
    """Show the heading of a column that can be sorted, as a link (see ``order_of``)."""
    asked = context["request"].GET
    now = context.get("sort") or asked.get("sort", "")
    query = asked.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if now == key else key
    way = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"words": words, "url": f"?{query.urlencode()}", "way": way}


# States, days, people and places.


@register.simple_tag
def status(words: str, kind: str = "neutral") -> SafeString:
    """Show a state in words: ``neutral``, ``active``, ``good``, ``attention`` or ``stopped``."""
    return _drawn("status", words=words, kind=kind)


@register.simple_tag
def due(day: date | None, *, provisional: bool = False) -> SafeString:
    """Show by when: the day, how far away it is, and whether it may still change."""
    if day is None:
        return SafeString("")
    left = (day - timezone.localdate()).days
    return _drawn("due", day=day, left=left, over=-left, provisional=provisional)


@register.simple_tag
def term(since: date | None, until: date | None = None) -> SafeString:
    """Show from when to when."""
    return _drawn("term", since=since, until=until)


@register.simple_tag
def place(node: Any, name: str = "") -> SafeString:
    """Link to an organisation's page; ``name`` where it was called otherwise then."""
    url = reverse("registry:node", args=[node.pk])
    return format_html('<a class="place" href="{}">{}</a>', url, name or node.name)


@register.simple_tag
def person(name: Any, url: str = "") -> SafeString:
    """Show a person, with a link where one may open their page."""
    words = "—" if is_empty(name) else name
    if not url:
        return format_html('<span class="person">{}{}</span>', icon("user"), words)
    return format_html('<a class="person" href="{}">{}{}</a>', url, icon("user"), words)


# What is under way.


@register.simple_tag(takes_context=True)
def waits(context: Any, item: Any) -> SafeString:
    """Show one thing that waits: what, why, by when, and one press to do it."""
    back = context["request"].get_full_path()
    return _drawn("waits", item=item, csrf_token=context.get("csrf_token"), next=back)


@register.simple_tag
def steps(label: str, shown: Sequence[Step]) -> SafeString:
    """Show the stages of something under way and what holds it up."""
    return _drawn("steps", label=label, steps=shown)


@register.simple_tag
def timeline(shown: Sequence[Moment]) -> SafeString:
    """Show a history, in the order given."""
    return _drawn("timeline", moments=shown)


@register.simple_tag
def progress(done: int, total: int | None, words: str = "", poll: str = "") -> SafeString:
    """Show how far long work is; with ``poll`` htmx fetches it anew every two seconds."""
    share = None if not total else round(100 * done / total)
    shown = {"done": done, "total": total, "share": share, "words": words}
    return _drawn("progress", poll=poll, **shown)


@register.simple_tag
def stat(label: str, value: Any, unit: str = "", change: Any = None, **more: Any) -> SafeString:
    """Show a number large: ``change`` since ``since``, with a ``note`` and a ``url`` if given."""
    fallen = change is not None and change < 0
    size = None if change is None else abs(change)
    shown = {"label": label, "value": "—" if is_empty(value) else value, "unit": unit}
    return _drawn("stat", size=size, fallen=fallen, **shown, **more)
