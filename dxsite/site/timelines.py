"""Schedules laid out on an axis of fiscal years: a table first, a drawing second."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Measure
from dxsite.site.lanes import Bar, Lane, LaneGroup, axis_of, columns
from dxsite.site.phases import Phase


@dataclass(frozen=True, slots=True)
class AxisYear:
    """One column."""

    year: FiscalYear
    is_now: bool
    in_period: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One entry, as words: what it says, when, in which kinds of phase."""

    text: str
    when: str
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A column of a cell that is unlike the others: `kind` is `now` or `outside`."""

    kind: str
    offset: int
    """Columns from the cell's own first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of columns.

    `when` says the years in words. `kind` is `work`, `target`, `period`, `empty`, or `undated`:
    all columns for entries of which the print tells no year, which then stand in `entries`.
    `end` is that of `lanes.Bar`.
    """

    columns: int
    text: str
    when: str
    kind: str
    end: str
    now: bool
    phases: tuple[Phase, ...] = ()
    entries: tuple[Item, ...] = ()
    ground: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the drawing; `label` is None where it continues the row above."""

    label: str | None
    url: str | None
    note: str | None
    cells: tuple[Cell, ...]
    lanes: int
    """How many rows the label spans; 0 where the row continues the one above."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `title` is None where there is a single group."""

    title: str | None
    anchor: str | None
    count: int
    """How many labels it has."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What of the drawing needs explaining."""

    phases: tuple[Phase, ...]
    unphased: bool
    several: bool
    """Whether any bar has more than one kind."""
    ends: frozenset[str]
    targets: bool
    undated: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole drawing: its axis and its rows."""

    caption: str
    axis: tuple[AxisYear, ...]
    groups: tuple[Group, ...]
    labelled: bool
    """Whether any row has a label of its own."""
    wide: bool
    """Whether there are so many columns that labels stand above their rows."""
    ground: tuple[Ground, ...]
    """Of all columns, behind the labels that stand above their rows."""
    key: Key


_WIDE = 7
"""Columns from which on a label beside the bars would leave them too little room."""


def of_measure(measure: Measure, period: Span, now: FiscalYear) -> Timeline | None:
    """The timeline of one measure's schedule; None where the plan prints none."""
    lanes: dict[tuple[str | None, tuple[str, ...]], list[Bar]] = {}
    for entry in measure.schedule:
        item, text = entry.item, entry.text
        bar = Bar(entry.span, text or item or "")
        lanes.setdefault((item, tuple(map(str, entry.departments))), []).append(bar)
    rows = [
        Lane(item, None, "、".join(departments) or None, tuple(bars))
        for (item, departments), bars in lanes.items()
    ]
    if not rows:
        return None
    return lay_out(f"「{measure.title}」の工程", [LaneGroup(None, None, tuple(rows))], period, now)


def years_of(measure: Measure, plan: Plan) -> frozenset[FiscalYear]:
    """The fiscal years in which a measure's schedule or targets lie, open ends to the period's."""
    last = plan.file.period.last
    years = {key.year for kpi in measure.kpis for key, _ in kpi.targets if key.year is not None}
    for entry in measure.schedule:
        span = plan.file.period if entry.span.always else entry.span
        if span.first is not None:
            end = span.last or (last if span.open_end and last is not None else span.first)
            years |= {FiscalYear(year) for year in range(span.first, max(end, span.first) + 1)}
    return frozenset(years)


def lay_out(caption: str, groups: Sequence[LaneGroup], period: Span, now: FiscalYear) -> Timeline:
    """The drawing of all groups on one axis."""
    years = axis_of(groups, period)
    axis = tuple(AxisYear(year, year == now, period.covers(year)) for year in years)
    laid = tuple(
        Group(
            group.title,
            group.anchor,
            sum(lane.label is not None for lane in group.lanes),
            tuple(row for lane in group.lanes for row in _rows(lane, axis, period)),
        )
        for group in groups
    )
    labelled = any(row.label for group in laid for row in group.rows)
    return Timeline(
        caption,
        axis,
        laid,
        labelled,
        labelled and len(years) >= _WIDE,
        _ground(axis),
        _key([bar for group in groups for lane in group.lanes for bar in lane.bars]),
    )


def _key(bars: Sequence[Bar]) -> Key:
    work = [bar for bar in bars if bar.kind == "work"]
    found = {phase for bar in work for phase in bar.phases}
    return Key(
        tuple(phase for phase in Phase if phase in found),
        any(not bar.phases for bar in work),
        any(len(bar.phases) > 1 for bar in work),
        frozenset(bar.end for bar in bars if not bar.undated) - {"closed"},
        any(bar.kind == "target" for bar in bars),
        any(bar.undated for bar in bars),
    )


def _rows(lane: Lane, axis: Sequence[AxisYear], period: Span) -> Iterable[Row]:
    """The lane's bars in the printed order: side by side where they follow each other."""
    years = [column.year for column in axis]
    dated = [bar for bar in lane.bars if not bar.undated]
    rows = [tuple(_cells(row, axis)) for row in _placed(dated, years, lane.period or period)]
    undated = tuple(Item(bar.text, bar.span.label, bar.phases) for bar in lane.bars if bar.undated)
    if undated:
        when = undated[0].when
        rows.append((Cell(len(years), "", when, "undated", "closed", now=False, entries=undated),))
    rows = rows or [tuple(_gap(axis, 0, len(axis)))]
    for number, cells in enumerate(rows):
        first = number == 0
        yield Row(
            lane.label if first else None,
            lane.url,
            lane.note if first else None,
            cells,
            len(rows) if first else 0,
        )


def _placed(
    bars: Sequence[Bar], years: Sequence[FiscalYear], period: Span
) -> list[list[tuple[int, int, Bar]]]:
    rows: list[list[tuple[int, int, Bar]]] = []
    placed = [(*columns(bar.span, years, period), bar) for bar in bars]
    for index, (start, end, bar) in enumerate(placed):
        following = placed[index + 1][0] if index + 1 < len(placed) else start
        if bar.end == "unknown" and following > start:
            # A lost end is nowhere in particular: it gives way to what is printed next.
            end = following
        if rows and rows[-1][-1][1] <= start:
            rows[-1].append((start, end, bar))
        else:
            rows.append([(start, end, bar)])
    return rows


def _cells(row: Sequence[tuple[int, int, Bar]], axis: Sequence[AxisYear]) -> Iterable[Cell]:
    column = 0
    for start, end, bar in row:
        yield from _gap(axis, column, start)
        # A lost end is drawn to the border, but nothing says that it reaches this year.
        here = any(year.is_now and bar.span.covers(year.year) for year in axis[start:end])
        yield Cell(
            end - start,
            bar.text,
            bar.span.label,
            bar.kind,
            bar.end,
            here,
            phases=bar.phases,
            ground=_ground(axis[start:end]),
        )
        column = end
    yield from _gap(axis, column, len(axis))


def _gap(axis: Sequence[AxisYear], start: int, end: int) -> Iterable[Cell]:
    """Empty cells one by one, so that every column keeps its own line."""
    for year in axis[start:end]:
        yield Cell(1, "", "", "empty", "closed", now=False, ground=_ground([year]))


def _ground(columns: Sequence[AxisYear]) -> tuple[Ground, ...]:
    """What stands behind the bars; this year is this year even outside the period."""
    return tuple(
        Ground("now" if year.is_now else "outside", offset)
        for offset, year in enumerate(columns)
        if year.is_now or not year.in_period
    )
