"""Plans the pages that span plans, of an area whose plans fit on them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dxsite.catalog import Catalog
from dxsite.fiscal import FiscalYear
from dxsite.site.allchanges import changes_page, told_by
from dxsite.site.areas import Area
from dxsite.site.glossary import glossary_pages
from dxsite.site.kpis import kpis_page
from dxsite.site.overview import Overview
from dxsite.site.pages import Page
from dxsite.site.roadmaps import roadmaps_page
from dxsite.site.themes import theme_pages
from dxsite.terms import TermFinder


def area_pages(
    area: Area,
    catalog: Catalog,
    overview: Overview,
    finders: Mapping[str, TermFinder],
    now: FiscalYear,
) -> Iterator[Page]:
    """KPIs, themes, roadmap and terms of an area without parts.

    `catalog`, its `overview` and `finders` (by slug) need hold no more than the area's plans.
    """
    pages = (
        kpis_page(catalog, area, overview),
        *theme_pages(catalog, area, overview, now),
        roadmaps_page(catalog, area, now),
        *glossary_pages(catalog, area, finders),
        changes_page(area, [told_by(plan) for plan in catalog.plans]),
    )
    for page in pages:
        yield replace(page, branch=area.branch, readings=area.readings)
