"""One navigation that follows the loop; apps add their pages at its stations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the loop: title, icon, its pages for one person, whether it is shown now."""

    title: Words
    icon: str
    pages: tuple[Link, ...] = ()
    current: bool = False
    name: str = ""

    @property
    def url(self) -> str:
        """Return the address of the first page."""
        return self.pages[0].url


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a station as one person sees it."""

    title: Words
    url: str
    current: bool


STATIONS = {
    "desk": Station(pgettext_lazy("station", "工作台"), icon="layout-dashboard"),
    "direction": Station(pgettext_lazy("station", "谋划"), icon="compass"),
    "decide": Station(pgettext_lazy("station", "议事"), icon="messages"),
    "organise": Station(pgettext_lazy("station", "组织"), icon="sitemap"),
    "act": Station(pgettext_lazy("station", "行动"), icon="activity"),
    "appraise": Station(pgettext_lazy("station", "评价"), icon="scale"),
    "publish": Station(pgettext_lazy("station", "公开"), icon="speakerphone"),
    "settings": Station(pgettext_lazy("station", "设置"), icon="settings"),
}
"""The stations in their order; one without pages for a person is not shown."""


@dataclass(frozen=True, slots=True)
class _Page:
    station: str
    title: Words
    url_name: str
    power: str


_PAGES: list[_Page] = []


def add(station: str, title: Words, url_name: str, *, power: str = "") -> None:
    """Add a page at a station, for those with its power or, without one, everybody signed in."""
    _PAGES.append(_Page(station, title, url_name, power))


def stations_for(request: HttpRequest) -> list[Station]:
    """Return the stations with the pages that the person signed in may open."""
    shown = []
    for name, station in STATIONS.items():
        pages = tuple(_link(page, request) for page in _PAGES if page.station == name)
        links = _nearest([link for link in pages if link is not None])
        if links:
            here = any(link.current for link in links)
            shown.append(Station(station.title, station.icon, links, here, name))
    return shown


def _nearest(links: list[Link]) -> tuple[Link, ...]:
    """Leave only the page with the longest address current: /members/mine/, not /members/."""
    longest = max((len(link.url) for link in links if link.current), default=0)
    return tuple(replace(link, current=link.current and len(link.url) == longest) for link in links)


def _link(page: _Page, request: HttpRequest) -> Link | None:
    user: Any = request.user
    if page.power and not user.has_perm(page.power):
        return None
    url = reverse(page.url_name)
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return Link(page.title, url, here)
