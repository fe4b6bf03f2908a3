"""Makes the published catalogue searchable in the browser."""

from collections.abc import Iterator

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.memory import Memory
from dxsite.search.indexing import index
from dxsite.search.lexicon import lexicon_files, lexicon_of
from dxsite.search.records import records_of
from dxsite.search.shadow import shadow
from dxsite.search.texts import texts_of

__all__ = ["search_files", "texts_of"]


def search_files(catalog: Catalog, memory: Memory) -> Iterator[Artifact]:
    """The index and the lexicon; nothing where there is nothing to find."""
    records = tuple(records_of(catalog))
    if records:
        yield from memory.recall("index", records, lambda: index(shadow(records)))
        went_in = (records, catalog.plans, catalog.search_words)
        yield from memory.recall(
            "lexicon", went_in, lambda: tuple(lexicon_files(lexicon_of(catalog, records)))
        )
