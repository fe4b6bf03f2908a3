"""The small rows that cross the border of a plan."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.fiscal import FiscalYear
from dxsite.model import Measure
from dxsite.site import promises, words
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in a list; None where the plan does not say."""

    plan: Link
    plan_slug: str
    measure: Link
    number: str | None
    lead: str
    when: str | None
    key_figure: str | None
    departments: str | None
    cost: str | None
    status: str | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan in a list."""

    plan: Link
    slug: str
    reading: str
    prefecture: str
    title: str
    period: str
    lead: str
    stage: str
    """`before`, `during` or `after` the plan's period."""
    this_year: int
    """How many measures hold something for the fiscal year of the build."""
    this_year_url: str
    measures: int
    kpis: int
    terms: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All rows of all plans, in the order of the catalogue."""

    plans: tuple[PlanRow, ...]
    measures: tuple[MeasureRow, ...]
    by_theme: Mapping[str, tuple[MeasureRow, ...]]

    def of_theme(self, theme: str) -> tuple[MeasureRow, ...]:
        """The measures of one theme."""
        return self.by_theme.get(theme, ())

    @property
    def themes(self) -> tuple[Counter[str], ...]:
        """Per plan: theme → how many of its measures have it."""
        counts: dict[str, Counter[str]] = {row.slug: Counter() for row in self.plans}
        for row in self.measures:
            counts[row.plan_slug].update(row.themes)
        return tuple(counts.values())


def overview_of(catalog: Catalog, now: FiscalYear) -> Overview:
    """The rows of a whole catalogue."""
    measures = tuple(measure_row(m, plan) for plan in catalog.plans for m in plan.measures)
    themes: dict[str, list[MeasureRow]] = {}
    for row in measures:
        for theme in row.themes:
            themes.setdefault(theme, []).append(row)
    return Overview(
        tuple(plan_row(plan, now) for plan in catalog.plans),
        measures,
        {theme: tuple(rows) for theme, rows in themes.items()},
    )


def plan_row(plan: Plan, now: FiscalYear) -> PlanRow:
    """One plan as a row; its texts are plain, for it goes where no place is asked for."""
    file = plan.file
    return PlanRow(
        plan=Link(str(file.municipality), urls.plan(plan.slug)),
        slug=str(plan.slug),
        reading=str(file.reading),
        prefecture=str(file.prefecture),
        title=str(file.title),
        period=words.period(file.period),
        lead=words.first_sentence(file.summary),
        stage=promises.stage_of(file.period, now),
        this_year=len(promises.promises_of(plan, now)),
        this_year_url=urls.this_year(plan.slug),
        measures=len(plan.measures),
        kpis=sum(len(m.kpis) for m in plan.measures),
        terms=len(plan.terms),
    )


def measure_row(measure: Measure, plan: Plan) -> MeasureRow:
    """One measure as a row, worked out once."""
    row: MeasureRow | None = plan.worked_out.get(f"row {measure.id}")
    if row is None:
        row = plan.worked_out[f"row {measure.id}"] = _measure_row(measure, plan)
    return row


def _measure_row(measure: Measure, plan: Plan) -> MeasureRow:
    return MeasureRow(
        plan=Link(plan.file.municipality, urls.plan(plan.slug)),
        plan_slug=plan.slug,
        measure=Link(measure.title, urls.measure(plan.slug, measure.id)),
        number=measure.number,
        lead=words.first_sentence(measure.summary),
        when=words.when([entry.span for entry in measure.schedule])
        or words.when_of_targets(measure.kpis)
        or (measure.schedule[0].span.label if measure.schedule else None),
        key_figure=words.key_figure(measure.kpis),
        departments=words.departments(measure),
        cost=_cost(measure),
        status=measure.status,
        themes=tuple(map(str, measure.themes)),
    )


def _cost(measure: Measure) -> str | None:
    if not measure.costs:
        return None
    amounts = [a.thousand_yen for _, a in measure.costs if a.thousand_yen is not None]
    return words.planned(sum(amounts) if amounts else None)
