"""What can be found in one plan, and by which words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Kpi, Measure
from dxsite.numerals import thousand_yen
from dxsite.search.prose import plain
from dxsite.site import indicators, words
from dxsite.site.indicators import KpiView
from dxsite.site.measures import ancestry, node_label
from dxsite.site.timelines import years_of


class Field(Enum):
    """A part of a record and its weight, the weightiest first."""

    TITLE = ("title", 10.0)
    PLACE = ("place", 4.0)
    DEPARTMENT = ("department", 4.0)
    HEADING = ("heading", 2.0)
    FIGURE = ("figure", 2.0)
    SCHEDULE = ("schedule", 2.0)
    BODY = ("body", 1.0)
    SOURCE_WORDS = ("words", 0.5)
    WHEN = ("when", 0.3)
    PATH = ("path", 0.3)
    LABEL = ("label", 0.3)

    @property
    def weight(self) -> float:
        """How much a hit in this part counts."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a search may lead to.

    1. `kind` is one of `site.catalogue.KINDS`.
    2. `lines` come in the order of `Field`: the first place of a word tells how much it matters.
    """

    url: str
    kind: str
    plans: tuple[str, ...]
    themes: tuple[str, ...]
    departments: tuple[str, ...]
    years: tuple[FiscalYear, ...]
    statuses: tuple[str, ...]
    lines: tuple[tuple[Field, str], ...]
    prefectures: tuple[str, ...] = ()
    """Where its plans are; empty in a catalogue that is small enough to choose among plans."""

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """What a search can be narrowed by: the parameters of the search page."""
        told = {"prefecture": self.prefectures} if self.prefectures else {}
        return told | {
            "plan": self.plans,
            "kind": (self.kind,),
            "theme": self.themes,
            "department": self.departments,
            "fy": tuple(str(int(year)) for year in self.years),
            "status": self.statuses,
        }


def measures_of(plan: Plan, themes: Mapping[str, str]) -> Iterator[Found]:
    """A plan's measures, each before its KPIs; `themes`: id → title."""
    for measure in plan.measures:
        yield _measure(measure, plan, themes)
        views = indicators.views_of(measure, plan)
        for kpi, view in zip(measure.kpis, views, strict=True):
            yield _kpi(kpi, view, measure, plan, themes)


def pages_of(plan: Plan) -> Iterator[Found]:
    """The page of a plan, and what stands on it beside its measures."""
    yield _plan(plan)
    yield from _parts(plan)


def placed(records: Iterable[Found], prefectures: Mapping[str, str]) -> Iterator[Found]:
    """Records that also say in which prefectures their plans are; `prefectures`: by plan."""
    for one in records:
        yield replace(one, prefectures=tuple(sorted({prefectures[slug] for slug in one.plans})))


def found(
    url: str,
    kind: str,
    lines: dict[Field, Iterable[str | None]],
    *,
    plans: Iterable[str] = (),
    themes: Iterable[str] = (),
    departments: Iterable[str] = (),
    years: Iterable[FiscalYear] = (),
    statuses: Iterable[str | None] = (),
) -> Found:
    """A record; lines may come in any order of fields and be empty."""
    return Found(
        url,
        kind,
        tuple(plans),
        tuple(map(str, themes)),
        tuple(map(str, departments)),
        tuple(sorted(years)),
        tuple(dict.fromkeys(str(status) for status in statuses if status)),
        tuple((field, text) for field in Field for text in lines.get(field, ()) if text),
    )


def _measure(measure: Measure, plan: Plan, themes: Mapping[str, str]) -> Found:
    lines: dict[Field, Iterable[str | None]] = {
        Field.TITLE: [measure.title],
        Field.PLACE: [plan.file.municipality],
        Field.DEPARTMENT: _departments(measure),
        Field.HEADING: [table.title for table in measure.tables],
        Field.FIGURE: [
            words.key_figure(measure.kpis),
            *(line for view in indicators.views_of(measure, plan) for line in _figures(view)),
        ],
        Field.SCHEDULE: _schedule(measure),
        Field.BODY: _body(measure),
        Field.SOURCE_WORDS: measure.source_words,
        Field.WHEN: [words.when([entry.span for entry in measure.schedule])],
        Field.PATH: paths_of(measure, plan),
        Field.LABEL: _labels(measure, plan, themes),
    }
    return found(
        urls.measure(plan.slug, measure.id),
        "measure",
        lines,
        plans=[plan.slug],
        themes=measure.themes,
        departments=measure.departments,
        years=years_of(measure, plan),
        statuses=[measure.status],
    )


def _schedule(measure: Measure) -> Iterator[str]:
    """When, what, for how much."""
    for entry in measure.schedule:
        yield f"{entry.span.label} {entry.item or ''} {entry.text or ''}"
    for key, amount in measure.costs:
        if amount.thousand_yen is not None:
            year = key.year.both if key.year else ""
            yield f"費用 {year} {thousand_yen(amount.thousand_yen)}"


