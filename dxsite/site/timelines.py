"""Schedules laid out on an axis of fiscal years: a table first, a drawing second."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Kpi, Measure, RoadmapRow
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class AxisYear:
    """One column."""

    year: FiscalYear
    is_now: bool
    in_period: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of columns; a cell without text is empty.

    `when` says the years in words. `kind` is `work`, `target` or `empty`; `end` is `closed`,
    `open` (以降), `unknown` (the print lost it) or `doubtful` (the years are not certain);
    `mark` says so in short, for eyes that see the bar.
    """

    columns: int
    text: str
    when: str
    kind: str
    end: str
    now: bool
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One lane of the drawing; `label` is None where the lane continues the row above."""

    label: str | None
    url: str | None
    note: str | None
    cells: tuple[Cell, ...]
    lanes: int
    """How many rows the label spans; 0 where `label` is None."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `title` is None where there is a single group."""

    title: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole drawing: its axis and its rows."""

    caption: str
    axis: tuple[AxisYear, ...]
    groups: tuple[Group, ...]
    labelled: bool
    """Whether any row has a label of its own."""
    has_open: bool
    has_doubt: bool
    has_target: bool


@dataclass(frozen=True, slots=True)
class _Bar:
    span: Span
    text: str
    kind: str = "work"


@dataclass(frozen=True, slots=True)
class _Lane:
    label: str | None
    url: str | None
    note: str | None
    bars: tuple[_Bar, ...]
    period: Span | None = None
    """The period of the lane's own plan, where plans stand on one axis."""


def of_measure(measure: Measure, period: Span, now: FiscalYear) -> Timeline | None:
    """The timeline of one measure's schedule; None where the plan prints none."""
    lanes: dict[tuple[str | None, tuple[str, ...]], list[_Bar]] = {}
    for entry in measure.schedule:
        item, text = entry.item, entry.text
        bar = _Bar(entry.span, text or item or "")
        lanes.setdefault((item, tuple(map(str, entry.departments))), []).append(bar)
    rows = [
        _Lane(item, None, "、".join(departments) or None, tuple(bars))
        for (item, departments), bars in lanes.items()
    ]
    return _lay_out(f"「{measure.title}」の工程", [(None, rows)], period, now) if rows else None


def of_plan(
    groups: Iterable[tuple[str | None, Sequence[tuple[Measure, Link]]]],
    title: str,
    period: Span,
    now: FiscalYear,
) -> Timeline:
    """All measures of a plan on one axis; a measure without a schedule shows its targets."""
    laid = [
        (heading, [_measure_lane(measure, link) for measure, link in measures])
        for heading, measures in groups
    ]
    return _lay_out(f"{title}の工程一覧", laid, period, now)


def of_theme(
    plans: Sequence[tuple[Plan, Sequence[Measure]]], title: str, now: FiscalYear
) -> Timeline | None:
    """The measures of several plans on one axis; None where there are none."""
    laid = []
    for plan, measures in plans:
        links = (Link(m.title, urls.measure(plan.slug, m.id)) for m in measures)
        lanes = (_measure_lane(m, link) for m, link in zip(measures, links, strict=True))
        own = [replace(lane, period=plan.file.period) for lane in lanes]
        if own:
            laid.append((plan.file.municipality, own))
    if not laid:
        return None
    periods = [plan.file.period for plan, measures in plans if measures]
    whole = Span(
        min(p.first for p in periods if p.first is not None),
        max(p.last for p in periods if p.last is not None),
    )
    return _lay_out(f"「{title}」の施策の工程", laid, whole, now)


def of_roadmap(rows: Sequence[RoadmapRow], title: str, period: Span, now: FiscalYear) -> Timeline:
    """The roadmap that the plan itself prints."""
    lanes: dict[str | None, list[_Bar]] = {}
    for row in rows:
        lanes.setdefault(row.row, []).append(_Bar(row.span, row.text))
    laid = [_Lane(label, None, None, tuple(bars)) for label, bars in lanes.items()]
    return _lay_out(f"{title}のロードマップ", [(None, laid)], period, now)


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


def _measure_lane(measure: Measure, link: Link) -> _Lane:
    bars = [_Bar(entry.span, entry.text or entry.item or "") for entry in measure.schedule]
    note = None
    if not bars:
        bars = [bar for kpi in measure.kpis for bar in _target_bars(kpi)]
        note = "工程の記載なし（目標値を表示）" if bars else "工程の記載なし"
    return _Lane(link.label, link.url, note, tuple(bars))


