"""Plans the pages: which there are, at which address, showing what."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.fiscal import FiscalYear, fiscal_year_of
from dxsite.memory import Memory
from dxsite.model import Theme
from dxsite.site import words
from dxsite.site.catalogue import TableFile, catalogue_pages
from dxsite.site.gallery import gallery_page
from dxsite.site.glossary import glossary_pages
from dxsite.site.guide import guide_pages
from dxsite.site.measures import measure_pages
from dxsite.site.overview import Overview, overview_of
from dxsite.site.pages import Card, Frame, Link, Page, Share, Site
from dxsite.site.pictures import cards_of
from dxsite.site.plans import plan_pages
from dxsite.site.roadmaps import roadmap_pages, roadmaps_page
from dxsite.site.sharing import shares_of
from dxsite.site.statements import statements_of
from dxsite.site.themes import theme_pages
from dxsite.terms import TermFinder

__all__ = ["Card", "Frame", "Link", "Page", "Site", "plan_site"]

NAVIGATION = (
    Link("自治体", f"{urls.HOME}#plans"),
    Link("テーマ", urls.THEMES),
    Link("数値目標", urls.KPIS),
    Link("用語集", urls.GLOSSARY),
    Link("データ", urls.DATA),
)


def plan_site(
    catalog: Catalog,
    tables: tuple[TableFile, ...],
    finders: Mapping[str, TermFinder],
    today: date,
    base_url: str,
    memory: Memory,
    *,
    preview: bool,
    gallery: bool = False,
    cards: bool = True,
) -> Site:
    """Every page of the site, as of `today`.

    `gallery`: with the page of its components; `cards`: with a picture for shared links.
    """
    site = catalog.site
    frame = Frame(
        title=site.title,
        tagline=site.tagline,
        description=site.text,
        base_url=base_url,
        base_path=urlsplit(base_url).path.rstrip("/"),
        navigation=NAVIGATION,
        built=today.isoformat(),
        built_words=words.day(today.isoformat()),
        this_year=fiscal_year_of(today),
        preview=preview,
        operator=site.operator,
        licence=site.licence,
        editor=site.editor,
        readings=tuple((str(p.file.municipality), str(p.file.reading)) for p in catalog.plans),
    )
    pages = tuple(
        _pages(catalog, overview_of(catalog, frame.this_year), tables, finders, frame, memory)
    )
    if gallery and catalog.plans:
        pages = (*pages, gallery_page(catalog.plans[0].slug))
    return Site(
        frame,
        pages,
        cards_of(catalog) if cards else {},
        _shares(catalog, frame, memory),
        statements_of(pages, catalog, tables, frame),
    )


def _shares(catalog: Catalog, frame: Frame, memory: Memory) -> dict[str, Callable[[], Share]]:
    shares: dict[str, Callable[[], Share]] = {}
    for plan in catalog.plans:
        shares |= shares_of(plan, frame, memory)
    return shares


def _pages(
    catalog: Catalog,
    overview: Overview,
    tables: tuple[TableFile, ...],
    finders: Mapping[str, TermFinder],
    frame: Frame,
    memory: Memory,
) -> Iterator[Page]:
    yield from catalogue_pages(catalog, overview, tables)
    yield from theme_pages(catalog, overview, frame.this_year)
    yield roadmaps_page(catalog, frame.this_year)
    yield from glossary_pages(catalog, finders)
    for plan in catalog.plans:
        yield from memory.recall(
            f"pages {plan.slug}",
            (plan, catalog.themes, frame.this_year),
            partial(_plan_pages, plan, catalog.themes, frame.this_year),
        )
        yield from measure_pages(plan, catalog, overview, frame.this_year)
    yield from guide_pages(catalog.site)


def _plan_pages(plan: Plan, themes: tuple[Theme, ...], now: FiscalYear) -> tuple[Page, ...]:
    return (*plan_pages(plan, now), *roadmap_pages(plan, themes, now))
