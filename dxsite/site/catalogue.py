"""Plans the pages of the whole catalogue: home, KPIs, search, data, prose."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.model import Theme
from dxsite.site import accessibility, indicators, words
from dxsite.site.indicators import KpiView
from dxsite.site.overview import MeasureRow, Overview, PlanRow
from dxsite.site.pages import Link, Page
from dxsite.site.themes import ThemeRow, theme_rows
from dxsite.site.timelines import years_of


@dataclass(frozen=True, slots=True)
class HomeView:
    """The way in."""

    plans: tuple[PlanRow, ...]
    themes: tuple[ThemeRow, ...]
    measures: int
    kpis: int
    terms: int
    text: str


@dataclass(frozen=True, slots=True)
class PlanKpis:
    """The KPIs of one plan."""

    plan: PlanRow
    kpis: tuple[KpiView, ...]


@dataclass(frozen=True, slots=True)
class KpisView:
    """Every KPI of every plan."""

    plans: tuple[PlanKpis, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PlanMeasures:
    """The measures of one plan."""

    plan: PlanRow
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; what a plan or a theme has beside its name, scripts read here."""

    value: str
    label: str
    page: str | None = None
    feed: str | None = None
    code: str | None = None
    """全国地方公共団体コード"""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a search: the parameter, its label, its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; without JavaScript it lists everything by plan and theme."""

    facets: tuple[Facet, ...]
    plans: tuple[PlanMeasures, ...]
    themes: tuple[ThemeRow, ...]
    examples: tuple[str, ...]
    """Queries that surely find something."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A download: its address, its name, what a row is, its columns with their meaning."""

    url: str
    title: str
    text: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """The downloads."""

    tables: tuple[TableFile, ...]
    catalog_url: str
    schema_url: str
    package_url: str
    plans: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class ProseView:
    """A page of prose."""

    text: str


_EXAMPLES = 6
KINDS = (("measure", "施策"), ("kpi", "数値目標"), ("term", "用語"), ("page", "計画の章・テーマ"))


def catalogue_pages(
    catalog: Catalog, overview: Overview, tables: tuple[TableFile, ...]
) -> Iterator[Page]:
    """The pages that no single plan owns, themes and terms aside."""
    home = (Link("ホーム", urls.HOME),)
    themes = theme_rows(catalog, overview)
    yield _home_page(catalog, overview, themes)
    yield Page(
        urls.KPIS,
        "kpis.html",
        "数値目標の一覧",
        "すべての計画の評価指標（KPI）と目標値を、自治体ごとに並べた一覧です。",
        home,
        _kpis_view(catalog, overview),
        section=urls.KPIS,
    )
    yield Page(
        urls.SEARCH,
        "search.html",
        "検索",
        "すべての計画の施策、数値目標、用語を、言葉で探せます。",
        home,
        _search_view(catalog, overview, themes),
        section=urls.SEARCH,
    )
    yield Page(
        urls.DATA,
        "data.html",
        "データを使う",
        "このサイトのすべての内容を、JSONとCSVでダウンロードできます。",
        home,
        DataView(tables, urls.CATALOG_JSON, urls.CATALOG_SCHEMA, urls.DATA_PACKAGE, overview.plans),
        section=urls.DATA,
    )
    yield from _prose_pages(catalog, home)
    yield Page(
        urls.NOT_FOUND,
        "404.html",
        "ページが見つかりません",
        "お探しのページは、移動したか、なくなったか、アドレスが違っています。",
        home,
        ThemesAndPlans(overview.plans, themes),
    )


def _home_page(catalog: Catalog, overview: Overview, themes: tuple[ThemeRow, ...]) -> Page:
    view = HomeView(
        overview.plans,
        tuple(theme for theme in themes if theme.measures),
        len(overview.measures),
        sum(row.kpis for row in overview.plans),
        len({str(term.id) for plan in catalog.plans for term in plan.terms}),
        catalog.site.text,
    )
    description = words.first_sentence(catalog.site.text)
    title = catalog.site.title
    return Page(urls.HOME, "home.html", title, description, (), view, section=urls.HOME)