def _target_bars(kpi: Kpi) -> Iterable[_Bar]:
    for key, figure in kpi.targets:
        if key.year is not None and not figure.is_dash:
            span = Span(key.year, key.year, certain=key.certain)
            yield _Bar(span, f"目標 {figure.text(kpi.unit)}", "target")


def _lay_out(
    caption: str,
    groups: Sequence[tuple[str | None, Sequence[_Lane]]],
    period: Span,
    now: FiscalYear,
) -> Timeline:
    bars = [bar for _, lanes in groups for lane in lanes for bar in lane.bars]
    ends = [year for bar in bars for year in (bar.span.first, bar.span.last) if year is not None]
    ends += [year for year in (period.first, period.last) if year is not None]
    years = [FiscalYear(year) for year in range(min(ends), max(ends) + 1)]
    axis = tuple(AxisYear(year, year == now, period.covers(year)) for year in years)
    laid = tuple(
        Group(
            title,
            tuple(row for lane in lanes for row in _rows(lane, years, lane.period or period, now)),
        )
        for title, lanes in groups
    )
    labelled = any(row.label for group in laid for row in group.rows)
    cells = [cell for group in laid for row in group.rows for cell in row.cells]
    return Timeline(
        caption,
        axis,
        laid,
        labelled,
        any(cell.end == "open" for cell in cells),
        any(cell.end in ("unknown", "doubtful") for cell in cells),
        any(cell.kind == "target" for cell in cells),
    )


def _rows(lane: _Lane, years: Sequence[FiscalYear], period: Span, now: FiscalYear) -> Iterable[Row]:
    """The lane's bars in the printed order: side by side where they follow each other."""
    rows: list[list[tuple[int, int, _Bar]]] = []
    placed = [(*_columns(bar.span, years, period), bar) for bar in lane.bars]
    for index, (start, end, bar) in enumerate(placed):
        following = placed[index + 1][0] if index + 1 < len(placed) else start
        if _end(bar.span) == "unknown" and following > start:
            # A lost end is nowhere in particular: it gives way to what is printed next.
            end = following
        if rows and rows[-1][-1][1] <= start:
            rows[-1].append((start, end, bar))
        else:
            rows.append([(start, end, bar)])
    for number, row in enumerate(rows or [[]]):
        yield Row(
            lane.label if number == 0 else None,
            lane.url,
            lane.note if number == 0 else None,
            tuple(_cells(row, years, now)),
            len(rows or [[]]) if number == 0 else 0,
        )


def _columns(span: Span, years: Sequence[FiscalYear], period: Span) -> tuple[int, int]:
    """First column and the one after the last, as far as the print tells.

    What the plan does 随時 fills the plan's own years, not all columns; what it does 以降
    runs on.
    """
    if span.always and period.first is not None and period.last is not None:
        span = period
    first = span.first or period.first
    start = 0 if first is None else years.index(first)
    if span.always or span.open_end:
        return start, len(years)
    last = span.last
    if last is None and period.last is not None and period.last >= years[start]:
        last = period.last  # where the print lost the end, the plan's own end bounds the drawing
    return start, len(years) if last is None else years.index(last) + 1


def _cells(
    row: Sequence[tuple[int, int, _Bar]], years: Sequence[FiscalYear], now: FiscalYear
) -> Iterable[Cell]:
    column = 0
    for start, end, bar in row:
        yield from _gap(column, start)
        # A lost end is drawn to the border, but nothing says that it reaches this year.
        here = now in years[start:end] and bar.span.covers(now)
        kind, span = bar.kind, bar.span
        yield Cell(end - start, bar.text, span.label, kind, _end(span), here, _mark(span))
        column = end
    yield from _gap(column, len(years))


def _gap(start: int, end: int) -> Iterable[Cell]:
    """Empty cells one by one, so that every column keeps its own line."""
    return (Cell(1, "", "", "empty", "closed", now=False) for _ in range(start, end))


def _mark(span: Span) -> str | None:
    if span.first is None and not span.always:
        return span.label
    return {"open": "以降", "unknown": "終わりは不明", "doubtful": "年度は不確か"}.get(_end(span))


def _end(span: Span) -> str:
    if span.open_end:
        return "open"
    if not span.certain:
        return "unknown" if span.last is None else "doubtful"
    return "closed"
