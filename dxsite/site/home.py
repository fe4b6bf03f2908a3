"""Plans the home page."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.model import SiteSettings, Theme
from dxsite.site import words
from dxsite.site.areas import Area
from dxsite.site.gists import Gist
from dxsite.site.overview import PlanRow
from dxsite.site.pages import Page
from dxsite.site.regions import Region, regions_of
from dxsite.site.themes import ThemeRow, theme_rows


@dataclass(frozen=True, slots=True)
class HomeView:
    """The way in."""

    plans: tuple[PlanRow, ...]
    themes: tuple[ThemeRow, ...]
    measures: int
    kpis: int
    terms: int
    text: str
    regions: tuple[Region, ...]
    """Instead of the plans of a large catalogue."""
    count: int
    """Of all plans."""


def home_page(
    gists: Sequence[Gist], tree: Area, themes: Sequence[Theme], site: SiteSettings
) -> Page:
    """The way in; that of a large catalogue leads to prefectures, not to plans."""
    rows = theme_rows(themes, [gist.themes for gist in gists])
    regions = regions_of(gists, tree)
    view = HomeView(
        () if regions else tuple(gist.row for gist in gists),
        tuple(theme for theme in rows if theme.measures),
        sum(len(gist.measures) for gist in gists),
        sum(gist.row.kpis for gist in gists),
        len({term.id for gist in gists for term in gist.terms}),
        site.text,
        regions,
        len(gists),
    )
    description = words.first_sentence(site.text)
    return Page(
        urls.HOME,
        "home.html",
        site.title,
        description,
        (),
        view,
        section=urls.HOME,
        origin=site.place,
        readings=tree.readings,
    )
