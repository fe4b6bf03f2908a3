"""A KPI over its fiscal years: where it stood, where it is to go, where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from dxsite.charts.axes import (
    BELOW,
    HEIGHT,
    WIDTH,
    Column,
    columns_of,
    left_of,
    scale_marks,
    year_marks,
)
from dxsite.charts.drawing import (
    LARGE,
    LINE,
    SMALL,
    Box,
    Drawing,
    KeyItem,
    Mark,
    Rect,
    Words,
    key_of,
)
from dxsite.charts.letters import width_of
from dxsite.charts.placing import Placed, Wanted, place
from dxsite.charts.scales import Scale, scale_to, told
from dxsite.figures import Number, grouped
from dxsite.fiscal import FiscalYear

KINDS = {"baseline": "現状", "target": "目標", "actual": "実績"}
_ORDER = tuple(KINDS)
_WORDS = "言葉"
"""Stands on the ground line where the plan gives a year words instead of a number."""
_WORDS_NARROW = "※"
_WIDEST_BAR = 36


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `kind` is `baseline`, `target` or `actual`; `year` None is not told."""

    kind: str
    year: FiscalYear | None
    text: str
    """As the plan prints it, with its unit."""
    short: str = ""
    """The number with what limits it (80以上), without its unit."""
    number: Number | None = None
    """None: words, or a dash."""
    certain: bool = True
    is_dash: bool = False
    when: str | None = None
    """The time of a baseline in the plan's own words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart of a KPI is about; `whole` is what all its values are parts of."""

    title: str
    direction: str | None
    unit: str | None
    values: tuple[Value, ...]
    whole: Number | None = None


@dataclass(frozen=True, slots=True)
class _Post:
    """Bars that share a place: a baseline, or a target with its actual in front."""

    column: Column
    x: float
    width: float
    values: tuple[Value, ...]

    @property
    def highest(self) -> Number:
        return max(value.number or 0 for value in self.values)


@lru_cache(maxsize=4096)
def kpi_chart(subject: Subject) -> Drawing | None:
    """A chart of two or more numbers, from zero, as the five stages from left to right.

    A year without a number has no bar; a baseline of an untold time has its own column.
    """
    numbers = [value.number for value in subject.values if value.number is not None]
    if len(numbers) < 2:
        return None
    whole = subject.whole if subject.whole and subject.whole >= max(numbers) else None
    scale = scale_to(max(numbers), HEIGHT, whole=whole)
    columns = _columns(subject.values, scale)
    posts = [post for column in columns for post in _posts(column, subject.values)]
    signs = [_sign(column, subject.values) for column in columns]
    labels = _labels(posts, [sign for sign in signs if sign], scale)
    head, top = _head(subject, whole)
    highest = min([-HEIGHT - SMALL / 2, *(label.box.y for label in labels)])
    ground = round(top - highest + 2, 1)
    marks: list[Mark] = [*head, *scale_marks(scale, ground, whole=whole is not None)]
    marks += [bar for kind in _ORDER for post in posts for bar in _bars(post, kind, scale, ground)]
    marks += year_marks(columns, ground)
    marks += [replace(sign, y=round(ground + sign.y, 1)) for sign in signs if sign]
    marks += sorted(
        (mark for label in labels for mark in label.down(ground).marks()),
        key=lambda m: type(m).__name__,
    )
    ends = f"0～{told(scale.ticks[-1])}{subject.unit or ''}" if scale.ticks[-1] else "0のみ"
    return Drawing(
        WIDTH, ground + BELOW, subject.title, _description(subject, ends), tuple(marks), ends
    )


def _columns(values: Sequence[Value], scale: Scale) -> tuple[Column, ...]:
    """Every year from the first to the last that has a value, the empty ones between too."""
    years = [value.year for value in values if value.year is not None]
    axis: list[FiscalYear | None] = []
    if any(value.year is None for value in values):
        axis.append(None)
    if years:
        axis += [FiscalYear(year) for year in range(min(years), max(years) + 1)]
    held = {value.year for value in values}
    return columns_of(
        axis,
        scale,
        doubtful=frozenset(v.year for v in values if v.year is not None and not v.certain),
        empty=frozenset(year for year in axis if year is not None and year not in held),
    )


def _posts(column: Column, values: Sequence[Value]) -> Iterator[_Post]:
    here = [v for v in values if v.year == column.year and v.number is not None]
    groups = [tuple(g) for _, g in groupby(here, key=lambda value: value.kind == "baseline")]
    room = column.width / max(len(groups), 1)
    for n, group in enumerate(groups):
        x = column.x + (n - (len(groups) - 1) / 2) * room * 0.8
        yield _Post(column, round(x, 1), round(min(_WIDEST_BAR, room * 0.6), 1), group)


