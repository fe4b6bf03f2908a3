"""Plans the pages of themes: one subject, every municipality side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Catalog
from dxsite.fiscal import FiscalYear
from dxsite.model import Theme
from dxsite.site import roadmaps, words
from dxsite.site.comparisons import Comparison, comparison_of
from dxsite.site.overview import MeasureRow, Overview, PlanRow
from dxsite.site.pages import Link, Page
from dxsite.site.roadmaps import Roadmap


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in a list."""

    theme: Link
    lead: str
    national: str | None
    measures: int
    plans: int


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """One plan's measures of a theme; empty where the plan has none."""

    plan: PlanRow
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """Everything that a theme's page shows."""

    theme: Theme
    columns: tuple[ThemeColumn, ...]
    roadmap: Roadmap | None
    kpis: Comparison | None
    total: int
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One theme across all plans."""

    theme: Link
    columns: tuple[ThemeColumn, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Themes × plans; each cell names the measures."""

    plans: tuple[PlanRow, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ThemesView:
    """All themes."""

    themes: tuple[ThemeRow, ...]
    plans: tuple[PlanRow, ...]


def theme_rows(catalog: Catalog, overview: Overview) -> tuple[ThemeRow, ...]:
    """All themes with their counts, in the order of themes.yaml."""
    rows = []
    for theme in catalog.themes:
        measures = overview.of_theme(theme.id)
        rows.append(
            ThemeRow(
                Link(theme.title, urls.theme(theme.id)),
                words.first_sentence(theme.text),
                theme.national,
                len(measures),
                len({row.plan_slug for row in measures}),
            )
        )
    return tuple(rows)


def theme_pages(catalog: Catalog, overview: Overview, now: FiscalYear) -> Iterator[Page]:
    """The list of themes, then a page per theme."""
    home = Link("ホーム", urls.HOME)
    rows = theme_rows(catalog, overview)
    yield Page(
        urls.THEMES,
        "themes.html",
        "テーマから探す",
        "自治体の計画に共通するテーマごとに、施策を探せます。",
        (home,),
        ThemesView(rows, overview.plans),
        section=urls.THEMES,
    )
    yield Page(
        urls.COMPARE,
        "compare.html",
        "自治体を比べる",
        "どの自治体が、どのテーマでどんな施策を計画しているかを、一つの表で比べられます。",
        (home, Link("テーマ", urls.THEMES)),
        MatrixView(
            overview.plans,
            tuple(
                MatrixRow(Link(theme.title, urls.theme(theme.id)), _columns(theme.id, overview))
                for theme in catalog.themes
            ),
        ),
        section=urls.THEMES,
    )
    for theme in catalog.themes:
        view = _view(theme, catalog, overview, rows, now)
        yield Page(
            urls.theme(theme.id),
            "theme.html",
            theme.title,
            words.first_sentence(theme.text),
            (home, Link("テーマ", urls.THEMES)),
            view,
            section=urls.THEMES,
            origin=theme.place,
        )


def _columns(theme: str, overview: Overview) -> tuple[ThemeColumn, ...]:
    measures = overview.of_theme(theme)
    return tuple(
        ThemeColumn(plan, tuple(row for row in measures if row.plan_slug == plan.slug))
        for plan in overview.plans
    )


def _view(
    theme: Theme,
    catalog: Catalog,
    overview: Overview,
    rows: tuple[ThemeRow, ...],
    now: FiscalYear,
) -> ThemeView:
    own = urls.theme(theme.id)
    others = tuple(row.theme for row in rows if row.theme.url != own)
    plans = [
        (plan, [measure for measure in plan.measures if theme.id in measure.themes])
        for plan in catalog.plans
    ]
    roadmap = roadmaps.of_theme(plans, theme.title, now)
    kpis = comparison_of(plans)
    return ThemeView(
        theme,
        _columns(theme.id, overview),
        roadmap,
        kpis,
        len(overview.of_theme(theme.id)),
        others,
    )
