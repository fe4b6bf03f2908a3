"""KPIs as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.charts.drawing import Drawing
from dxsite.charts.kpis import Subject, Value, kpi_chart
from dxsite.figures import Figure, grouped
from dxsite.fiscal import FiscalYear, both_calendars, year_told
from dxsite.model import Kpi, Measure
from dxsite.site import words
from dxsite.site.pages import Link
from dxsite.site.shares import reached, whole_of
from dxsite.site.standings import StandingView, standing_of


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
    chart: Drawing | None
    chart_url: str | None
    """The chart as a file."""
    single: bool
    """Whether one number is all there is: it is large, and no chart."""
    reached: str | None
    """How much of a year's target its actual is; None where nobody reported."""
    standing: StandingView | None
    """Its target against what was reported; None in a plan of which nobody reported anything."""
    last_actual: str | None
    last_actual_when: str | None
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
    name, years = f"kpis {measure.id}", tuple(axis)
    views: tuple[KpiView, ...] | None = plan.worked_out.get(name)
    if views is None:
        views = tuple(_view(kpi, measure, plan) for kpi in measure.kpis)
        plan.worked_out[name] = views
    if not years:
        return views
    return tuple(
        replace(view, years=tuple(_year_cell(year, kpi) for year in years))
        for view, kpi in zip(views, measure.kpis, strict=True)
    )


def _view(kpi: Kpi, measure: Measure, plan: Plan) -> KpiView:
    targets = [(key, figure) for key, figure in kpi.targets if not figure.is_dash]
    last = kpi.last_target
    newest = max(kpi.actuals, key=lambda entry: entry[0].year or 0, default=None)
    yearless = next((f.text(kpi.unit) for key, f in targets if key.year is None), None)
    label = kpi.label or "指標は未定"
    chart = kpi_chart(_subject(kpi, f"{label}（{plan.file.municipality}）"))
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
        chart=chart,
        chart_url=urls.kpi_chart(plan.slug, measure.id, kpi.id) if chart else None,
        single=_is_single(kpi),
        reached=_reached(kpi),
        standing=standing_of(kpi, plan),
        last_actual=newest[1].text(kpi.unit) if newest else None,
        last_actual_when=words.target_year(newest[0]) if newest else None,
        baseline=kpi.baseline.figure.text(kpi.unit) if kpi.baseline else None,
        baseline_when=_when(kpi.baseline.as_of) if kpi.baseline else None,
        last_target=last[1].text(kpi.unit) if last else None,
        last_target_when=words.target_year(last[0]) if last else None,
        last_target_certain=last[0].certain if last else True,
        headline=words.dated(last[1].text(kpi.unit), last[0]) if last else None,
        years=(),
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


def _subject(kpi: Kpi, title: str) -> Subject:
    """What there is to draw; a target without a year has no place on an axis of years."""
    values = []
    if kpi.baseline:
        figure = kpi.baseline.figure
        year = year_told(kpi.baseline.as_of) if kpi.baseline.as_of else None
        value = _value("baseline", year, figure, kpi.unit, certain=True)
        values.append(replace(value, when=kpi.baseline.as_of))
    for kind, entries in (("target", kpi.targets), ("actual", kpi.actuals)):
        values += [
            _value(kind, key.year, figure, kpi.unit, certain=key.certain)
            for key, figure in entries
            if key.year is not None
        ]
    direction = words.DIRECTIONS.get(kpi.direction or "")
    return Subject(title, direction, kpi.unit, tuple(values), whole_of(kpi))


def _value(
    kind: str, year: FiscalYear | None, figure: Figure, unit: str | None, *, certain: bool
) -> Value:
    text = figure.text(unit)
    if figure.number is None:
        return Value(kind, year, text, certain=certain, is_dash=figure.is_dash)
    if figure.of is not None:  # the chart says the denominator once
        text = f"{grouped(figure.number)}{unit or ''}"
    return Value(kind, year, text, _short(figure), figure.number, certain)


def _is_single(kpi: Kpi) -> bool:
    told = [figure for _, figure in (*kpi.targets, *kpi.actuals) if not figure.is_dash]
    told += [kpi.baseline.figure] if kpi.baseline else []
    return len(told) == 1 and told[0].number is not None


_LIMITS = {">=": "以上", "<=": "以内"}


def _short(figure: Figure) -> str:
    """The number and what limits it, without the unit: 約5, 80以上."""
    before = "約" if "約" in figure.before else figure.before if figure.before in ("▲", "△") else ""
    after = figure.after or _LIMITS.get(figure.operator or "", "")
    return f"{before}{grouped(figure.number or 0)}{after}"


def _reached(kpi: Kpi) -> str | None:
    """令和7年度の実績は、目標の88%です。"""
    found = reached(kpi)
    if found is None:
        return None
    return f"{FiscalYear(found[0]).both}の実績は、その年度の目標の{found[1]}%です。"


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
