"""A whole plan in one piece, to be printed or kept as one file."""

from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.model import Measure, PlanFile, Term
from dxsite.site import indicators, words
from dxsite.site.glossary import by_reading
from dxsite.site.indicators import KpiView
from dxsite.site.measures import CostCell, cost_cells, grouped_by_structure
from dxsite.site.overview import MeasureRow, measure_row
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class BookletStep:
    """One entry of a schedule, in words."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class BookletEntry:
    """One measure; `anchor` is what the contents lead to."""

    anchor: str
    row: MeasureRow
    measure: Measure
    steps: tuple[BookletStep, ...]
    kpis: tuple[KpiView, ...]
    costs: tuple[CostCell, ...]


@dataclass(frozen=True, slots=True)
class BookletPart:
    """The measures under one top node of the structure."""

    title: str
    entries: tuple[BookletEntry, ...]


@dataclass(frozen=True, slots=True)
class BookletView:
    """A plan from cover to glossary."""

    plan: Link
    file: PlanFile
    period: str
    established: str
    revised: str | None
    updated: str
    parts: tuple[BookletPart, ...]
    terms: tuple[Term, ...]


def booklet_of(plan: Plan) -> BookletView:
    """Every measure in the order of the structure, then every term by its reading."""
    file = plan.file
    parts = tuple(
        BookletPart(title, tuple(_entry(measure, plan) for measure in measures))
        for title, measures in grouped_by_structure(plan)
    )
    return BookletView(
        plan=Link(file.municipality, urls.plan(plan.slug)),
        file=file,
        period=words.period(file.period),
        established=words.month(file.established),
        revised=words.month(file.revised) if file.revised else None,
        updated=words.day(file.updated),
        parts=parts,
        terms=by_reading(plan.terms),
    )


def _entry(measure: Measure, plan: Plan) -> BookletEntry:
    steps = (BookletStep(entry.span.label, words.step(entry)) for entry in measure.schedule)
    return BookletEntry(
        anchor=f"measure-{measure.id}",
        row=measure_row(measure, plan),
        measure=measure,
        steps=tuple(steps),
        kpis=indicators.views_of(measure, plan),
        costs=tuple(cost_cells(measure)),
    )
