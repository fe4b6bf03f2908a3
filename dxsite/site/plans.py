"""Plans the pages of one plan: itself, its roadmap, its KPIs, its terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear
from dxsite.model import FutureMeasure, PlanFile, Role, StructureNode, Term
from dxsite.site import indicators, timelines, words
from dxsite.site.finances import FinancesView, finances_of
from dxsite.site.indicators import KpiView
from dxsite.site.measures import grouped_by_structure, node_label
from dxsite.site.overview import MeasureRow, measure_row
from dxsite.site.pages import Link, Page, Picture
from dxsite.site.priorities import PrioritiesView, priorities_of
from dxsite.site.timelines import Timeline


@dataclass(frozen=True, slots=True)
class NodeView:
    """One node of the structure with the measures that stand directly under it."""

    anchor: str
    label: str
    depth: int
    """0 for the top level."""
    text: str | None
    measures: tuple[MeasureRow, ...]
    again: tuple[Link, ...]
    """Measures that stand here too, but were shown further up."""


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter's summary."""

    anchor: str
    title: str
    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An item of the earlier plan."""

    number: int
    title: str
    status: str | None
    results: tuple[str, ...]
    successors: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that a plan's page shows."""

    file: PlanFile
    period: str
    established: str
    revised: str | None
    updated: str
    measures: int
    kpis: int
    terms: int
    structure: tuple[NodeView, ...]
    key_kpis: tuple[KpiView, ...]
    roadmap_url: str
    kpis_url: str
    glossary_url: str
    chapters: tuple[ChapterView, ...]
    reviews: tuple[ReviewView, ...]
    finances: FinancesView | None
    roles: tuple[Role, ...]
    priorities: PrioritiesView | None
    future: tuple[FutureMeasure, ...]


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """All measures on one axis, and the roadmap that the plan itself prints."""

    plan: Link
    measures: Timeline
    printed: Timeline | None


@dataclass(frozen=True, slots=True)
class KpiGroup:
    """KPIs under one node of the structure."""

    title: str
    kpis: tuple[KpiView, ...]


@dataclass(frozen=True, slots=True)
class PlanKpisView:
    """All KPIs of a plan, with their targets on one axis."""

    plan: Link
    axis: tuple[FiscalYear, ...]
    now: FiscalYear
    groups: tuple[KpiGroup, ...]
    without: tuple[Link, ...]
    """Measures for which the plan prints no KPI."""
    has_baseline: bool
    has_yearless: bool
    """Whether any KPI needs the column."""


@dataclass(frozen=True, slots=True)
class PlanGlossaryView:
    """The terms that a plan explains, by reading."""

    plan: Link
    terms: tuple[Term, ...]
    names: dict[str, str]
    """Id → term, for "see" and nested terms."""


def plan_pages(plan: Plan, now: FiscalYear) -> Iterator[Page]:
    """The pages of one plan, its measures' pages aside."""
    home = Link("ホーム", urls.HOME)
    own = Link(plan.file.municipality, urls.plan(plan.slug))
    name = f"{plan.file.municipality}の{plan.file.title.removeprefix(plan.file.municipality)}"

    def page(url: str, template: str, title: str, text: str, view: object) -> Page:
        crumbs = (home,) if url == own.url else (home, own)
        return Page(
            url,
            template,
            title,
            text,
            crumbs,
            view,
            section=own.url,
            plan=plan.slug,
            updated=plan.file.updated,
            origin=plan.file.place,
            pictures=tuple(_pictures(view)) if isinstance(view, PlanView) else (),
        )

    lead = words.first_sentence(plan.file.summary)
    yield page(own.url, "plan.html", plan.file.title, lead, _view(plan))
    yield page(
        urls.roadmap(plan.slug),
        "roadmap.html",
        f"{plan.file.municipality}の工程一覧",
        f"{name}の全施策の工程を、一つの年度の軸に並べた表です。",
        _roadmap_view(plan, own, now),
    )
    yield page(
        urls.plan_kpis(plan.slug),
        "plan-kpis.html",
        f"{plan.file.municipality}の数値目標",
        f"{name}の評価指標（KPI）と目標値の一覧です。",
        _kpis_view(plan, own, now),
    )
    yield page(
        urls.plan_glossary(plan.slug),
        "plan-glossary.html",
        f"{plan.file.municipality}の用語集",
        f"{name}が説明している用語の一覧です。",
        _glossary_view(plan, own),
    )


