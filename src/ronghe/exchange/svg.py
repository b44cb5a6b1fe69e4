"""Drawing with SVG text: what every static chart is made of."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Point = tuple[float, float]

STYLE = """
.chart{display:block;max-width:100%;height:auto;color:var(--ink,#1f2328);
font-family:inherit;overflow:visible}
.chart text{fill:currentColor;font-size:12px}
.chart .soft{fill:var(--soft,#57606a)}
.chart .grid{fill:none;stroke:var(--line,#d0d7de);stroke-width:1}
.chart .axis{fill:none;stroke:var(--soft,#57606a);stroke-width:1}
.chart .main{fill:var(--fill,#0b5cad22);stroke:var(--main,#0b5cad);stroke-width:2}
.chart .other{fill:none;stroke:var(--soft,#57606a);stroke-width:1.5;stroke-dasharray:4 3}
.chart .bar{fill:var(--main,#0b5cad)}
.chart .dot{fill:var(--main,#0b5cad);stroke:var(--paper,#fff);stroke-width:1}
.chart .middle{fill:none;stroke:var(--mark,#a61b1b);stroke-width:1.5;stroke-dasharray:6 4}
.chart .marked{fill:var(--mark,#a61b1b)}
.chart .span{stroke:var(--main,#0b5cad);stroke-width:5;stroke-linecap:round;opacity:.45}
.chart .shade{fill:var(--band,#f4f6f8)}
.chart .gain{fill:var(--gain,#2b7a3d)}
.chart .loss{fill:var(--paper,#fff);stroke:var(--mark,#a61b1b);stroke-width:1.5}
.chart .own{fill:var(--mark,#a61b1b)}
.chart .course{fill:none;stroke:var(--main,#0b5cad);stroke-width:2}
.chart .softdot{fill:var(--soft,#57606a)}
.chart .interval{fill:var(--fill,#0b5cad22)}
.chart .soft,.chart .marked,.chart .clear{font-size:11px;paint-order:stroke;
stroke:var(--paper,#fff);stroke-width:3px;stroke-linejoin:round}
"""
"""The looks of every chart; a page that shows charts includes it once."""

_FORBIDDEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"
)


def plain_text(value: object) -> str:
    """Return a value as text that XML may hold: characters it forbids become U+FFFD."""
    return str(value).translate(_FORBIDDEN)


def text_width(words: str, size: float = 12) -> float:
    """Estimate the width of a text in the units of its size: a wide character is a full one."""
    return sum(size if ord(letter) > 0x2E7F else 0.56 * size for letter in words)


def say(words: object) -> str:
    """Return a value as it stands inside an element or attribute."""
    return escape(plain_text(words))


def short(value: float) -> str:
    """Write a coordinate shortly, the same way on every machine."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def text(x: float, y: float, words: str, *, anchor: str = "", cls: str = "") -> str:
    """Write words at a point, ``anchor`` being start, middle or end."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    looks = f' class="{cls}"' if cls else ""
    return f'<text x="{short(x)}" y="{short(y)}"{where}{looks}>{say(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, cls: str) -> str:
    """Draw a straight line."""
    ends = f'x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}"'
    return f'<line {ends} class="{cls}"/>'


def rect(x: float, y: float, width: float, height: float, cls: str) -> str:
    """Draw a rectangle from its upper left corner."""
    size = f'width="{short(width)}" height="{short(height)}"'
    return f'<rect x="{short(x)}" y="{short(y)}" {size} class="{cls}"/>'


def circle(x: float, y: float, radius: float, cls: str, told: str = "") -> str:
    """Draw a dot, with a title of its own if there is something to tell."""
    drawn = f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" class="{cls}"'
    return f"{drawn}><title>{say(told)}</title></circle>" if told else f"{drawn}/>"


def path(points: Iterable[Point], cls: str) -> str:
    """Draw a line through points."""
    corners = " ".join(f"{short(x)},{short(y)}" for x, y in points)
    return f'<polyline points="{corners}" class="{cls}"/>'


def area(points: Iterable[Point], cls: str) -> str:
    """Fill what lies within points."""
    corners = " ".join(f"{short(x)},{short(y)}" for x, y in points)
    return f'<polygon points="{corners}" class="{cls}"/>'


def picture(title: str, description: str, width: float, height: float, parts: Iterable[str]) -> str:
    """Put parts into one picture with a title and a description."""
    told = f"<desc>{say(description)}</desc>" if description else ""
    size = f'width="{short(width)}" height="{short(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"'
        f' viewBox="0 0 {short(width)} {short(height)}" {size}>'
        f"<title>{say(title)}</title>{told}{''.join(parts)}</svg>"
    )
