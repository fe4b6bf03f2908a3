"""Plans the page of a measure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear
from dxsite.model import Measure, SiteSettings, Table, Theme
from dxsite.numerals import thousand_yen
from dxsite.site import changes, indicators, timelines, words
from dxsite.site.areas import Surroundings
from dxsite.site.changes import MeasureChange
from dxsite.site.indicators import KpiView
from dxsite.site.overview import MeasureRow, measure_row
from dxsite.site.pages import Later, Link, Page, Picture
from dxsite.site.revisions import RevisionView, revision_of
from dxsite.site.timelines import Timeline


@dataclass(frozen=True, slots=True)
class CostCell:
    """One year of costs; `－` in the plan differs from 0."""

    year: str
    amount: str


@dataclass(frozen=True, slots=True)
class ThemeOthers:
    """What other plans do about a theme of this measure; None where the theme's page tells it."""

    theme: Link
    measures: tuple[MeasureRow, ...] | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where it is written."""

    document: str
    section: str
    page: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class MeasureView:
    """Everything that a measure's page shows."""

    plan: Link
    prefecture: str
    plan_title: str
    number: str | None
    status: str | None
    row: MeasureRow
    ancestry: tuple[tuple[Link, ...], ...]
    themes: tuple[Link, ...]
    departments: str | None
    summary: str
    sections: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]
    timeline: Timeline | None
    kpis: tuple[KpiView, ...]
    costs: tuple[CostCell, ...]
    cost_total: str | None
    tables: tuple[Table, ...]
    footnotes: tuple[str, ...]
    notes: tuple[str, ...]
    terms: tuple[Link, ...]
    others: tuple[ThemeOthers, ...]
    related: tuple[Link, ...]
    previous: Link | None
    following: Link | None
    source: SourceView
    source_words: tuple[str, ...]
    updated: str
    revision: RevisionView | None
    report_url: str | None
    edit_url: str | None
    json_url: str
    changes: tuple[MeasureChange, ...]
    """What earlier revisions had otherwise, the newest first."""


def measure_pages(
    plan: Plan,
    surroundings: Surroundings,
    themes: Sequence[Theme],
    site: SiteSettings,
    now: FiscalYear,
) -> Iterator[Page]:
    """A page per measure, in the order of the plan."""
    branch = surroundings.branch
    links = {str(theme.id): Link(theme.title, branch.theme(theme.id)) for theme in themes}
    for index, measure in enumerate(plan.measures):
        neighbours = (_neighbour(plan, index - 1), _neighbour(plan, index + 1))
        yield Page(
            url=urls.measure(plan.slug, measure.id),
            template="measure.html",
            title=measure.title,
            description=words.first_sentence(measure.summary),
            crumbs=(
                *surroundings.trail,
                Link(plan.file.municipality, urls.plan(plan.slug)),
            ),
            view=Later(_view, measure, plan, site, links, surroundings, neighbours, now),
            section=urls.plan(plan.slug),
            plan=plan.slug,
            updated=measure.updated,
            origin=measure.place,
            pictures=tuple(_pictures(measure, plan)),
            branch=branch,
            readings=surroundings.readings,
        )


def _pictures(measure: Measure, plan: Plan) -> Iterator[Picture]:
    origin = _source(measure, plan)
    source = f"{origin.document}「{origin.section}」"
    for kpi in indicators.views_of(measure, plan):
        if kpi.chart and kpi.chart_url:
            yield Picture(kpi.chart_url, kpi.chart, source)


def _view(
    measure: Measure,
    plan: Plan,
    site: SiteSettings,
    themes: Mapping[str, Link],
    surroundings: Surroundings,
    neighbours: tuple[Link | None, Link | None],
    now: FiscalYear,
) -> MeasureView:
    file = plan.file
    return MeasureView(
        plan=Link(file.municipality, urls.plan(plan.slug)),
        prefecture=file.prefecture,
        plan_title=file.title,
        number=measure.number,
        status=measure.status,
        row=measure_row(measure, plan),
        ancestry=tuple(ancestry(plan, code) for code in measure.parents),
        themes=tuple(themes[t] for t in measure.themes),
        departments=words.departments(measure),
        summary=measure.summary,
        sections=measure.sections,
        outcomes=measure.outcomes,
        timeline=timelines.of_measure(measure, file.period, now),
        kpis=indicators.views_of(measure, plan),
        costs=tuple(cost_cells(measure)),
        cost_total=_cost_total(measure),
        tables=measure.tables,
        footnotes=measure.footnotes,
        notes=measure.told,
        terms=tuple(_terms(measure, plan, surroundings)),
        others=tuple(_others(measure, themes, surroundings)),
        related=tuple(_related(measure, surroundings)),
        previous=neighbours[0],
        following=neighbours[1],
        source=_source(measure, plan),
        source_words=measure.source_words,
        updated=words.day(measure.updated),
        revision=revision_of(plan, f"measures/{measure.id}.yaml", site),
        report_url=_report_url(site, plan, measure),
        edit_url=_edit_url(site, measure),
        json_url=urls.measure_json(plan.slug, measure.id),
        changes=changes.of_measure(measure.id, plan),
    )


