"""Finds room for words above what they name, so that nothing overlaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dxsite.charts.drawing import Box, Mark, Path, Words
from dxsite.charts.letters import width_of

_STEP = 3
_AIR = 3
_FARTHEST = 90


@dataclass(frozen=True, slots=True)
class Wanted:
    """Lines of words over a point; the last line is the nearest to it."""

    x: float
    y: float
    """Where the thing named ends; words stand above, at smaller y."""
    lines: tuple[str, ...]
    looks: tuple[str, ...]
    size: float

    @property
    def width(self) -> float:
        """Of the longest line, with a little air."""
        return max(width_of(line, self.size) for line in self.lines) + _AIR

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * (self.size + 2)


@dataclass(frozen=True, slots=True)
class Placed:
    """Words with their place, and how far they were pushed away."""

    wanted: Wanted
    box: Box
    raised: float

    def down(self, ground: float) -> "Placed":
        """The same, where y was counted from a ground line that is at `ground`."""
        wanted = replace(self.wanted, y=self.wanted.y + ground)
        return Placed(wanted, replace(self.box, y=self.box.y + ground), self.raised)

    def marks(self) -> list[Mark]:
        """The words, and a line down to what they name where they stand far from it."""
        marks: list[Mark] = []
        middle = round(self.box.x + self.box.width / 2, 1)
        size = self.wanted.size
        if self.raised > size / 2:
            foot = self.box.y + self.box.height + 1
            marks.append(Path("leader", f"M{self.wanted.x:.1f} {foot:.1f}V{self.wanted.y - 1:.1f}"))
        for n, (line, look) in enumerate(zip(self.wanted.lines, self.wanted.looks, strict=True)):
            y = self.box.y + (n + 1) * (size + 2) - 3
            marks.append(Words(look, middle, round(y, 1), line, size, "middle"))
        return marks


def place(
    wanted: Sequence[Wanted], obstacles: Sequence[Box], left: float, right: float
) -> list[Placed]:
    """The wanted labels between x `left` and `right`, as near above their points as there is room.

    The highest points come first: they have the least room to give way. A label for which there
    is no room near its point is left out; the table beside the drawing has every number.
    """
    taken = list(obstacles)
    placed = []
    for label in sorted(wanted, key=lambda label: (label.y, label.x)):
        found = next(_free_places(label, taken, left, right), None)
        if found is None:
            continue
        taken.append(found.box)
        if found.raised > label.size / 2:
            taken.append(_leader(found))
        placed.append(found)
    return placed


def _free_places(
    label: Wanted, taken: Sequence[Box], left: float, right: float
) -> Iterator[Placed]:
    """From the nearest on: above the point, then a little aside, then higher."""
    width, height = label.width, label.height
    if width > right - left:
        return
    for raised in range(0, _FARTHEST, _STEP):
        y = label.y - _AIR - height - raised
        for aside in (0.0, -0.3, 0.3):
            x = label.x - width / 2 + aside * width
            box = Box(min(max(x, left), right - width), y, width, height)
            if any(map(box.touches, taken)):
                continue
            spot = Placed(label, box, raised + abs(aside) * 10)
            if not any(map(_leader(spot).touches, taken)):
                yield spot


def _leader(spot: Placed) -> Box:
    """What the line from a label down to its point takes."""
    foot = spot.box.y + spot.box.height
    return Box(spot.wanted.x - 1, foot, 2, max(spot.wanted.y - _AIR - foot, 0))
