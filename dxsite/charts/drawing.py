"""Marks of a drawing; each `look` is a class of assets/css/components/chart.css."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dxsite.charts.letters import balanced, width_of

SMALL, LARGE = 12, 14
"""Heights of letters, in units of the drawing. 300 units are about the width of a phone's card."""
LINE = 17
"""From one line of words to the next."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    look: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines, as SVG writes them."""

    look: str
    d: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc."""

    look: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words; (`x`, `y`) is the foot of its `anchor`: start, middle or end."""

    look: str
    x: float
    y: float
    text: str
    size: float = SMALL
    anchor: str = "start"

    @property
    def box(self) -> "Box":
        """Where the letters are."""
        width = width_of(self.text, self.size)
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.anchor]
        return Box(left, self.y - self.size * 0.9, width, self.size * 1.1)


Mark = Rect | Path | Dot | Words


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the drawing that something takes."""

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: "Box") -> bool:
        """Whether two stretches share more than a border."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, and what it says in words; `title` names it beside others."""

    width: float
    height: float
    title: str
    description: str
    marks: tuple[Mark, ...]
    scale: str = ""
    """The numbers at both ends of the axis, in words."""


@dataclass(frozen=True, slots=True)
class KeyItem:
    """What a look means; no sample where the words say it alone."""

    look: str | None
    text: str


def key_of(items: Iterable[KeyItem], width: float, top: float) -> tuple[list[Mark], float]:
    """A key in rows from y `top`, and where it ends."""
    marks: list[Mark] = []
    x, y = 0.0, top
    for item in items:
        sample = 20 if item.look else 0
        needed = sample + width_of(item.text, SMALL)
        if x and x + needed > width:
            x, y = 0.0, y + LINE
        if item.look:
            marks += _sample(item.look, x + 1, y + 3)
        lines = balanced(item.text, width - sample, SMALL)
        marks += [
            Words("quiet", x + sample, y + n * LINE + SMALL, line) for n, line in enumerate(lines)
        ]
        y += LINE * (len(lines) - 1)
        x = x + needed + 12 if len(lines) == 1 else width
    return marks, y + LINE if x else top


def _sample(look: str, x: float, y: float) -> list[Mark]:
    if look == "fund":
        return [Path(look, f"M{x + 4} {y}h6m-3 0v11")]
    rect = Rect(look, x, y, 14, 11)
    return [rect, hatched(rect, f"{look}-lines")] if look in HATCHED else [rect]


HATCHED = frozenset({"part-3", "part-4"})


def hatched(rect: Rect, look: str, gap: float = 6) -> Path:
    """Slanting lines in a rectangle, which print where colours do not."""
    left, top, right, foot = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
    parts = []
    offset = gap
    while offset < rect.width + rect.height:
        x1, y1 = (
            (left, top + offset) if offset <= rect.height else (left + offset - rect.height, foot)
        )
        x2, y2 = (
            (left + offset, top) if offset <= rect.width else (right, top + offset - rect.width)
        )
        parts.append(f"M{_short(x1)} {_short(y1)}L{_short(x2)} {_short(y2)}")
        offset += gap
    return Path(look, "".join(parts))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def inside(drawing: Drawing) -> bool:
    """Whether no letter and no bar leaves the frame."""
    return all(
        box.x >= -0.1
        and box.y >= -0.1
        and box.x + box.width <= drawing.width + 0.1
        and box.y + box.height <= drawing.height + 0.1
        for box in boxes_of(drawing.marks)
    )


def boxes_of(marks: Sequence[Mark]) -> list[Box]:
    """The stretches of all marks but lines."""
    boxes = []
    for mark in marks:
        match mark:
            case Words():
                boxes.append(mark.box)
            case Rect():
                boxes.append(Box(mark.x, mark.y, mark.width, mark.height))
            case Dot(x=x, y=y, radius=r):
                boxes.append(Box(x - r, y - r, 2 * r, 2 * r))
            case Path():
                pass
    return boxes