def ancestry(plan: Plan, code: str) -> tuple[Link, ...]:
    """The nodes from the top of the structure down to `code`."""
    nodes = {str(node.code): (number, node) for number, node in enumerate(plan.file.structure, 1)}
    path: list[Link] = []
    current: str | None = code
    while current is not None:
        number, node = nodes[current]
        path.insert(
            0, Link(node_label(node.code, node.level, node.title), urls.node(plan.slug, number))
        )
        current = node.parent
    return tuple(path)


def node_label(code: str, level: str | None, title: str | None) -> str:
    """方針1 … or 1-(1) …; a code that begins with its level is not said twice."""
    head = f"{level}{code}" if level and level not in code else code
    return f"{head} {title}" if title else head


def _neighbour(plan: Plan, index: int) -> Link | None:
    if not 0 <= index < len(plan.measures):
        return None
    measure = plan.measures[index]
    return Link(measure.title, urls.measure(plan.slug, measure.id))


def cost_cells(measure: Measure) -> Iterator[CostCell]:
    """What the plan prints for each year, with its mark, for the page that has the footnotes too."""
    for key, amount in measure.costs:
        year = key.year.both if key.year else words.NOT_STATED
        yield CostCell(year, words.planned(amount.thousand_yen) + (amount.footnote or ""))


def _cost_total(measure: Measure) -> str | None:
    amounts = [a.thousand_yen for _, a in measure.costs if a.thousand_yen is not None]
    return thousand_yen(sum(amounts)) if len(amounts) > 1 else None


def _terms(measure: Measure, plan: Plan, surroundings: Surroundings) -> Iterator[Link]:
    names = {str(term.id): term.term for term in plan.terms}
    for id_ in measure.terms:
        yield Link(names[id_], surroundings.branch.term(id_))


def _others(
    measure: Measure, themes: Mapping[str, Link], surroundings: Surroundings
) -> Iterator[ThemeOthers]:
    for id_ in measure.themes:
        others = surroundings.others
        yield ThemeOthers(themes[id_], None if others is None else others.get(id_, ()))


def _related(measure: Measure, surroundings: Surroundings) -> Iterator[Link]:
    for name in measure.related:
        if name in surroundings.related:  # a draft may be named before it is published
            yield surroundings.related[name]


def _source(measure: Measure, plan: Plan) -> SourceView:
    document = plan.file.document
    page = (
        f"（計画の目次では{measure.source.page}ページから）"
        if measure.source.page is not None
        else None
    )
    return SourceView(
        measure.source.document or document.title, measure.source.section, page, document.url
    )


def _report_url(site: SiteSettings, plan: Plan, measure: Measure) -> str | None:
    if not site.repository:
        return None
    title = f"{plan.file.municipality}「{measure.title}」の誤り"
    return f"{site.repository}/issues/new?title={_quoted(title)}"


def _edit_url(site: SiteSettings, measure: Measure) -> str | None:
    if not site.repository:
        return None
    return f"{site.repository}/edit/{site.branch}/{measure.place.path}"


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def grouped_by_structure(plan: Plan) -> list[tuple[str, Sequence[Measure]]]:
    """Measures under the top node of their first parent, in the order of the structure."""
    order = {str(node.code): number for number, node in enumerate(plan.file.structure)}
    top = {measure.id: top_of(plan, measure.parents[0]) for measure in plan.measures}
    ranked = sorted(plan.measures, key=lambda m: (order[top[m.id]], m.order, m.id))
    labels = {str(n.code): node_label(n.code, n.level, n.title) for n in plan.file.structure}
    return [
        (labels[code], tuple(group))
        for code, group in groupby(ranked, key=lambda measure: top[measure.id])
    ]


def top_of(plan: Plan, code: str) -> str:
    """The node at the top of the structure over `code`."""
    parents = {str(node.code): node.parent for node in plan.file.structure}
    while (parent := parents[code]) is not None:
        code = parent
    return str(code)
