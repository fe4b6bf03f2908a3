"""Plans the pages on which a large catalogue lists its municipalities."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.model import Theme
from dxsite.site.areas import Area
from dxsite.site.branches import Part, note_of
from dxsite.site.gists import Gist
from dxsite.site.glossary import ROWS, row_of
from dxsite.site.overview import PlanRow
from dxsite.site.pages import Link, Page, Town
from dxsite.site.regions import Region, regions_of
from dxsite.site.themes import ThemeRow, theme_rows

_WITHOUT_HEADINGS = 16
"""So many towns are found without headings between them."""


@dataclass(frozen=True, slots=True)
class TownGroup:
    """Municipalities under one row of the kana table; one group without title, if they are few."""

    title: str | None
    towns: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class TownsView:
    """The municipalities of an area by reading, and what else is told of it."""

    groups: tuple[TownGroup, ...]
    plans: int
    measures: int
    kpis: int
    themes: tuple[ThemeRow, ...]
    parts: tuple[tuple[Link, str | None, int], ...]
    """Where the area has parts: each, which towns it holds, how many."""


@dataclass(frozen=True, slots=True)
class PrefecturesView:
    """All prefectures."""

    regions: tuple[Region, ...]
    plans: int


def towns_page(
    area: Area, gists: Sequence[Gist], themes: Sequence[Theme], parts: Sequence[Part] = ()
) -> Page:
    """The list of an area's plans, where a larger catalogue has it apart from the home page."""
    rows = theme_rows(themes, [gist.themes for gist in gists], area.branch)
    town_rows = sorted((gist.row for gist in gists), key=lambda row: (row.reading, row.slug))
    view = TownsView(
        _groups(town_rows),
        len(gists),
        sum(gist.row.measures for gist in gists),
        sum(gist.row.kpis for gist in gists),
        tuple(row for row in rows if row.measures),
        tuple(
            (Link(part.area.name, part.area.branch.home), note_of(part), len(part.gists))
            for part in parts
        ),
    )
    return Page(
        area.branch.home,
        "prefecture.html",
        f"{area.name}の自治体の計画",
        f"{area.name}の{len(gists)}の自治体の、デジタル化・DXの計画です。",
        area.trail[:-1],
        view,
        section=urls.PREFECTURES,
        branch=area.branch,
    )


def prefectures_page(gists: Sequence[Gist], tree: Area) -> Page:
    """The way to every municipality without a script."""
    return Page(
        urls.PREFECTURES,
        "prefectures.html",
        "都道府県からさがす",
        f"{len(gists)}の自治体の計画を、都道府県ごとにさがせます。",
        tree.trail,
        PrefecturesView(regions_of(gists, tree), len(gists)),
        section=urls.PREFECTURES,
    )


def towns_of(gists: Sequence[Gist], tree: Area) -> tuple[Town, ...]:
    """Every municipality of a large catalogue, by prefecture and code."""
    if not tree.is_large:
        return ()
    by_slug = {gist.slug: gist for gist in gists}
    ordered = [(area.name, by_slug[slug]) for area in tree.areas for slug in area.slugs]
    return tuple(
        Town(prefecture, gist.row.plan.label, gist.row.reading, gist.slug, gist.code)
        for prefecture, gist in ordered
    )


def _groups(rows: Sequence[PlanRow]) -> tuple[TownGroup, ...]:
    if len(rows) <= _WITHOUT_HEADINGS:
        return (TownGroup(None, tuple(rows)),)
    groups: dict[str, list[PlanRow]] = {}
    for row in rows:
        groups.setdefault(row_of(row.reading, row.reading), []).append(row)
    return tuple(TownGroup(title, tuple(groups[title])) for title in ROWS if title in groups)
