"""Numbers as lengths, from zero; the numbers on an axis, in Japanese words."""

from dataclasses import dataclass
from math import floor, log10

from dxsite.figures import Number, grouped

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST = 4
"""Steps between zero and the top of an axis."""
_WORDS = ((100_000_000, "億"), (10_000, "万"))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from zero to `top`, both of which are ticks; `length` is in units of the drawing."""

    top: float
    ticks: tuple[Number, ...]
    length: float

    def length_of(self, number: Number) -> float:
        """How far from zero a number stands."""
        return round(self.length * number / self.top, 1)


def scale_to(largest: Number, length: float, *, whole: Number | None = None) -> Scale:
    """A scale that holds `largest`; where a `whole` is given, it ends there."""
    if whole:
        return Scale(float(whole), (0, _plain(whole / 2), whole), length)
    if largest <= 0:
        return Scale(1.0, (0,), length)
    step = _step(float(largest))
    count = -(-round(largest / step, 9) // 1)
    ticks = tuple(_plain(round(step * n, 9)) for n in range(int(count) + 1))
    return Scale(float(ticks[-1]), ticks, length)


def _step(largest: float) -> float:
    """The smallest round step of which `_MOST` are enough; whole things have whole steps."""
    size = 10.0 ** (floor(log10(largest)) - 1)
    while True:
        for step in _STEPS:
            whole_steps = largest != int(largest) or (step * size) % 1 == 0
            if whole_steps and step * size * _MOST >= largest * (1 - 1e-9):
                return step * size
        size *= 10


def _plain(number: Number) -> Number:
    return int(number) if number == int(number) else number


def told(number: Number) -> str:
    """A number of an axis: 200000 → 20万, 1500 → 1,500; never rounded."""
    for size, word in _WORDS:
        if number >= size:
            short = _plain(round(number / size, 2))
            if short * size == number:
                return f"{grouped(short)}{word}"
    return grouped(number)
