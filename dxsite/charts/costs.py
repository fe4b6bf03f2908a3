"""Costs by fiscal year: a bar a year, stacked by the parts of a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    HATCHED,
    LARGE,
    LINE,
    SMALL,
    Box,
    Drawing,
    KeyItem,
    Mark,
    Path,
    Rect,
    Words,
    hatched,
    key_of,
)
from dxsite.charts.letters import width_of
from dxsite.charts.placing import Placed, Wanted, place
from dxsite.charts.scales import Scale, scale_to, told
from dxsite.figures import grouped
from dxsite.fiscal import FiscalYear

_WIDEST_BAR = 44
_LOOKS = 4
"""Looks of parts: dark, pale, dark hatched, pale hatched; then again."""
_UNTOLD = "記載なし"
_SPACE = 6
"""Between a bar and the line of its general fund."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every bar, in thousand yen; None is not told."""

    code: str
    title: str
    amounts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """What a chart of costs is about; all tuples go by `years`."""

    title: str
    years: tuple[FiscalYear, ...]
    parts: tuple[Part, ...]
    totals: tuple[int | None, ...]
    """What stands over the bars; None where nobody told a total that is the sum of what is drawn."""
    general_funds: tuple[int | None, ...]


def costs_chart(costs: Costs) -> Drawing | None:
    """A chart of two or more years; a part that is not told is not drawn, nor counted as zero."""
    sums = [sum(part.amounts[n] or 0 for part in costs.parts) for n in range(len(costs.years))]
    if len(costs.years) < 2 or not any(sums):
        return None
    scale = scale_to(max(sums) * 1000, HEIGHT)
    columns = columns_of(costs.years, scale)
    labels = _labels(costs, columns, sums, scale)
    head, top = _head(costs)
    highest = min([-HEIGHT - SMALL / 2, *(label.box.y for label in labels)])
    ground = round(top - highest + 2, 1)
    marks: list[Mark] = [*head, *scale_marks(scale, ground)]
    for n, column in enumerate(columns):
        marks += _bar(costs, n, column, scale, ground)
    marks += year_marks(columns, ground)
    marks += [mark for label in labels for mark in label.down(ground).marks()]
    return Drawing(
        WIDTH,
        ground + BELOW,
        costs.title,
        _description(costs),
        tuple(marks),
        f"0～{told(scale.ticks[-1])}円",
    )


def look_of(number: int) -> str:
    """How the part of a number, from 0, looks."""
    return f"part-{number % _LOOKS + 1}"


def _bar(costs: Costs, n: int, column: Column, scale: Scale, ground: float) -> Iterator[Mark]:
    amounts = [part.amounts[n] for part in costs.parts]
    if all(amount is None for amount in amounts):
        yield _untold(column, round(ground - 4, 1))
        return
    width = round(min(_WIDEST_BAR, column.width * 0.56), 1)
    foot = ground
    for number, (part, amount) in enumerate(zip(costs.parts, amounts, strict=True)):
        if not amount:
            continue
        height = scale.length_of(amount * 1000)
        foot = round(foot - height, 1)
        yield from _segment(
            Rect(look_of(number), round(column.x - width / 2, 1), foot, width, height), part
        )
    general = costs.general_funds[n]
    if general:
        x = column.x + width / 2 + _SPACE
        end = ground - scale.length_of(general * 1000)
        yield Path("fund", f"M{x - 3:.1f} {end:.1f}h6m-3 0V{ground - 1:.1f}")


def _untold(column: Column, y: float) -> Words:
    narrow = width_of(_UNTOLD, SMALL) + 2 > column.width
    return Words("quiet", column.x, y, "？" if narrow else _UNTOLD, anchor="middle")


def _segment(rect: Rect, part: Part) -> Iterator[Mark]:
    """A part of a bar, with its code where there is room."""
    yield rect
    if rect.look in HATCHED:
        yield hatched(rect, f"{rect.look}-lines")
    if rect.height >= SMALL + 3 and width_of(part.code, SMALL) <= rect.width - 4:
        y = rect.y + rect.height / 2 + SMALL * 0.36
        yield Words(
            f"{rect.look}-words", rect.x + rect.width / 2, round(y, 1), part.code, anchor="middle"
        )


def _labels(
    costs: Costs, columns: Sequence[Column], sums: Sequence[int], scale: Scale
) -> list[Placed]:
    """The totals, with their unit where there is room for all."""
    shown = [n for n, total in enumerate(costs.totals) if total is not None]
    bars = [
        Box(column.x - _WIDEST_BAR / 2, -height, _WIDEST_BAR, height)
        for column, amount in zip(columns, sums, strict=True)
        if (height := scale.length_of(amount * 1000))
    ]
    for n, column in enumerate(columns):
        if all(part.amounts[n] is None for part in costs.parts):
            bars.append(_untold(column, -4).box)
    tried = []
    for unit, size in (("千円", LARGE), ("", LARGE), ("", SMALL)):
        wanted = [
            Wanted(
                columns[n].x,
                -scale.length_of(sums[n] * 1000),
                (f"{grouped(costs.totals[n] or 0)}{unit}",),
                ("value",),
                size,
            )
            for n in shown
        ]
        placed = place(wanted, bars, left_of(scale), WIDTH)
        tried.append((len(wanted) - len(placed), sum(label.raised for label in placed), placed))
        if tried[-1][:2] == (0, 0):
            break
    return min(tried, key=lambda attempt: attempt[:2])[2]


def _head(costs: Costs) -> tuple[list[Mark], float]:
    said = Words("quiet", 0, SMALL, "縦の目盛り：円　棒の上の数：千円")
    keys, top = key_of(_keys(costs), WIDTH, LINE)
    return [said, *keys], top


def _keys(costs: Costs) -> Iterator[KeyItem]:
    for number, part in reversed(list(enumerate(costs.parts))):
        name = part.code if part.title == part.code else f"{part.code} {part.title}"
        yield KeyItem(look_of(number), name)
    if any(costs.general_funds):
        yield KeyItem("fund", "棒の右の線：うち一般財源")
    if any(amount is None for part in costs.parts for amount in part.amounts):
        yield KeyItem(None, "記載のない額（？）は描いていません")


def _description(costs: Costs) -> str:
    return "".join(_said(costs, n, year) for n, year in enumerate(costs.years))


def _said(costs: Costs, n: int, year: FiscalYear) -> str:
    total, general = costs.totals[n], costs.general_funds[n]
    parts = [
        f"{part.code}は{_UNTOLD if amount is None else f'{grouped(amount)}千円'}"
        for part in costs.parts
        for amount in [part.amounts[n]]
    ]
    whole = f"計{grouped(total)}千円。" if total is not None else ""
    of_it = f"うち一般財源は{grouped(general)}千円。" if general is not None else ""
    return f"{year.era}：{'、'.join(parts)}。{whole}{of_it}"
