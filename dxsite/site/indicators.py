"""KPIs as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.dates import YearKey
from dxsite.figures import Figure, Number
from dxsite.fiscal import FiscalYear, both_calendars
from dxsite.model import Kpi, Measure
from dxsite.site import words
from dxsite.site.charts import Chart, Point, bar_chart
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One line of a KPI's table. `kind` is 現状, 目標 or 実績."""

    kind: str
    when: str
    text: str
    certain: bool
    is_dash: bool


@dataclass(frozen=True, slots=True)
class YearCell:
    """A target in the column of its year; empty text where the plan gives none."""

    year: FiscalYear
    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI with everything that a page may say of it."""

    id: str
    url: str
    label: str
    kind: str
    unit: str | None
    direction: str | None
    cumulative: str | None
    pending: bool
    note: str | None
    same_as: Link | None
    rows: tuple[ValueRow, ...]
    chart: Chart | None
    baseline: str | None
    baseline_when: str | None
    last_target: str | None
    last_target_when: str | None
    last_target_certain: bool
    headline: str | None
    """The last target with its year, in one phrase."""
    years: tuple[YearCell, ...]
    """Targets on the axis of the page; empty where the page has no axis."""
    yearless: str | None
    """A target that holds without a year."""
    measure: Link
    plan: Link


def views_of(measure: Measure, plan: Plan, axis: Iterable[FiscalYear] = ()) -> tuple[KpiView, ...]:
    """All KPIs of a measure, in order."""
    years = tuple(axis)
    return tuple(_view(kpi, measure, plan, years) for kpi in measure.kpis)


def _view(kpi: Kpi, measure: Measure, plan: Plan, axis: tuple[FiscalYear, ...]) -> KpiView:
    targets = [(key, figure) for key, figure in kpi.targets if not figure.is_dash]
    last = kpi.last_target
    yearless = next((f.text(kpi.unit) for key, f in targets if key.year is None), None)
    label = kpi.label or "指標は未定"
    return KpiView(
        id=kpi.id,
        url=urls.kpi(plan.slug, measure.id, kpi.id),
        label=label,
        kind=kpi.kind,
        unit=kpi.unit,
        direction=words.DIRECTIONS.get(kpi.direction or ""),
        cumulative={True: "累計", False: "年度ごと", None: None}[kpi.cumulative],
        pending=kpi.pending,
        note=kpi.note,
        same_as=_same_as(kpi, plan),
        rows=tuple(_rows(kpi)),
        chart=bar_chart(label, *_points(kpi)),
        baseline=kpi.baseline.figure.text(kpi.unit) if kpi.baseline else None,
        baseline_when=_when(kpi.baseline.as_of) if kpi.baseline else None,
        last_target=last[1].text(kpi.unit) if last else None,
        last_target_when=words.target_year(last[0]) if last else None,
        last_target_certain=last[0].certain if last else True,
        headline=words.dated(last[1].text(kpi.unit), last[0]) if last else None,
        years=tuple(_year_cell(year, kpi) for year in axis),
        yearless=yearless,
        measure=Link(measure.title, urls.measure(plan.slug, measure.id)),
        plan=Link(plan.file.municipality, urls.plan(plan.slug)),
    )


def _rows(kpi: Kpi) -> Iterable[ValueRow]:
    if kpi.baseline:
        figure = kpi.baseline.figure
        when = _when(kpi.baseline.as_of) or "時点の記載なし"
        yield ValueRow("現状", when, _marked(figure, kpi.unit), True, figure.is_dash)
    for kind, values in (("目標", kpi.targets), ("実績", kpi.actuals)):
        for key, figure in values:
            when = words.target_year(key)
            yield ValueRow(kind, when, _marked(figure, kpi.unit), key.certain, figure.is_dash)


def _when(as_of: str | None) -> str | None:
    return both_calendars(as_of) if as_of else None


def _marked(figure: Figure, unit: str | None) -> str:
    """The figure with its mark, for the page that has the footnotes too."""
    text = "目標なし（－）" if figure.is_dash else figure.text(unit)
    return text + (figure.footnote or "")


def _points(kpi: Kpi) -> tuple[list[Point], Number | None]:
    """The numbers worth drawing, and the denominator that they share."""
    points = []
    if kpi.baseline and kpi.baseline.figure.number is not None:
        figure = kpi.baseline.figure
        points.append(Point("現状", figure.text(kpi.unit), figure.number or 0, "baseline"))
    numbered: list[tuple[str, YearKey, Figure]] = [
        *(("target", key, figure) for key, figure in kpi.targets),
        *(("actual", key, figure) for key, figure in kpi.actuals),
    ]
    for kind, key, figure in sorted(numbered, key=lambda n: (n[1].year or 0, n[0])):
        if figure.number is not None and key.year is not None:
            name = key.year.era if key.certain else f"{key.year.era}？"
            text = figure.text(kpi.unit) if figure.of is None else _numerator(figure, kpi.unit)
            points.append(Point(name, text, figure.number, kind, key.certain))
    shared = {figure.of for _, _, figure in numbered if figure.number is not None}
    return points, shared.pop() if len(shared) == 1 else None


def _numerator(figure: Figure, unit: str | None) -> str:
    """The first half of a fraction; the chart says the denominator once."""
    return f"{figure.number:,}{unit or ''}"


def _year_cell(year: FiscalYear, kpi: Kpi) -> YearCell:
    for key, figure in kpi.targets:
        if key.year == year:
            return YearCell(year, figure.text(kpi.unit), key.certain)
    return YearCell(year, "", certain=True)


def _same_as(kpi: Kpi, plan: Plan) -> Link | None:
    if not kpi.same_as:
        return None
    measure_id, _, kpi_id = kpi.same_as.partition("/")
    measure = next(m for m in plan.measures if m.id == measure_id)
    return Link(measure.title, urls.kpi(plan.slug, measure_id, kpi_id))
