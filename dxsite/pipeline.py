"""The whole build on one page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxsite import exports, inspections, search
from dxsite.admin import admin_files
from dxsite.assets import Artifact, read_assets
from dxsite.catalog import Catalog, read_catalog
from dxsite.checks import check_catalog
from dxsite.diagnostics import Report
from dxsite.publishing import Published, publish
from dxsite.rendering import render
from dxsite.site import plan_site
from dxsite.sources import Source, read_sources
from dxsite.terms import ALL_PLANS, TermFinder

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, from where, to where, as of which day."""

    root: Path
    output: Path
    today: date
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    index: bool = True
    preview: bool = False
    """Whether search engines are to be kept away."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site that nobody has published yet."""

    pages: int
    artifacts: tuple[Artifact, ...]


def examine(
    sources: Sequence[Source], report: Report, *, drafts: bool, today: date | None = None
) -> Catalog:
    """The checked catalogue; with errors in the report, it is not fit to be published."""
    catalog = read_catalog(sources, report, drafts=drafts)
    check_catalog(catalog, report, today)
    return catalog


def check(order: Order, report: Report, sources: Sequence[Source] | None = None) -> Catalog | None:
    """Check the content, read before or now; the catalogue where it may be published."""
    if sources is None:
        sources = read_sources(order.root, report)
    catalog = examine(sources, report, drafts=order.drafts, today=order.today)
    if report.errors or (order.strict and report.warnings):
        return None
    return catalog


def make(order: Order, report: Report, progress: Progress) -> Built | None:
    """Every file of the site, in memory; None where the content has faults."""
    progress("内容を読んでいます…")
    catalog = check(order, report)
    if catalog is None:
        return None
    progress(f"ページを作っています…（施策{sum(len(p.measures) for p in catalog.plans)}件）")
    finders = {plan.slug: TermFinder(plan.terms) for plan in catalog.plans}
    every_term = (term for plan in catalog.plans for term in plan.terms)
    finders[ALL_PLANS] = TermFinder(every_term, explaining=False)
    base_url = (order.base_url or catalog.site.url or "").rstrip("/")
    site = plan_site(catalog, exports.TABLES, finders, order.today, base_url, preview=order.preview)
    assets = read_assets(order.root)
    artifacts = [
        *render(site, order.root / "templates", assets, finders),
        *assets.artifacts,
        *exports.export(catalog, site),
        *admin_files(catalog, site.frame, assets),
    ]
    if order.index:
        progress("検索の索引を作っています…")
        artifacts += search.search_files(catalog)
    inspections.inspect(site, artifacts, report)
    if report.errors or (order.strict and report.warnings):
        return None
    return Built(len(site.pages), tuple(artifacts))


def build(order: Order, report: Report, progress: Progress) -> tuple[Built, Published] | None:
    """Publish the site; None, and nothing changed, where the content has faults."""
    built = make(order, report, progress)
    if built is None:
        return None
    progress("書き出しています…")
    return built, publish(built.artifacts, order.output, clean=order.clean)
