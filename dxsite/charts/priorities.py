"""Urgency by importance: a dot a task, each with its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from dxsite.charts.drawing import LINE, SMALL, Box, Dot, Drawing, Mark, Path, Words
from dxsite.charts.letters import width_of

WIDTH = 300
_LEFT, _TOP, _SIDE = 32, 2 * LINE, 256
"""The square between 0 and 100 on both axes."""
_DOT = 4
_AIR = 4
_ANGLES = (0, 4, 6, 2, 7, 5, 1, 3)
"""Eighths of a turn around a dot at which its number may stand, the best first."""
_RINGS = range(11, 90, 6)
"""How far from its dot a number may stand."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task; both values go from 0 to 100."""

    number: int
    title: str
    urgency: int
    importance: int


def priorities_chart(title: str, tasks: Sequence[Task]) -> Drawing | None:
    """A plot of two or more tasks; those at one place share a dot and a label."""
    if len(tasks) < 2:
        return None
    places: dict[tuple[float, float], list[int]] = {}
    for task in tasks:
        places.setdefault(_place_of(task), []).append(task.number)
    dots = [Dot("dot", x, y, _DOT) for x, y in places]
    said = "、".join(
        f"{task.number} {task.title}は緊急度{task.urgency}・重要度{task.importance}"
        for task in tasks
    )
    marks: list[Mark] = [*_axes(), *_labels(places), *dots]
    marks.sort(key=lambda mark: (isinstance(mark, Words), isinstance(mark, Dot)))
    height = _TOP + _SIDE + 2 * LINE + 4
    return Drawing(WIDTH, height, title, f"{said}。", tuple(marks), "どちらも0～100")


def _place_of(task: Task) -> tuple[float, float]:
    x = _LEFT + _SIDE * task.urgency / 100
    y = _TOP + _SIDE * (1 - task.importance / 100)
    return round(x, 1), round(y, 1)


def _axes() -> Iterator[Mark]:
    right, foot = _LEFT + _SIDE, _TOP + _SIDE
    half_x, half_y = _LEFT + _SIDE / 2, _TOP + _SIDE / 2
    yield Path(
        "grid", f"M{_LEFT} {_TOP}H{right}V{foot}M{half_x} {_TOP}V{foot}M{_LEFT} {half_y}H{right}"
    )
    yield Path("ground", f"M{_LEFT} {_TOP}V{foot}H{right}")
    yield Words("year", 0, SMALL, "重要度　↑上ほど重要")
    yield Words("year", right, foot + 2 * LINE, "緊急度　→右ほど緊急", anchor="end")
    for tick in (0, 50, 100):
        x, y = _LEFT + _SIDE * tick / 100, foot - _SIDE * tick / 100
        yield Words("quiet", x, foot + SMALL + 3, str(tick), anchor="middle")
        yield Words("quiet", _LEFT - 5, round(y + SMALL * 0.36, 1), str(tick), anchor="end")


def _labels(places: dict[tuple[float, float], list[int]]) -> Iterator[Mark]:
    """Numbers beside their dots, with a line where they had to go further away.

    Dots with the most neighbours choose first.
    """
    dots = [Box(x - _DOT - 1, y - _DOT - 1, 2 * _DOT + 2, 2 * _DOT + 2) for x, y in places]
    labels: list[Box] = []
    crowd = {p: sum(abs(p[0] - q[0]) + abs(p[1] - q[1]) < 40 for q in places) for p in places}
    for place in sorted(places, key=lambda p: (-crowd[p], p)):
        text = "・".join(str(number) for number in places[place])
        found = next(_free(place, text, [*dots, *labels]), None)
        if found is None:
            continue  # the list beside the plot has every task
        words, distance = found
        labels.append(_with_air(words.box))
        if distance > _RINGS[0]:
            x, y = _nearest(words.box, place)
            yield Path("leader", f"M{place[0]} {place[1]}L{x:.1f} {y:.1f}")
        yield words


def _nearest(box: Box, place: tuple[float, float]) -> tuple[float, float]:
    """The point of a box that is nearest to a place."""
    x = min(max(place[0], box.x), box.x + box.width)
    return x, min(max(place[1], box.y), box.y + box.height)


def _with_air(box: Box) -> Box:
    return Box(box.x - _AIR, box.y - 1, box.width + 2 * _AIR, box.height + 2)


def _free(
    place: tuple[float, float], text: str, taken: Sequence[Box]
) -> Iterator[tuple[Words, int]]:
    half = width_of(text, SMALL) / 2
    for ring in _RINGS:
        for eighth in _ANGLES:
            angle = eighth * pi / 4
            x = place[0] + cos(angle) * (ring + half - 4)
            y = place[1] - sin(angle) * ring + SMALL * 0.36
            words = Words("value", round(x, 1), round(y, 1), text, anchor="middle")
            box = words.box
            within = box.x >= _LEFT and box.x + box.width <= WIDTH
            within = within and box.y >= LINE and box.y + box.height <= _TOP + _SIDE
            if within and not any(box.touches(other) for other in taken):
                yield words, ring
