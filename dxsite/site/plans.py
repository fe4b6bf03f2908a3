"""Plans the pages of one plan: itself, its KPIs, its terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear
from dxsite.model import FutureMeasure, PlanFile, Role, SiteSettings, StructureNode, Term
from dxsite.site import changes, indicators, words
from dxsite.site.areas import Surroundings
from dxsite.site.booklet import booklet_of
from dxsite.site.finances import FinancesView, finances_of
from dxsite.site.glossary import by_reading
from dxsite.site.indicators import KpiView
from dxsite.site.measures import grouped_by_structure, node_label
from dxsite.site.overview import MeasureRow, PlanRow, measure_row, plan_row
from dxsite.site.pages import Later, Link, Page, Picture
from dxsite.site.priorities import PrioritiesView, priorities_of
from dxsite.site.reviews import ReviewView, reviews_of
from dxsite.site.revisions import RevisionView, revision_of
from dxsite.site.standings import StandingsView, standings_of
from dxsite.site.thisyear import this_year_of


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
class PlanView:
    """Everything that a plan's page shows."""

    file: PlanFile
    period: str
    established: str
    revised: str | None
    updated: str
    revision: RevisionView | None
    measures: int
    kpis: int
    terms: int
    structure: tuple[NodeView, ...]
    key_kpis: tuple[KpiView, ...]
    row: PlanRow
    """The same as the catalogue shows it, with what this year holds."""
    roadmap_url: str
    kpis_url: str
    glossary_url: str
    chapters: tuple[ChapterView, ...]
    reviews: tuple[ReviewView, ...]
    finances: FinancesView | None
    roles: tuple[Role, ...]
    priorities: PrioritiesView | None
    future: tuple[FutureMeasure, ...]
    steps: int
    """How many times it was revised, as far as earlier revisions are kept."""
    standings: StandingsView | None


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
    standings: StandingsView | None
    """None where nobody reported anything; then there is no column."""


@dataclass(frozen=True, slots=True)
class PlanGlossaryView:
    """The terms that a plan explains, by reading."""

    plan: Link
    terms: tuple[Term, ...]
    names: dict[str, str]
    """Id → term, for "see" and nested terms."""


def plan_pages(
    plan: Plan, surroundings: Surroundings, site: SiteSettings, now: FiscalYear
) -> Iterator[Page]:
    """The pages of one plan, those of its measures and its roadmap aside."""
    trail = surroundings.trail
    own = Link(plan.file.municipality, urls.plan(plan.slug))
    for url, template, title, text, view in _sheets(plan, own, site, now):
        yield Page(
            url,
            template,
            title,
            text,
            trail if url == own.url else (*trail, own),
            view,
            section=own.url,
            plan=plan.slug,
            updated=plan.file.updated,
            origin=plan.file.place,
            repeats=template in ("booklet.html", "plan-changes.html"),
            pictures=tuple(_pictures(plan)) if url == own.url else (),
            branch=surroundings.branch,
            readings=surroundings.readings,
        )


def _sheets(
    plan: Plan, own: Link, site: SiteSettings, now: FiscalYear
) -> Iterator[tuple[str, str, str, str, Later]]:
    """Address, template, title, description, view."""
    slug, file, town = plan.slug, plan.file, plan.file.municipality
    name = f"{town}の{file.title.removeprefix(town)}"
    lead = words.first_sentence(file.summary)
    yield own.url, "plan.html", file.title, lead, Later(_view, plan, site, now)
    text = f"{name}が{now.both}に行うとしていることと、その年度の目標です。"
    view = Later(this_year_of, plan, now)
    yield urls.this_year(slug), "this-year.html", f"{town}の今年度の予定", text, view
    text = f"{name}の評価指標（KPI）と目標値の一覧です。"
    view = Later(_kpis_view, plan, own, now)
    yield urls.plan_kpis(slug), "plan-kpis.html", f"{town}の数値目標", text, view
    text = f"{name}が説明している用語の一覧です。"
    view = Later(_glossary_view, plan, own)
    yield urls.plan_glossary(slug), "plan-glossary.html", f"{town}の用語集", text, view
    text = f"{name}が改定でどう変わったか、前の計画の取組がどうなったかをまとめています。"
    view = Later(changes.changes_of, plan)
    yield urls.plan_changes(slug), "plan-changes.html", f"{town}の計画の変更", text, view
    text = f"{name}の全施策を一つにまとめた、印刷のためのページです。"
    yield (
        urls.plan_booklet(slug),
        "booklet.html",
        f"{file.title}の冊子",
        text,
        Later(booklet_of, plan),
    )


def _view(plan: Plan, site: SiteSettings, now: FiscalYear) -> PlanView:
    file = plan.file
    kpis = [kpi for measure in plan.measures for kpi in indicators.views_of(measure, plan)]
    return PlanView(
        file=file,
        period=words.period(file.period),
        established=words.month(file.established),
        revised=words.month(file.revised) if file.revised else None,
        updated=words.day(file.updated),
        revision=revision_of(plan, "plan.yaml", site),
        measures=len(plan.measures),
        kpis=len(kpis),
        terms=len(plan.terms),
        structure=tuple(_nodes(plan)),
        key_kpis=tuple(kpi for kpi in kpis if kpi.chart)[:4],
        row=plan_row(plan, now),
        roadmap_url=urls.roadmap(plan.slug),
        kpis_url=urls.plan_kpis(plan.slug),
        glossary_url=urls.plan_glossary(plan.slug),
        chapters=tuple(
            ChapterView(f"chapter-{c.id}", c.title, c.text, c.source) for c in file.chapters
        ),
        reviews=tuple(reviews_of(plan)),
        finances=finances_of(plan),
        roles=file.roles,
        priorities=priorities_of(plan),
        future=file.future_measures,
        steps=len(plan.revisions),
        standings=standings_of(kpi.standing for kpi in kpis),
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


def _pictures(plan: Plan) -> Iterator[Picture]:
    source = plan.file.document.title
    for part in (finances_of(plan), priorities_of(plan)):
        if part and part.chart:
            yield Picture(part.chart_url, part.chart, source)


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
        standings_of(kpi.standing for kpi in shown),
    )


def _glossary_view(plan: Plan, own: Link) -> PlanGlossaryView:
    return PlanGlossaryView(own, by_reading(plan.terms), {str(t.id): t.term for t in plan.terms})