def _bars(post: _Post, kind: str, scale: Scale, ground: float) -> Iterator[Rect]:
    """The bars of one kind; an actual stands narrower in front of its target."""
    for value in post.values:
        if value.kind == kind and value.number is not None:
            in_front = kind == "actual" and len(post.values) > 1
            width = round(post.width * (0.5 if in_front else 1), 1)
            height = scale.length_of(value.number)
            look = kind if value.certain else f"{kind}-doubt"
            yield Rect(look, round(post.x - width / 2, 1), round(ground - height, 1), width, height)


def _sign(column: Column, values: Sequence[Value]) -> Words | None:
    """－ or 言葉 where a year has no number but something; its foot is 0, the ground line."""
    here = [value for value in values if value.year == column.year]
    if not here or any(value.number is not None for value in here):
        return None
    written = _WORDS if width_of(_WORDS, SMALL) + 2 <= column.width else _WORDS_NARROW
    text = "－" if all(value.is_dash for value in here) else written
    return Words("quiet", column.x, -4, text, anchor="middle")


def _labels(posts: Sequence[_Post], signs: Sequence[Words], scale: Scale) -> list[Placed]:
    """The numbers over their bars: as printed where there is room, else without unit, else smaller.

    Feet are counted from the ground line, upwards negative.
    """
    bars = [
        Box(post.x - post.width / 2, -height, post.width, height)
        for post in posts
        if (height := scale.length_of(post.highest))
    ]
    obstacles = [*bars, *(sign.box for sign in signs)]
    tried = []
    for form, size in (("text", LARGE), ("short", LARGE), ("short", SMALL)):
        wanted = [_wanted(post, form, size, scale) for post in posts]
        placed = place(wanted, obstacles, left_of(scale), WIDTH)
        tried.append((len(posts) - len(placed), sum(label.raised for label in placed), placed))
        if tried[-1][:2] == (0, 0):
            break
    return min(tried, key=lambda attempt: attempt[:2])[2]


def _wanted(post: _Post, form: str, size: float, scale: Scale) -> Wanted:
    texts = [(v.kind, v.text if form == "text" else v.short) for v in post.values]
    both = len(texts) > 1
    lines = tuple(f"{KINDS[kind]} {text}" if both else text for kind, text in texts)
    looks = tuple("value" for _ in texts)
    return Wanted(post.x, -scale.length_of(post.highest), lines, looks, size)


def _head(subject: Subject, whole: Number | None) -> tuple[list[Mark], float]:
    """The direction and the unit in words, then the key; and where both end."""
    said = [subject.direction] if subject.direction else []
    said += [f"単位：{subject.unit}"] if subject.unit else []
    marks: list[Mark] = [Words("quiet", 0, SMALL, "　".join(said))] if said else []
    keys, top = key_of(_keys(subject, whole), WIDTH, LINE if said else 0)
    return [*marks, *keys], top


def _keys(subject: Subject, whole: Number | None) -> Iterator[KeyItem]:
    values = subject.values
    for kind, word in KINDS.items():
        if any(value.kind == kind and value.number is not None for value in values):
            yield KeyItem(kind, word)
    if any(not value.certain for value in values):
        yield KeyItem("target-doubt", "？年度は不確か")
    if any(value.is_dash for value in values):
        yield KeyItem(None, "－：目標なし")
    if any(value.number is None and not value.is_dash for value in values):
        yield KeyItem(None, f"{_WORDS}（{_WORDS_NARROW}）：数でない目標")
    if whole and subject.unit != "%":
        yield KeyItem(None, f"上の太線：全体の{grouped(whole)}{subject.unit or ''}")


def _description(subject: Subject, ends: str) -> str:
    direction = f"{subject.direction}です。" if subject.direction else ""
    values = "、".join(_said(value) for value in subject.values)
    return f"{direction}{values}。縦の目盛りは{ends}。"


def _said(value: Value) -> str:
    kind = KINDS[value.kind]
    text = "なし" if value.is_dash else value.text
    if value.year is None or value.kind == "baseline":
        return f"{kind}{f'（{value.when}）' if value.when else ''}は{text}"
    doubt = "" if value.certain else "（年度は不確か）"
    return f"{value.year.era}{doubt}の{kind}は{text}"
