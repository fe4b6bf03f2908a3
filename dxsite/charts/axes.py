"""The frame of a chart over fiscal years: a column a year, a scale on the left."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxsite.charts.drawing import LINE, SMALL, Mark, Path, Words
from dxsite.charts.letters import width_of
from dxsite.charts.scales import Scale, told
from dxsite.fiscal import FiscalYear

WIDTH = 300
HEIGHT = 110
"""From zero to the top of the scale."""
BELOW = 2 * LINE
"""Room for the years under the ground line."""
_GAP = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A year; None is a time that the plan does not tell."""

    year: FiscalYear | None
    x: float
    """Its middle."""
    width: float
    certain: bool = True
    told: bool = True
    """Whether it holds anything."""


def columns_of(
    years: Sequence[FiscalYear | None],
    scale: Scale,
    *,
    doubtful: frozenset[FiscalYear] = frozenset(),
    empty: frozenset[FiscalYear] = frozenset(),
) -> tuple[Column, ...]:
    """Columns of one width, from the scale's numbers to the right border."""
    left = left_of(scale)
    width = (WIDTH - left) / len(years)
    return tuple(
        Column(
            year, round(left + width * (n + 0.5), 1), width, year not in doubtful, year not in empty
        )
        for n, year in enumerate(years)
    )


def left_of(scale: Scale) -> float:
    """Where the columns begin: right of the scale's numbers, and of the word 年度."""
    widest = max(width_of(text, SMALL) for text in ("年度", *(told(tick) for tick in scale.ticks)))
    return round(widest + _GAP, 1)


def scale_marks(scale: Scale, ground: float, *, whole: bool = False) -> list[Mark]:
    """Lines across at every tick, with their numbers; the line of a whole is drawn stronger."""
    left = left_of(scale)
    lines = [
        Path(
            "whole" if whole and tick == scale.ticks[-1] else "grid",
            f"M{left:.1f} {ground - scale.length_of(tick):.1f}H{WIDTH}",
        )
        for tick in scale.ticks[1:]
    ]
    numbers = [
        Words(
            "quiet",
            left - _GAP,
            round(ground - scale.length_of(tick) + SMALL * 0.36, 1),
            told(tick),
            anchor="end",
        )
        for tick in scale.ticks
    ]
    return [*sorted(lines, key=lambda line: line.look), *numbers]


def year_marks(columns: Sequence[Column], ground: float) -> list[Mark]:
    """The ground line, and every year under it by era and western year."""
    left = columns[0].x - columns[0].width / 2
    marks: list[Mark] = [Path("ground", f"M{left:.1f} {ground:.1f}H{WIDTH}")]
    eras, wests = [], []
    form = _form_for(columns)
    edge = left - _GAP / 2
    ordered = sorted(columns, key=lambda column: (not column.told, column.x))
    shown: list[tuple[float, float]] = []
    for column in ordered:
        era, west = _label(column, form)
        half = max(width_of(era, SMALL), width_of(west, SMALL)) / 2
        x = min(max(column.x, edge + half), WIDTH - half)
        if any(x - half < right and start < x + half for start, right in shown):
            continue
        shown.append((x - half - 1, x + half + 1))
        eras.append(Words("year", round(x, 1), ground + SMALL + 3, era, anchor="middle"))
        wests.append(Words("quiet", round(x, 1), ground + SMALL + LINE + 1, west, anchor="middle"))
    marks += [*eras, *(west for west in wests if west.text)]
    if form != "long" and any(column.year for column in columns):
        marks.append(Words("quiet", left - _GAP, ground + SMALL + LINE + 1, "年度", anchor="end"))
    return marks


def _form_for(columns: Sequence[Column]) -> str:
    """The longest way to write the years that leaves air between them."""
    for form in ("long", "middle"):
        widths = [width_of(text, SMALL) + 2 for c in columns for text in _label(c, form)]
        if max(widths) <= columns[0].width:
            return form
    return "short"


def _label(column: Column, form: str) -> tuple[str, str]:
    if column.year is None:
        return "現状", ""
    doubt = "" if column.certain else "？"
    if form == "long":
        return column.year.era + doubt, column.year.west
    era = column.year.era.removesuffix("年度") if form == "middle" else column.year.short
    return era + doubt, str(int(column.year))
