"""The geometry of a KPI's chart, in the units of its own view box.

Bars lie on their side, one row a value, so that years and values stay readable on a phone:
330 units are about the width of a card there, and letters are 15 units high.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dxsite.figures import Number, grouped

WIDTH = 330
LETTER = 15
_BAR, _GAP = 20, 12
_LABELS = 6 * LETTER
"""Room for 令和11年度？"""
_BESIDE = 8
_WIDEST_VALUE = 130
"""Where a value is wider, every row gets a line of words above its bar."""

_KINDS = {"baseline": "現状", "target": "目標", "actual": "実績"}


@dataclass(frozen=True, slots=True)
class Point:
    """One value to draw; `kind` is `baseline`, `target` or `actual`."""

    label: str
    text: str
    number: Number
    kind: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a rectangle, and where the feet of its label and its value stand."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    value_x: float
    value_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart and what it says in words."""

    width: int
    height: int
    ground: float
    """x of the line at which the bars begin."""
    bars: tuple[Bar, ...]
    stacked: bool
    """Whether words stand above the bars; then values end at `value_x`."""
    track: float | None
    """How long a bar of the whole would be, where the values are parts of one whole."""
    whole: str | None
    """The whole in words."""
    kinds: tuple[tuple[str, str], ...]
    """(kind, word) of what occurs."""
    description: str


def bar_chart(label: str, points: Sequence[Point], top: Number | None = None) -> Chart | None:
    """A chart of two or more points, from zero; `top` is a denominator that all share."""
    if len(points) < 2:
        return None
    widest = max(_width_of(point.text) for point in points)
    stacked = widest > _WIDEST_VALUE
    ground = 1 if stacked else _LABELS
    room = WIDTH - ground - (2 if stacked else widest + _BESIDE)
    largest = max([point.number for point in points] + ([top] if top else [])) or 1
    words = LETTER + 7 if stacked else 0
    row = words + _BAR + _GAP
    bars = []
    for index, point in enumerate(points):
        length = round(room * point.number / largest, 1)
        end = room if top else length
        bars.append(_bar(point, index * row + _GAP / 2, length, end, stacked))
    told = "、".join(f"{point.label}{_kind_in(point)}は{point.text}" for point in points)
    return Chart(
        WIDTH,
        row * len(points),
        ground,
        tuple(bars),
        stacked,
        round(room, 1) if top else None,
        f"枠の全体は{grouped(top)}" if top else None,
        tuple((kind, word) for kind, word in _KINDS.items() if any(p.kind == kind for p in points)),
        f"{label}。{told}。",
    )


def _bar(point: Point, top: float, length: float, end: float, stacked: bool) -> Bar:
    """A bar whose row begins at y `top`; its value stands right of `end`, or above it."""
    if stacked:
        feet = top + LETTER
        return Bar(point, 1, top + LETTER + 7, length, _BAR, 1, feet, WIDTH - 1, feet)
    feet = top + _BAR / 2 + LETTER * 0.36
    return Bar(point, _LABELS, top, length, _BAR, 0, feet, _LABELS + end + _BESIDE, feet)


def _kind_in(point: Point) -> str:
    """の目標; 現状 says its kind by its label."""
    return "" if point.kind == "baseline" else f"の{_KINDS[point.kind]}"


def _width_of(text: str) -> float:
    """About how wide a text is: a Japanese letter is as wide as high, others six tenths."""
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return LETTER * (wide + (len(text) - wide) * 0.62)
