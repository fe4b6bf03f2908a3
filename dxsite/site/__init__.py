"""Plans the pages: which there are, at which address, showing what.

Three kinds of worker plan a site, each from no more than it needs: `site_of_plan` from one plan,
`site_of_area` from the plans of one area, `site_of_whole` from the gists of all plans. `plan_site`
does it all from a catalogue in memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.fiscal import fiscal_year_of
from dxsite.memory import Memory
from dxsite.model import SiteSettings
from dxsite.site import words
from dxsite.site.areas import LIMITS, Area, Limits, Surroundings, areas_of, surroundings_of
from dxsite.site.branches import branch_pages, parts_of
from dxsite.site.catalogue import TableFile, catalogue_pages, prose_pages
from dxsite.site.finders import finder_of_area, finder_of_plan, finder_of_whole, finders_of
from dxsite.site.former import former_measures, former_plans, former_subjects
from dxsite.site.gallery import gallery_page
from dxsite.site.gists import Gist, gist_of, named_by
from dxsite.site.guide import guide_pages
from dxsite.site.home import home_page
from dxsite.site.leaves import area_pages
from dxsite.site.measures import measure_pages
from dxsite.site.overview import overview_of
from dxsite.site.pages import Card, Frame, Link, Page, Site
from dxsite.site.pictures import card_of_site, cards_of
from dxsite.site.plans import plan_pages
from dxsite.site.roadmaps import roadmap_pages
from dxsite.site.sharing import shares_of
from dxsite.site.statements import statements_of
from dxsite.site.towns import prefectures_page, towns_of, towns_page
from dxsite.site.vocabulary import vocabulary_pages
from dxsite.terms import TermFinder

__all__ = [
    "LIMITS",
    "Area",
    "Card",
    "Frame",
    "Gist",
    "Limits",
    "Link",
    "Page",
    "Site",
    "Surroundings",
    "areas_of",
    "card_of_site",
    "finder_of_area",
    "finder_of_plan",
    "finder_of_whole",
    "finders_of",
    "frame_of",
    "gist_of",
    "gists_of",
    "guide_pages",
    "joined_site",
    "named_by",
    "plan_site",
    "site_of_area",
    "site_of_branch",
    "site_of_plan",
    "site_of_whole",
    "surroundings_of",
]

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
    limits: Limits = LIMITS,
) -> Site:
    """Every page of the site, as of `today`.

    `gallery`: with the page of its components; `cards`: with a picture for shared links.
    """
    gists = gists_of(catalog.plans, today, memory)
    tree = areas_of(gists, limits)
    frame = frame_of(catalog.site, tree, today, base_url, preview=preview)
    parts = [
        site_of_whole(gists, tree, catalog, tables, frame, gallery=gallery, cards=cards),
        *_areas(catalog, gists, tree, finders, frame),
        *_plans(catalog, gists, tree, frame, memory, cards=cards),
        Site(frame, _guide(catalog.site, memory), {}, {}, {}),
    ]
    return joined_site(frame, parts)


def _guide(site: SiteSettings, memory: Memory) -> tuple[Page, ...]:
    return memory.recall("guide", site, lambda: tuple(guide_pages(site)))


def joined_site(frame: Frame, parts: Sequence[Site]) -> Site:
    """Several parts of a site as one."""
    return Site(
        frame,
        tuple(chain.from_iterable(part.pages for part in parts)),
        dict(chain.from_iterable(part.cards.items() for part in parts)),
        dict(chain.from_iterable(part.shares.items() for part in parts)),
        dict(chain.from_iterable(part.statements.items() for part in parts)),
        tuple(chain.from_iterable(part.towns for part in parts)),
    )


def gists_of(plans: Iterable[Plan], today: date, memory: Memory) -> tuple[Gist, ...]:
    """The gist of each plan, as of `today`."""
    now = fiscal_year_of(today)
    return tuple(
        memory.recall(f"gist {plan.slug}", (plan, now), partial(gist_of, plan, now))
        for plan in plans
    )


def frame_of(site: SiteSettings, tree: Area, today: date, base_url: str, *, preview: bool) -> Frame:
    """What all pages of a site share."""
    return Frame(
        title=site.title,
        tagline=site.tagline,
        description=site.text,
        base_url=base_url,
        base_path=urlsplit(base_url).path.rstrip("/"),
        navigation=_navigation(tree),
        built=today.isoformat(),
        built_words=words.day(today.isoformat()),
        this_year=fiscal_year_of(today),
        preview=preview,
        operator=site.operator,
        licence=site.licence,
        editor=site.editor,
    )


def _navigation(tree: Area) -> tuple[Link, ...]:
    if not tree.is_large:
        return NAVIGATION
    return (Link("自治体", urls.PREFECTURES), *NAVIGATION[1:])


def site_of_whole(
    gists: Sequence[Gist],
    tree: Area,
    content: Catalog,
    tables: tuple[TableFile, ...],
    frame: Frame,
    *,
    gallery: bool = False,
    cards: bool = True,
) -> Site:
    """The pages of the whole catalogue, the staff guide aside; all there is to know of plans is
    in `gists`, so `content` may be without any."""
    pages = [
        home_page(gists, tree, content.themes, content.site),
        *catalogue_pages(gists, tree, content.themes, tables),
        *prose_pages(content.pages, content.site),
        *former_plans(
            content.addresses,
            gists,
            urls.PREFECTURES if tree.is_large else NAVIGATION[0].url,
        ),
        *former_subjects(tree, content.addresses, content.themes, _terms_of(gists)),
    ]
    if tree.is_large:
        pages += _branch(tree, gists, content)
        pages.append(prefectures_page(gists, tree))
    if gallery and gists:
        pages.append(gallery_page(gists[0].slug))
    card = card_of_site(gists, content.site)
    return Site(
        frame,
        tuple(pages),
        {urls.HOME: card} if cards else {},
        {},
        statements_of(pages, (), tables, frame),
        towns_of(gists, tree),
    )


def site_of_branch(area: Area, gists: Sequence[Gist], content: Catalog, frame: Frame) -> Site:
    """The pages of a prefecture with parts, from the gists of its plans."""
    pages = tuple(_branch(area, gists, content))
    return Site(frame, pages, {}, {}, statements_of(pages, (), (), frame))


def _terms_of(gists: Iterable[Gist]) -> dict[str, str]:
    return {term.id: term.term for gist in gists for term in gist.terms}


def _branch(area: Area, gists: Sequence[Gist], content: Catalog) -> Iterator[Page]:
    parts = parts_of(area, gists)
    if not area.is_whole:
        own = [gist for part in parts for gist in part.gists]
        yield towns_page(area, own, content.themes, parts)
        yield from former_subjects(area, content.addresses, content.themes, _terms_of(own))
    yield from branch_pages(area, parts, content.themes)
    yield from vocabulary_pages(area, parts)


def site_of_area(
    area: Area, catalog: Catalog, finders: Mapping[str, TermFinder], frame: Frame
) -> Site:
    """The pages that span the plans of a leaf of the tree of areas.

    `catalog` and `finders` (by slug) need hold only that area's plans.
    """
    plans = {plan.slug: plan for plan in catalog.plans}
    own = replace(catalog, plans=tuple(plans[slug] for slug in area.slugs))
    overview = overview_of(own, frame.this_year)
    pages = tuple(area_pages(area, own, overview, finders, frame.this_year))
    if not area.is_whole:
        gists = [gist_of(plan, frame.this_year) for plan in own.plans]
        former = former_subjects(area, own.addresses, own.themes, _terms_of(gists))
        pages = (towns_page(area, gists, own.themes), *pages, *former)
    return Site(frame, pages, {}, {}, statements_of(pages, (), (), frame))


def site_of_plan(
    plan: Plan,
    surroundings: Surroundings,
    content: Catalog,
    frame: Frame,
    memory: Memory,
    *,
    cards: bool = True,
) -> Site:
    """The pages of one plan, with their pictures and what readers may take away.

    Of `content`, only settings and themes are looked at.
    """
    now = frame.this_year
    pages = (
        *plan_pages(plan, surroundings, content.site, now),
        *roadmap_pages(plan, surroundings, content.themes, now),
        *measure_pages(plan, surroundings, content.themes, content.site, now),
        *former_measures(plan, surroundings),
    )
    return Site(
        frame,
        pages,
        cards_of(plan, str(content.site.title)) if cards else {},
        shares_of(plan, frame, memory),
        statements_of(pages, (plan,), (), frame),
    )


def _areas(
    catalog: Catalog,
    gists: Sequence[Gist],
    tree: Area,
    finders: Mapping[str, TermFinder],
    frame: Frame,
) -> Iterator[Site]:
    for branch in tree.branches:
        yield site_of_branch(branch, gists, catalog, frame)
    for area in tree.leaves:
        yield site_of_area(area, catalog, finders, frame)


def _plans(
    catalog: Catalog,
    gists: Sequence[Gist],
    tree: Area,
    frame: Frame,
    memory: Memory,
    *,
    cards: bool,
) -> Iterator[Site]:
    overview = None if tree.is_large else overview_of(catalog, frame.this_year)
    areas = tree.of_plans()
    by_slug = {gist.slug: gist for gist in gists}
    for plan in catalog.plans:
        named = [by_slug[slug] for slug in sorted(named_by(plan)) if slug in by_slug]
        around = surroundings_of(plan, areas[plan.slug], named, overview)
        yield memory.recall(
            f"pages {plan.slug}",
            (plan, around, catalog.themes, catalog.site, frame, cards),
            partial(site_of_plan, plan, around, catalog, frame, memory, cards=cards),
        )