@dataclass(frozen=True, slots=True)
class ThemesAndPlans:
    """Ways on from a page that is not there."""

    plans: tuple[PlanRow, ...]
    themes: tuple[ThemeRow, ...]


def _prose_pages(catalog: Catalog, home: tuple[Link, ...]) -> Iterator[Page]:
    for prose in catalog.pages:
        first, _, rest = prose.text.lstrip().partition("\n")
        title = first.lstrip("# ").strip()
        plain = next((line for line in rest.split("\n") if line and line[0] not in "#-|"), title)
        tested = urls.prose(prose.id) == urls.ACCESSIBILITY
        yield Page(
            urls.prose(prose.id),
            "accessibility.html" if tested else "prose.html",
            title,
            words.first_sentence(plain),
            home,
            accessibility.view_of(rest, catalog.site) if tested else ProseView(rest),
            section=urls.prose(prose.id),
            origin=prose.text.place,
        )


def _kpis_view(catalog: Catalog, overview: Overview) -> KpisView:
    groups = tuple(
        PlanKpis(row, tuple(_kpis_of(plan)))
        for plan, row in zip(catalog.plans, overview.plans, strict=True)
    )
    return KpisView(groups, sum(len(group.kpis) for group in groups))


def _kpis_of(plan: Plan) -> Iterator[KpiView]:
    for measure in plan.measures:
        yield from indicators.views_of(measure, plan)


def _search_view(catalog: Catalog, overview: Overview, themes: tuple[ThemeRow, ...]) -> SearchView:
    measures = tuple(
        PlanMeasures(row, tuple(m for m in overview.measures if m.plan_slug == row.slug))
        for row in overview.plans
    )
    facets = tuple(facet for facet in _facets(catalog) if facet.choices)
    return SearchView(facets, measures, themes, tuple(_examples(catalog, overview))[:_EXAMPLES])


def _facets(catalog: Catalog) -> Iterator[Facet]:
    plans = catalog.plans
    departments = sorted({str(d) for p in plans for m in p.measures for d in m.departments})
    statuses = sorted({str(s) for p in plans for s in _statuses(p) if s})
    years = sorted({year for p in plans for m in p.measures for year in years_of(m, p)})
    yield Facet("plan", "自治体", tuple(_plan_choice(plan) for plan in plans))
    yield Facet("kind", "種類", tuple(Choice(kind, label) for kind, label in KINDS))
    yield Facet("theme", "テーマ", tuple(_theme_choice(theme) for theme in catalog.themes))
    yield Facet("fy", "年度", tuple(Choice(str(int(year)), year.both) for year in years))
    yield Facet("department", "担当課", tuple(Choice(name, name) for name in departments))
    yield Facet("status", "区分", tuple(Choice(name, name) for name in statuses))


def _plan_choice(plan: Plan) -> Choice:
    return Choice(
        plan.slug,
        plan.file.municipality,
        urls.plan(plan.slug),
        urls.plan_feed(plan.slug),
        plan.file.code,
    )


def _theme_choice(theme: Theme) -> Choice:
    id_ = theme.id
    return Choice(str(id_), theme.title, urls.theme(id_), urls.theme_feed(id_))


def _examples(catalog: Catalog, overview: Overview) -> Iterator[str]:
    """A word of each theme that a title of its measures holds, the largest themes first."""
    by_size = sorted(catalog.themes, key=lambda theme: -len(overview.of_theme(theme.id)))
    for theme in by_size:
        titles = " ".join(row.measure.label for row in overview.of_theme(theme.id))
        yield from [str(word) for word in theme.words if word in titles][:1]


def _statuses(plan: Plan) -> Iterator[str | None]:
    yield from (measure.status for measure in plan.measures)
    yield from (review.status for review in plan.file.reviews)
