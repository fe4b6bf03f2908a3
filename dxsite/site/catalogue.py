"""Plans the pages that a catalogue of any size has once: search, data, prose."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Prose
from dxsite.model import SiteSettings, Theme
from dxsite.site import accessibility, words
from dxsite.site.areas import Area
from dxsite.site.gists import Gist
from dxsite.site.overview import PlanRow
from dxsite.site.pages import Link, Page
from dxsite.site.regions import Region, regions_of
from dxsite.site.themes import ThemeRow, theme_rows


@dataclass(frozen=True, slots=True)
class PlanMeasures:
    """The measures of one plan."""

    plan: PlanRow
    measures: tuple[Link, ...]


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
    """The search page; without JavaScript it lists everything by plan and theme.

    Of a large catalogue it lists prefectures instead of plans.
    """

    facets: tuple[Facet, ...]
    plans: tuple[PlanMeasures, ...]
    regions: tuple[Region, ...]
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
    regions: tuple[Region, ...]
    """Instead of the plans of a large catalogue."""


@dataclass(frozen=True, slots=True)
class ProseView:
    """A page of prose."""

    text: str


_EXAMPLES = 6
KINDS = (("measure", "施策"), ("kpi", "数値目標"), ("term", "用語"), ("page", "計画の章・テーマ"))


@dataclass(frozen=True, slots=True)
class WaysView:
    """Ways on from a page that is not there."""

    plans: tuple[PlanRow, ...]
    regions: tuple[Region, ...]
    themes: tuple[ThemeRow, ...]


def catalogue_pages(
    gists: Sequence[Gist],
    tree: Area,
    themes: Sequence[Theme],
    tables: tuple[TableFile, ...],
) -> Iterator[Page]:
    """Search, data, and the page for addresses that lead nowhere."""
    home = (Link("ホーム", urls.HOME),)
    rows = theme_rows(themes, [gist.themes for gist in gists])
    regions = regions_of(gists, tree)
    plans = () if regions else tuple(gist.row for gist in gists)
    yield Page(
        urls.SEARCH,
        "search.html",
        "検索",
        "すべての計画の施策、数値目標、用語を、言葉で探せます。",
        home,
        SearchView(
            tuple(facet for facet in _facets(gists, tree, themes) if facet.choices),
            () if regions else tuple(map(_measures, gists)),
            regions,
            rows,
            tuple(_examples(gists, themes))[:_EXAMPLES],
        ),
        section=urls.SEARCH,
        readings=tree.readings,
    )
    yield Page(
        urls.DATA,
        "data.html",
        "データを使う",
        "このサイトのすべての内容を、JSONとCSVでダウンロードできます。",
        home,
        DataView(tables, urls.CATALOG_JSON, urls.CATALOG_SCHEMA, urls.DATA_PACKAGE, plans, regions),
        section=urls.DATA,
        readings=tree.readings,
    )
    yield Page(
        urls.NOT_FOUND,
        "404.html",
        "ページが見つかりません",
        "お探しのページは、移動したか、なくなったか、アドレスが違っています。",
        home,
        WaysView(plans, regions, rows),
        readings=tree.readings,
    )


def prose_pages(pages: Sequence[Prose], site: SiteSettings) -> Iterator[Page]:
    """What the site says of itself."""
    home = (Link("ホーム", urls.HOME),)
    for prose in pages:
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
            accessibility.view_of(rest, site) if tested else ProseView(rest),
            section=urls.prose(prose.id),
            origin=prose.text.place,
        )


def _measures(gist: Gist) -> PlanMeasures:
    links = (Link(m.title, urls.measure(gist.slug, m.id)) for m in gist.measures)
    return PlanMeasures(gist.row, tuple(links))


_DEPARTMENTS = 60
"""So many departments can be chosen among at most, those of the most plans; an address may name
any other."""


def _facets(gists: Sequence[Gist], tree: Area, themes: Sequence[Theme]) -> Iterator[Facet]:
    """A large catalogue is narrowed by prefecture; its plans are too many to choose among."""
    departments = Counter(name for gist in gists for name in gist.departments)
    named = [name for name, _ in departments.most_common(_DEPARTMENTS if tree.is_large else None)]
    statuses = sorted({status for gist in gists for status in gist.statuses})
    years = sorted({year for gist in gists for year in gist.years})
    if tree.is_large:
        areas = [area.prefecture for area in tree.areas if area.prefecture]
        yield Facet("prefecture", "都道府県", tuple(Choice(a.slug, a.name) for a in areas))
    else:
        yield Facet("plan", "自治体", tuple(map(_plan_choice, gists)))
    yield Facet("kind", "種類", tuple(Choice(kind, label) for kind, label in KINDS))
    yield Facet("theme", "テーマ", tuple(_theme_choice(theme) for theme in themes))
    yield Facet("fy", "年度", tuple(Choice(str(int(year)), year.both) for year in years))
    yield Facet("department", "担当課", tuple(Choice(name, name) for name in sorted(named)))
    yield Facet("status", "区分", tuple(Choice(name, name) for name in statuses))


def _plan_choice(gist: Gist) -> Choice:
    slug = gist.slug
    return Choice(slug, gist.row.plan.label, urls.plan(slug), urls.plan_feed(slug), gist.code)


def _theme_choice(theme: Theme) -> Choice:
    id_ = theme.id
    return Choice(str(id_), theme.title, urls.theme(id_), urls.theme_feed(id_))


def _examples(gists: Sequence[Gist], themes: Sequence[Theme]) -> Iterator[str]:
    """A word of each theme that a title of its measures holds, the largest themes first."""
    titles: dict[str, list[str]] = {}
    for gist in gists:
        for measure in gist.measures:
            for theme_id in measure.themes:
                titles.setdefault(theme_id, []).append(measure.title)
    for theme in sorted(themes, key=lambda theme: -len(titles.get(theme.id, ()))):
        text = " ".join(titles.get(theme.id, ()))
        yield from [str(word) for word in theme.words if word in text][:1]
