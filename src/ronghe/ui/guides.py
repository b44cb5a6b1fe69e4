"""Guides (使用说明): a page for each kind of user, from the Markdown of the documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_LISTED = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<code>[a-z-]+)\.md\)$", re.M)
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<to>[^)]+)\)"
)


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: its code and its title in Chinese and in English."""

    code: str
    chinese: str
    english: str

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        return self.english if get_language() == "en" else self.chinese


def guides() -> list[Guide]:
    """Return the guides in their order."""
    listed = Path(settings.GUIDE, "README.md").read_text(encoding="utf-8")
    return [
        Guide(found["code"], *found["title"].split(" · ")) for found in _LISTED.finditer(listed)
    ]


@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the guide asked for by ``?for=``, or the list of all."""
    listed, asked = guides(), request.GET.get("for", "")
    if not asked:
        return render(request, "ui/guides.html", {"guides": listed})
    shown = next((one for one in listed if one.code == asked), None)
    if shown is None:
        raise Http404
    text = Path(settings.GUIDE, f"{shown.code}.md").read_text(encoding="utf-8")
    context = {"guide": shown, "text": to_html(text, {one.code for one in listed})}
    return render(request, "ui/guide.html", context)


def to_html(text: str, codes: set[str]) -> SafeString:
    """Turn the Markdown that guides are written in into HTML; the title is left to the page.

    Paragraphs, ``##`` headings, lists, bold, code, links between guides, and pictures; a link to
    other documentation keeps its words only.
    """
    inline = lambda words: _INLINE.sub(_inline(codes), escape(words, quote=False))
    return mark_safe("\n".join(_blocks(text, inline)))  # noqa: S308 - everything is escaped


def _blocks(text: str, inline: Callable[[str], str]) -> Iterator[str]:
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.splitlines()
        if block.startswith("# "):
            continue
        if block.startswith("## "):
            yield f"<h2>{inline(block[3:])}</h2>"
        elif re.match(r"\d+\. ", block):
            items = (re.sub(r"^\d+\. ", "", line) for line in lines)
            yield f"<ol>{''.join(f'<li>{inline(item)}</li>' for item in items)}</ol>"
        elif block.startswith("- "):
            yield f"<ul>{''.join(f'<li>{inline(line[2:])}</li>' for line in lines)}</ul>"
        else:
            yield f"<p>{'<br>'.join(map(inline, lines))}</p>"


def _inline(codes: set[str]) -> Callable[[re.Match[str]], str]:
    def written(found: re.Match[str]) -> str:
        if found["bold"]:
            return f"<strong>{found['bold']}</strong>"
        if found["code"]:
            return f"<code>{found['code']}</code>"
        words, to = found["words"], found["to"]
        if found["image"]:
            source = escape(static(f"guide/{Path(to).name}"))
            return (
                f'<img class="guide-picture" src="{source}" alt="{escape(words)}" loading="lazy">'
            )
        code = to.removesuffix(".md")
        url = f"{reverse('help:guides')}?for={code}"
        return f'<a href="{url}">{words}</a>' if code in codes else words

    return written
