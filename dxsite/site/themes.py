"""Plans the pages of themes: one subject, every municipality side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Catalog
from dxsite.fiscal import FiscalYear
from dxsite.model import Theme
from dxsite.site import roadmaps, words
from dxsite.site.areas import Area
from dxsite.site.comparisons import Comparison, comparison_of
from dxsite.site.overview import MeasureRow, Overview, PlanRow
from dxsite.site.pages import Later, Link, Page
from dxsite.site.roadmaps import Roadmap
from dxsite.site.standings import StandingsView, standings_of
from dxsite.urls import Branch


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
    standings: StandingsView | None
    """How the indicators stand of those plans of which something is reported."""
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


def theme_rows(
    themes: Iterable[Theme], plans: Sequence[Counter[str]], branch: Branch = urls.WHOLE
) -> tuple[ThemeRow, ...]:
    """All themes in the order of themes.yaml; `plans` tell of each plan theme → measures."""
    return tuple(
        ThemeRow(
            Link(theme.title, branch.theme(theme.id)),
            words.first_sentence(theme.text),
            theme.national,
            sum(counts[theme.id] for counts in plans),
            sum(theme.id in counts for counts in plans),
        )
        for theme in themes
    )


def theme_pages(
    catalog: Catalog, area: Area, overview: Overview, now: FiscalYear
) -> Iterator[Page]:
    """The list of an area's themes, the table of themes and plans, then a page per theme."""
    branch = area.branch
    rows = theme_rows(catalog.themes, overview.themes, branch)
    trail = (*area.trail, Link("テーマ", branch.themes))
    yield Page(
        branch.themes,
        "themes.html",
        area.titled("テーマから探す"),
        area.told("自治体の計画に共通するテーマごとに、施策を探せます。"),
        area.trail,
        ThemesView(rows, overview.plans),
        section=urls.THEMES,
    )
    yield Page(
        branch.compare,
        "compare.html",
        area.titled("自治体を比べる"),
        area.told(
            "どの自治体が、どのテーマでどんな施策を計画しているかを、一つの表で比べられます。"
        ),
        trail,
        MatrixView(
            overview.plans,
            tuple(
                MatrixRow(Link(theme.title, branch.theme(theme.id)), _columns(theme.id, overview))
                for theme in catalog.themes
            ),
        ),
        section=urls.THEMES,
    )
    for theme in catalog.themes:
        own = branch.theme(theme.id)
        others = tuple(row.theme for row in rows if row.theme.url != own)
        yield Page(
            own,
            "theme.html",
            area.titled(theme.title),
            area.told(words.first_sentence(theme.text)),
            trail,
            Later(_view, theme, catalog, overview, others, now),
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
    others: tuple[Link, ...],
    now: FiscalYear,
) -> ThemeView:
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
        standings_of(e.kpi.standing for e in (*kpis.shares, *kpis.others)) if kpis else None,
        len(overview.of_theme(theme.id)),
        others,
    )
