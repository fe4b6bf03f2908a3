"""Makes the published catalogue searchable in the browser."""

from dxsite.search.indexing import index
from dxsite.search.shadow import shadow

__all__ = ["index", "shadow"]
