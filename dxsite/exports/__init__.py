"""Everything that is published beside the pages."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from dxsite import urls
from dxsite.assets import Artifact, Assets, Part
from dxsite.catalog import Catalog, Plan
from dxsite.exports import (
    bibliography,
    catalogue,
    feed,
    hosting,
    package,
    pictures,
    schemas,
    tables,
)
from dxsite.memory import Memory
from dxsite.site.pages import Site

__all__ = ["TABLES", "export", "joined", "parts_of"]

TABLES = tables.FILES


def export(catalog: Catalog, site: Site, assets: Assets, memory: Memory) -> Iterator[Artifact]:
    """Open data, schemas, feed, pictures, and the files that hosts and robots read."""
    for plan in catalog.plans:
        yield from catalogue.of_plan(plan, site.frame.built)
    plans = [_remembered(plan, memory) for plan in catalog.plans]
    yield from joined(plans, site.frame.built)
    yield from package.artifacts()
    yield from schemas.artifacts()
    yield from feed.artifacts(catalog, site.frame, memory)
    yield from bibliography.artifacts(catalog, site.frame)
    yield from pictures.artifacts(site, assets, memory)
    yield from hosting.artifacts(site)


def parts_of(plan: Plan) -> dict[str, Part]:
    """What makes a plan's part of every file in which all plans stand, by the file's address."""
    rows = {urls.table(t.name): partial(tables.part_of, t, plan) for t in tables.TABLES}
    return {urls.CATALOG_JSON: partial(catalogue.part_of, plan), **rows}


def joined(plans: Sequence[Mapping[str, Part]], built: str) -> Iterator[Artifact]:
    """Every file in which all plans stand, from the parts of each."""
    yield catalogue.whole([parts[urls.CATALOG_JSON] for parts in plans], built)
    for table in tables.TABLES:
        yield tables.whole(table, [parts[urls.table(table.name)] for parts in plans])


def _remembered(plan: Plan, memory: Memory) -> dict[str, Part]:
    return {
        address: partial(memory.recall, f"part {plan.slug}{address}", plan, make)
        for address, make in parts_of(plan).items()
    }
