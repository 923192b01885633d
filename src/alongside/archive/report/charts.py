"""Charts as inline SVG: each has a title and a description, and stands above its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from .figures import number

WIDTH, HEIGHT = 720, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 4, 12, 34
FONT = 'font-family="Liberation Sans, Arial, Helvetica, sans-serif"'
DARK, LIGHT, GRID, INK = "#8a2b0f", "#e0a486", "#d9d9d4", "#3b3f42"


class Column(NamedTuple):
    """One column of a stacked chart: ``dark`` at the bottom, ``light`` on top of it."""

    label: str
    dark: int
    light: int


def columns(id_: str, title: str, said: str, found: Sequence[Column]) -> str:
    """Columns over time. ``said`` is the chart in words, for whoever does not see it."""
    top = _round_up(max((c.dark + c.light for c in found), default=0))
    wide = (WIDTH - _LEFT - _RIGHT) / max(len(found), 1)
    high = HEIGHT - _TOP - _BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" class="chart"',
        f' role="img" aria-labelledby="{id_}-t {id_}-d">',
        f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(said)}</desc>',
    ]
    for step in range(5):
        value = top * step // 4
        y = _TOP + high - high * value / top
        parts.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            f' stroke="{GRID}" stroke-width="1"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" font-size="13" {FONT}'
            f' fill="{INK}">{number(value)}</text>'
        )
    every = max(1, -(-len(found) // 12))
    for at, column in enumerate(found):
        x = _LEFT + wide * at + wide * 0.14
        y = _TOP + float(high)
        for value, colour in ((column.dark, DARK), (column.light, LIGHT)):
            tall = high * value / top
            y -= tall
            if value:
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide * 0.72:.1f}"'
                    f' height="{tall:.1f}" fill="{colour}"/>'
                )
        if at % every == 0:
            parts.append(
                f'<text x="{x + wide * 0.36:.1f}" y="{HEIGHT - 12}" text-anchor="middle"'
                f' font-size="13" {FONT} fill="{INK}">{escape(column.label)}</text>'
            )
    return "".join((*parts, "</svg>"))


def _round_up(most: int) -> int:
    """The top of the scale: a multiple of four, so that all of its lines are whole numbers."""
    power = 4
    while True:
        for times in (1, 2, 3, 4, 5, 7):
            if times * power >= most:
                return times * power
        power *= 10


def bar(value: int, most: int) -> str:
    """The width of a bar in a table, in percent of the longest; never too short to be seen."""
    return f"{max(100 * value / most, 1.5):.1f}" if value and most else "0"


SHADES = 5


def shade(value: int, most: int) -> int:
    """Which of the shades of a heat table: 0 for nothing, then 1 to ``SHADES``."""
    if not value or not most:
        return 0
    return min(SHADES, 1 + int(SHADES * (value / most) ** 0.6 * 0.999))
