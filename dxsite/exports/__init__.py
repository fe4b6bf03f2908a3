"""Everything that is published beside the pages."""

from collections.abc import Iterator

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.exports import bibliography, catalogue, feed, hosting, package, schemas, tables
from dxsite.site.pages import Site

__all__ = ["TABLES", "export"]

TABLES = tables.FILES


def export(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Open data, schemas, feed, and the files that hosts and robots read."""
    yield from catalogue.artifacts(catalog, site.frame)
    yield from tables.artifacts(catalog)
    yield from package.artifacts()
    yield from schemas.artifacts()
    yield from feed.artifacts(catalog, site.frame)
    yield from bibliography.artifacts(catalog, site.frame)
    yield from hosting.artifacts(site)
