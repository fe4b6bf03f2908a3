"""The whole build on one page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dxsite import cards, exports, inspections, offline, search
from dxsite.admin import admin_files
from dxsite.assets import Artifact, read_assets
from dxsite.catalog import Catalog, read_catalog
from dxsite.checks import check_catalog, check_everything
from dxsite.crew import Crew, helpers
from dxsite.diagnostics import Report
from dxsite.divided import Outcome, build_divided
from dxsite.faults import refusals_told
from dxsite.memory import Memory
from dxsite.order import Order, Progress
from dxsite.provenance import UNKNOWN, Provenance
from dxsite.publishing import Publication, publish, publish_file
from dxsite.rendering import compile_ahead, render
from dxsite.site import Site, areas_of, finders_of, gists_of, plan_site
from dxsite.sources import Source, read_sources
from dxsite.survey import survey

__all__ = [
    "Built",
    "Draft",
    "Order",
    "Progress",
    "build",
    "check",
    "draft",
    "examine",
    "finish",
    "make",
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A site from sound content, whose files are made when they are first asked for."""

    catalog: Catalog
    site: Site
    artifacts: tuple[Artifact, ...]
    """Every file but the index and the picture cards, which take long and change no page."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site that nobody has published yet."""

    pages: int
    artifacts: tuple[Artifact, ...]


def examine(
    sources: Sequence[Source],
    report: Report,
    memory: Memory | None = None,
    *,
    drafts: bool,
    today: date | None = None,
    provenance: Provenance = UNKNOWN,
) -> Catalog:
    """The checked catalogue; with errors in the report, it is not fit to be published."""
    catalog = read_catalog(sources, report, memory, drafts=drafts, provenance=provenance)
    check_catalog(catalog, report, today, memory)
    check_everything(catalog, report)
    return catalog


@refusals_told()
def check(
    order: Order,
    report: Report,
    sources: Sequence[Source] | None = None,
    memory: Memory | None = None,
) -> Catalog | None:
    """Check the content, read before or now; the catalogue where it may be published."""
    if sources is None:
        sources = read_sources(order.root, report)
    catalog = examine(
        sources,
        report,
        memory,
        drafts=order.drafts,
        today=order.today,
        provenance=order.provenance,
    )
    if report.errors or (order.strict and report.warnings):
        return None
    return catalog


def make(
    order: Order, report: Report, progress: Progress, memory: Memory | None = None
) -> Built | None:
    """Every file of the site, in memory; None where the content has faults."""
    memory = memory or Memory()
    with helpers(order.jobs) as crew:
        if order.index or order.cards:  # else nobody else is needed
            compile_ahead(order.root / "templates", crew)
        drafted = draft(order, report, progress, memory)
        return finish(drafted, order, report, progress, memory, crew) if drafted else None


@refusals_told()
def draft(order: Order, report: Report, progress: Progress, memory: Memory) -> Draft | None:
    """The site as far as it can be known without making its files; None for content with faults.

    A preview gives the same `memory` each time, and shows a page as soon as it is made.
    """
    progress("内容を読んでいます…")
    catalog = check(order, report, memory=memory)
    if catalog is None:
        return None
    progress(f"ページを作っています…（施策{sum(len(p.measures) for p in catalog.plans)}件）")
    gists = gists_of(catalog.plans, order.today, memory)
    finders = finders_of(catalog, gists, areas_of(gists, order.limits), memory)
    base_url = (order.base_url or catalog.site.url or "").rstrip("/")
    site = plan_site(
        catalog,
        exports.TABLES,
        finders,
        order.today,
        base_url,
        memory,
        preview=order.preview,
        gallery=order.gallery,
        cards=order.cards and not order.offline,
        limits=order.limits,
    )
    if order.offline:  # nobody has kept an address of a folder
        site = replace(site, pages=tuple(page for page in site.pages if not page.is_former))
    assets = read_assets(order.root, memory)
    artifacts = (
        *assets.artifacts,
        *render(site, order.root / "templates", assets, finders, memory),
        *exports.export(catalog, site, assets, memory),
        # Offline, nothing is published that needs a host.
        *(() if order.offline else admin_files(catalog, site.frame, assets)),
    )
    return Draft(catalog, site, artifacts)


@refusals_told()
def finish(
    drafted: Draft,
    order: Order,
    report: Report,
    progress: Progress,
    memory: Memory,
    crew: Crew | None,
) -> Built | None:
    """Make every file, hold them against the rules, add index and cards; None for faults.

    With a crew, index and cards are made beside the pages.
    """
    catalog, site = drafted.catalog, drafted.site
    artifacts = list(drafted.artifacts)
    if order.index and not order.offline:
        found = search.search_files(catalog, memory, order.limits.whole, crew)
    pictures = cards.pictures_of(tuple(site.cards.values()), order.root, crew)
    inspections.inspect(site, artifacts, report, memory)
    if report.errors or (order.strict and report.warnings):
        return None
    if order.index and not order.offline:
        progress("検索の索引を作っています…")
        artifacts += found
    artifacts += pictures.artifacts()
    cards.keep_only(pictures.keys, order.root)
    memory.end_round()
    if unknown := cards.unknown_in(pictures.cards):
        progress(f"共有用の画像では、書体にない字を〓にしました：{unknown}")
    if order.offline:
        progress("一つのファイルにまとめています…")
        texts = search.texts_of(catalog)
        zipped = offline.packed(artifacts, site.frame, order.root, texts)
        artifacts = [Artifact(order.output.name, zipped)]
    return Built(len(site.pages), tuple(artifacts))


@refusals_told()
def build(order: Order, report: Report, progress: Progress) -> Outcome | None:
    """Publish the site; None, and nothing changed, where the content has faults."""
    looked = survey(order.root)
    if len(looked.plans) > order.limits.whole and not order.offline:
        with Publication(order.output, progress, clean=order.clean) as publication:
            return build_divided(order, looked, report, progress, publication)
    built = make(order, report, progress)
    if built is None:
        return None
    progress("書き出しています…")
    if order.offline:
        return Outcome(built.pages, publish_file(built.artifacts[0].data, order.output))
    return Outcome(built.pages, publish(built.artifacts, order.output, progress, clean=order.clean))