def _body(measure: Measure) -> Iterator[str]:
    yield from plain(measure.summary)
    for _, text in measure.sections:
        yield from plain(text)
    yield from measure.outcomes
    for table in measure.tables:
        yield from (" ".join(row) for row in table.rows)
    yield from (*measure.footnotes, *measure.told)


def _labels(measure: Measure, plan: Plan, themes: Mapping[str, str]) -> Iterator[str | None]:
    """What only says where a measure belongs; every measure has some of these words."""
    names = {str(term.id): term.term for term in plan.terms}
    yield from (themes[theme] for theme in measure.themes)
    yield from (names[term] for term in measure.terms)
    yield from (heading for heading, _ in measure.sections)
    yield from (column for table in measure.tables for column in table.columns)
    yield from (measure.number, measure.status)


def paths_of(measure: Measure, plan: Plan) -> Iterator[str]:
    """Where it stands in the plan's structure, from the top down, a line for each of its places."""
    for code in measure.parents:
        yield " › ".join(link.label for link in ancestry(plan, code))


def _departments(measure: Measure) -> Iterator[str | None]:
    """One a line, so that a whole name tells from a part of one."""
    lines = (name for entry in measure.schedule for name in entry.departments)
    yield from dict.fromkeys([*map(str, measure.departments), *map(str, lines)])
    yield measure.departments_note


def _figures(view: KpiView) -> Iterator[str]:
    yield " ".join(filter(None, (view.kind, view.label, view.unit, view.note)))
    for row in view.rows:
        yield f"{row.kind} {row.when} {row.text}"


def _kpi(kpi: Kpi, view: KpiView, measure: Measure, plan: Plan, themes: Mapping[str, str]) -> Found:
    lines: dict[Field, Iterable[str | None]] = {
        Field.TITLE: [view.label],
        Field.PLACE: [plan.file.municipality],
        Field.DEPARTMENT: [*measure.departments, measure.departments_note],
        Field.HEADING: [measure.title],
        Field.FIGURE: [view.headline, *list(_figures(view))[1:]],
        Field.BODY: [view.note],
        Field.PATH: paths_of(measure, plan),
        Field.LABEL: [view.kind, view.unit, *(themes[theme] for theme in measure.themes)],
    }
    return found(
        view.url,
        "kpi",
        lines,
        plans=[plan.slug],
        themes=measure.themes,
        departments=measure.departments,
        years=[key.year for key, _ in kpi.targets if key.year is not None],
    )


def _plan(plan: Plan) -> Found:
    file = plan.file
    lines: dict[Field, Iterable[str | None]] = {
        Field.TITLE: [file.title],
        Field.PLACE: [file.municipality, file.reading, file.prefecture],
        Field.HEADING: [file.vision],
        Field.BODY: [*plain(file.summary), *file.parent_plans, *file.notes],
        Field.WHEN: [words.period(file.period)],
        Field.LABEL: [node_label(n.code, n.level, n.title) for n in file.structure],
    }
    return found(urls.plan(plan.slug), "page", lines, plans=[plan.slug], years=_years(file.period))


def _years(span: Span) -> Iterable[FiscalYear]:
    if span.first is None or span.last is None:
        return ()
    return map(FiscalYear, range(span.first, span.last + 1))


def _parts(plan: Plan) -> Iterator[Found]:
    """What stands on a plan's page beside its measures."""
    file = plan.file
    parts: list[tuple[str, str, Iterable[str | None]]] = [
        (urls.chapter(plan.slug, c.id), c.title, [*plain(c.text), c.source]) for c in file.chapters
    ]
    parts += [
        (urls.node(plan.slug, number), node_label(n.code, n.level, n.title), plain(n.text))
        for number, n in enumerate(file.structure, 1)
        if n.text
    ]
    lists: list[tuple[str, str, list[str]]] = [
        (
            "reviews",
            "前の計画の振り返り",
            [" ".join([r.title, r.status or "", *r.results]) for r in file.reviews],
        ),
        ("roles", "推進体制の役割", [f"{r.role} {r.duty}" for r in file.roles]),
        ("priorities", "緊急度と重要度", [str(p.title) for p in file.priorities]),
        (
            "future",
            "今後検討する施策",
            [f"{f.title} {f.text or ''}" for f in file.future_measures],
        ),
    ]
    parts += [(urls.plan_part(plan.slug, n), title, lines) for n, title, lines in lists if lines]
    if file.roadmap:
        rows = [f"{r.row or ''} {r.span.label} {r.text}" for r in file.roadmap]
        parts.append((urls.roadmap(plan.slug), "計画のロードマップ", rows))
    reviews = [urls.plan_part(plan.slug, "reviews")]
    for url, title, body in parts:
        lines: dict[Field, Iterable[str | None]] = {
            Field.TITLE: [title],
            Field.PLACE: [file.municipality],
            Field.BODY: body,
            Field.LABEL: [file.title],
        }
        statuses = [r.status for r in file.reviews] if url in reviews else []
        yield found(url, "page", lines, plans=[plan.slug], statuses=statuses)
