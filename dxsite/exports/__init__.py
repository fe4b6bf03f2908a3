"""Everything that is published beside the pages."""

from collections.abc import Iterator

from dxsite.assets import Artifact, Assets
from dxsite.catalog import Catalog
from dxsite.exports import (
    bibliography,
    catalogue,
    feed,
    hosting,
    package,
    pictures,
    schemas,
    tables,
    towns,
)
from dxsite.memory import Memory
from dxsite.site.pages import Site

__all__ = ["TABLES", "export"]

TABLES = tables.FILES


def export(catalog: Catalog, site: Site, assets: Assets, memory: Memory) -> Iterator[Artifact]:
    """Open data, schemas, feed, pictures, and the files that hosts and robots read."""
    yield from catalogue.artifacts(catalog, site.frame, memory)
    yield from tables.artifacts(catalog)
    yield from package.artifacts()
    yield from schemas.artifacts()
    yield from feed.artifacts(catalog, site.frame, memory)
    yield from bibliography.artifacts(catalog, site.frame)
    yield from pictures.artifacts(site, assets, memory)
    yield from hosting.artifacts(site)
    yield from towns.artifacts(site.towns)
