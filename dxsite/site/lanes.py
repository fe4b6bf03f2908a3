"""What a row of a schedule holds, before it is laid out: its name, its bars, its plan's period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Kpi, Measure
from dxsite.site.pages import Link
from dxsite.site.phases import Phase, phases_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One entry: `kind` is `work`, `target` or `period`."""

    span: Span
    text: str
    kind: str = "work"

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The kinds of phase that the text names; a target is none."""
        return phases_of(self.text) if self.kind == "work" else ()

    @property
    def end(self) -> str:
        """`closed`, `open` (以降), `unknown` (the print lost it) or `doubtful` (so are the years)."""
        if self.span.open_end:
            return "open"
        if not self.span.certain:
            return "unknown" if self.span.last is None else "doubtful"
        return "closed"

    @property
    def undated(self) -> bool:
        """Whether the print leaves even the first year open."""
        return self.span.first is None and not self.span.always


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of one measure, or of one named row."""

    label: str | None
    url: str | None
    note: str | None
    bars: tuple[Bar, ...]
    period: Span | None = None
    """The period of the lane's own plan, where plans stand on one axis."""


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """Lanes under one heading; without a heading where there is a single group."""

    title: str | None
    anchor: str | None
    lanes: tuple[Lane, ...]


def of_measure(measure: Measure, link: Link, period: Span | None = None) -> Lane:
    """A measure as one lane; without a schedule it shows its targets."""
    bars = of_schedule(measure)
    note = None
    if not bars:
        bars = [bar for kpi in measure.kpis for bar in _targets(kpi)]
        note = "工程の記載なし（目標値を表示）" if bars else "工程の記載なし"
    return Lane(link.label, link.url, note, tuple(bars), period)


def of_schedule(measure: Measure) -> list[Bar]:
    """The entries of a schedule, in the printed order."""
    return [Bar(entry.span, entry.text or entry.item or "") for entry in measure.schedule]


def axis_of(groups: Iterable[LaneGroup], period: Span) -> list[FiscalYear]:
    """All years of the period, and those outside in which something is planned."""
    spans = [bar.span for group in groups for lane in group.lanes for bar in lane.bars]
    ends = [year for span in [*spans, period] for year in (span.first, span.last)]
    known = [year for year in ends if year is not None]
    return [FiscalYear(year) for year in range(min(known), max(known) + 1)]


def columns(span: Span, years: Sequence[FiscalYear], period: Span) -> tuple[int, int]:
    """First column and the one after the last, as far as the print tells.

    What the plan does 随時 fills the plan's own years, not all columns; what it does 以降
    runs on; where the print lost the end, the plan's own end bounds the drawing.
    """
    if span.always and period.first is not None and period.last is not None:
        span = period
    first = span.first or period.first
    start = 0 if first is None else years.index(first)
    if span.always or span.open_end:
        return start, len(years)
    last = span.last
    if last is None and period.last is not None and period.last >= years[start]:
        last = period.last
    return start, len(years) if last is None else years.index(last) + 1


def certain_years(span: Span, years: Sequence[FiscalYear], period: Span) -> Sequence[FiscalYear]:
    """The years in which the print puts it: of a lost end the first year, of no year none."""
    if span.first is None and not span.always:
        return ()
    start, end = columns(span, years, period)
    lost = span.last is None and not (span.open_end or span.always)
    return years[start : start + 1 if lost else end]


def _targets(kpi: Kpi) -> Iterable[Bar]:
    for key, figure in kpi.targets:
        if key.year is not None and not figure.is_dash:
            span = Span(key.year, key.year, certain=key.certain)
            yield Bar(span, f"目標 {figure.text(kpi.unit)}", "target")
