"""How many measures are at which phase in which year, as stacked bars and as numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Measure
from dxsite.site.lanes import Bar, LaneGroup, axis_of, certain_years, columns, of_measure
from dxsite.site.pages import Link
from dxsite.site.phases import Phase, furthest

HEIGHT = 96
"""Of the highest bar, in px."""
_LEAST = 2  # px; what is counted is seen
_UNPHASED = "none"
_LOST = "lost"
_LABELS = {**{str(p): p.label for p in Phase}, _UNPHASED: "段階の言葉なし"}
_LABELS[_LOST] = "続いているか不明"
_ORDER = (*reversed(Phase), _UNPHASED, _LOST)  # from the bottom of a bar upwards

Counts = Counter[tuple[FiscalYear, str]]
"""(year, stage) → measures; a stage is a `Phase`, `none` or `lost`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stage of a bar; `y` and `height` in px, `y` from the top."""

    stage: str
    label: str
    count: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class DensityCell:
    """One year of a row; without parts where nothing is planned."""

    year: FiscalYear
    is_now: bool
    in_period: bool
    total: int
    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class DensityRow:
    """One subject over the years."""

    link: Link
    note: str | None
    height: int
    """Of its highest bar, in px."""
    cells: tuple[DensityCell, ...]


@dataclass(frozen=True, slots=True)
class Density:
    """All rows on one axis and one scale."""

    caption: str
    rows: tuple[DensityRow, ...]
    stages: tuple[tuple[str, str], ...]
    """(stage, its name), those that occur, in the order of the phases."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What becomes a row: where it leads, its counts, the period that is its own."""

    link: Link
    counts: Counts
    note: str | None = None
    period: Span | None = None


def counts_of(measures: Iterable[Measure], period: Span) -> Counts:
    """Each measure once a year, at the furthest phase that the print puts into that year.

    In years in which only a lost end may still go on, it counts as `lost`.
    """
    counts: Counts = Counter()
    for measure in measures:
        counts.update(_stages(measure, period).items())
    return counts


def uncounted(measures: Iterable[Measure]) -> str | None:
    """Words for the measures that no year can count; None where there are none."""
    lanes = [of_measure(measure, Link("", "")) for measure in measures]
    work = [[bar for bar in lane.bars if bar.kind == "work"] for lane in lanes]
    none = sum(not bars for bars in work)
    undated = sum(bool(bars) and all(bar.undated for bar in bars) for bars in work)
    told = [f"工程の記載なし{none}施策"] if none else []
    told += [f"年度の記載が不明{undated}施策"] if undated else []
    return "、".join(told) or None


def density_of(
    caption: str, subjects: Sequence[Subject], years: Sequence[FiscalYear], now: FiscalYear
) -> Density:
    """Rows of bars, the highest of which fills the height."""
    totals: Counter[tuple[int, FiscalYear]] = Counter()
    for number, subject in enumerate(subjects):
        for (year, _), count in subject.counts.items():
            totals[number, year] += count
    scale = HEIGHT / max(totals.values(), default=1)
    found = {stage for subject in subjects for _, stage in subject.counts}
    rows = []
    for subject in subjects:
        highest = max(sum(_heights(subject, year, scale).values()) for year in years)
        cells = (_cell(subject, year, year == now, highest, scale) for year in years)
        rows.append(DensityRow(subject.link, subject.note, highest, tuple(cells)))
    stages = [*Phase, _UNPHASED, _LOST]
    return Density(caption, tuple(rows), tuple((s, _LABELS[s]) for s in stages if s in found))


def _stages(measure: Measure, period: Span) -> Mapping[FiscalYear, str]:
    lane = of_measure(measure, Link("", ""))
    bars = [bar for bar in lane.bars if bar.kind == "work" and not bar.undated]
    years = axis_of([LaneGroup(None, None, (lane,))], period)
    phases: dict[FiscalYear, set[Phase]] = {}
    for bar in bars:
        for year in certain_years(bar.span, years, period):
            phases.setdefault(year, set()).update(bar.phases)
    stages = {year: str(furthest(found) or _UNPHASED) for year, found in phases.items()}
    for year in _perhaps(bars, years, period):
        stages.setdefault(year, _LOST)
    return stages


def _perhaps(
    bars: Iterable[Bar], years: Sequence[FiscalYear], period: Span
) -> Iterable[FiscalYear]:
    for bar in bars:
        if bar.end == "unknown":
            start, end = columns(bar.span, years, period)
            yield from years[start:end]


def _heights(subject: Subject, year: FiscalYear, scale: float) -> Mapping[str, int]:
    """Stage → px, from the bottom upwards."""
    counts = {stage: subject.counts[year, stage] for stage in _ORDER}
    return {stage: max(round(n * scale), _LEAST) for stage, n in counts.items() if n}


def _cell(
    subject: Subject, year: FiscalYear, is_now: bool, highest: int, scale: float
) -> DensityCell:
    parts: list[Part] = []
    top = highest
    for stage, height in _heights(subject, year, scale).items():
        top -= height
        parts.append(Part(stage, _LABELS[stage], subject.counts[year, stage], top, height))
    words = "、".join(f"{part.label}{part.count}" for part in reversed(parts))
    inside = subject.period is None or subject.period.covers(year)
    return DensityCell(year, is_now, inside, sum(part.count for part in parts), words, tuple(parts))
