"""Plans the pages: which there are, at which address, showing what."""

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from dxsite import urls
from dxsite.catalog import Catalog
from dxsite.fiscal import fiscal_year_of
from dxsite.site import words
from dxsite.site.catalogue import TableFile, catalogue_pages
from dxsite.site.glossary import glossary_pages
from dxsite.site.guide import guide_pages
from dxsite.site.measures import measure_pages
from dxsite.site.overview import Overview, overview_of
from dxsite.site.pages import Frame, Link, Page, Site
from dxsite.site.plans import plan_pages
from dxsite.site.themes import theme_pages
from dxsite.terms import TermFinder

__all__ = ["Frame", "Link", "Page", "Site", "plan_site"]

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
    *,
    preview: bool,
) -> Site:
    """Every page of the site, as of `today`."""
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
    pages = _pages(catalog, overview_of(catalog), tables, finders, frame)
    return Site(frame, tuple(pages))


def _pages(
    catalog: Catalog,
    overview: Overview,
    tables: tuple[TableFile, ...],
    finders: Mapping[str, TermFinder],
    frame: Frame,
) -> Iterator[Page]:
    yield from catalogue_pages(catalog, overview, tables)
    yield from theme_pages(catalog, overview, frame.this_year)
    yield from glossary_pages(catalog, finders)
    for plan in catalog.plans:
        yield from plan_pages(plan, frame.this_year)
        yield from measure_pages(plan, catalog, overview, frame.this_year)
    yield from guide_pages(catalog.site)