def _view(plan: Plan) -> PlanView:
    file = plan.file
    kpis = [kpi for measure in plan.measures for kpi in indicators.views_of(measure, plan)]
    return PlanView(
        file=file,
        period=words.period(file.period),
        established=words.month(file.established),
        revised=words.month(file.revised) if file.revised else None,
        updated=words.day(file.updated),
        measures=len(plan.measures),
        kpis=len(kpis),
        terms=len(plan.terms),
        structure=tuple(_nodes(plan)),
        key_kpis=tuple(kpi for kpi in kpis if kpi.chart)[:4],
        roadmap_url=urls.roadmap(plan.slug),
        kpis_url=urls.plan_kpis(plan.slug),
        glossary_url=urls.plan_glossary(plan.slug),
        chapters=tuple(
            ChapterView(f"chapter-{c.id}", c.title, c.text, c.source) for c in file.chapters
        ),
        reviews=tuple(_reviews(plan)),
        finances=finances_of(plan),
        roles=file.roles,
        priorities=priorities_of(plan),
        future=file.future_measures,
    )


def _nodes(plan: Plan) -> Iterator[NodeView]:
    shown: set[str] = set()
    for number, node, depth in _tree(plan.file.structure, None, 0):
        here = [measure for measure in plan.measures if node.code in measure.parents]
        rows = tuple(measure_row(m, plan) for m in here if m.id not in shown)
        again = tuple(Link(m.title, urls.measure(plan.slug, m.id)) for m in here if m.id in shown)
        shown |= {measure.id for measure in here}
        label = node_label(node.code, node.level, node.title)
        yield NodeView(f"node-{number}", label, depth, node.text, rows, again)


def _tree(
    structure: Sequence[StructureNode], parent: str | None, depth: int
) -> Iterator[tuple[int, StructureNode, int]]:
    """(number in the file, node, depth): every node followed by those under it."""
    for number, node in enumerate(structure, 1):
        if node.parent == parent:
            yield number, node, depth
            yield from _tree(structure, node.code, depth + 1)


def _reviews(plan: Plan) -> Iterator[ReviewView]:
    titles = {m.id: m.title for m in plan.measures}
    for review in plan.file.reviews:
        links = (
            Link(titles[name], urls.measure(plan.slug, name))
            for name in review.successors
            if name in titles
        )
        yield ReviewView(review.number, review.title, review.status, review.results, tuple(links))


def _pictures(view: PlanView) -> Iterator[Picture]:
    source = view.file.document.title
    for part in (view.finances, view.priorities):
        if part and part.chart:
            yield Picture(part.chart_url, part.chart, source)


def _roadmap_view(plan: Plan, own: Link, now: FiscalYear) -> RoadmapView:
    groups = [
        (title, [(m, Link(m.title, urls.measure(plan.slug, m.id))) for m in measures])
        for title, measures in grouped_by_structure(plan)
    ]
    period = plan.file.period
    printed = None
    if plan.file.roadmap:
        printed = timelines.of_roadmap(plan.file.roadmap, plan.file.title, period, now)
    return RoadmapView(own, timelines.of_plan(groups, plan.file.title, period, now), printed)


def _kpis_view(plan: Plan, own: Link, now: FiscalYear) -> PlanKpisView:
    years = [key.year for m in plan.measures for kpi in m.kpis for key, _ in kpi.targets]
    known = [year for year in years if year is not None]
    axis = tuple(FiscalYear(y) for y in range(min(known), max(known) + 1)) if known else ()
    groups = []
    for title, measures in grouped_by_structure(plan):
        kpis = [kpi for m in measures for kpi in indicators.views_of(m, plan, axis)]
        if kpis:
            groups.append(KpiGroup(title, tuple(kpis)))
    without = (Link(m.title, urls.measure(plan.slug, m.id)) for m in plan.measures if not m.kpis)
    shown = [kpi for group in groups for kpi in group.kpis]
    return PlanKpisView(
        own,
        axis,
        now,
        tuple(groups),
        tuple(without),
        any(kpi.baseline for kpi in shown),
        any(kpi.yearless for kpi in shown),
    )


def _glossary_view(plan: Plan, own: Link) -> PlanGlossaryView:
    ordered = sorted(plan.terms, key=lambda term: (term.reading or term.term, term.id))
    return PlanGlossaryView(own, tuple(ordered), {str(t.id): t.term for t in plan.terms})
