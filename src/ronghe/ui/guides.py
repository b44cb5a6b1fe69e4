"""Guides (使用说明): a page for each kind of user, from the Markdown of the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown import Markdown, markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_LISTED = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<code>[a-z-]+)\.md\)$", re.M)


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
    """Turn the Markdown of a guide into HTML; the title is left to the page.

    HTML that stands in the text is shown, never taken over. Links lead to other guides; a link
    to other documentation keeps its words only.
    """
    written: str = markdown(text, extensions=["nl2br", "sane_lists", _Ours(codes)])
    return mark_safe(written)  # noqa: S308 - raw HTML is switched off


class _Ours(Extension):
    """Markdown without raw HTML, its links and pictures those of the site."""

    def __init__(self, codes: set[str]) -> None:
        super().__init__()
        self.codes = codes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take out what lets HTML through, and lead links and pictures into the site."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_IntoTheSite(self.codes), "into_the_site", 0)


class _IntoTheSite(Treeprocessor):
    """Turns what links and pictures of a guide lead to into addresses of the site."""

    def __init__(self, codes: set[str]) -> None:
        super().__init__()
        self.codes = codes

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for title in root.findall("h1"):
            root.remove(title)
        for picture in root.iter("img"):
            picture.set("src", static(f"guide/{Path(picture.get('src', '')).name}"))
            picture.set("class", "guide-picture")
            picture.set("loading", "lazy")
        for link in list(root.iter("a")):
            code = link.get("href", "").removesuffix(".md")
            link.attrib.clear()
            if code in self.codes:
                link.set("href", f"{reverse('help:guides')}?for={code}")
            else:
                link.tag = "span"
