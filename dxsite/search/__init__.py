"""Makes the published catalogue searchable in the browser."""

from collections.abc import Iterator

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.memory import Memory


def search_files(catalog: Catalog, memory: Memory) -> Iterator[Artifact]:
    """The index and the lexicon; nothing where there is nothing to find."""
    # Late, like all below: a build without an index needs no dictionary of Japanese.
    from dxsite.search.indexing import index
    from dxsite.search.lexicon import lexicon_files, lexicon_of
    from dxsite.search.places import placed_records
    from dxsite.search.shadow import shadow

    records = tuple(placed_records(catalog))
    if records:
        yield from memory.recall("index", records, lambda: index(shadow(records)))
        went_in = (records, catalog.plans, catalog.search_words)
        yield from memory.recall(
            "lexicon", went_in, lambda: tuple(lexicon_files(lexicon_of(catalog, records)))
        )


def texts_of(catalog: Catalog) -> bytes:
    """What assets/js/scan-index.js opens, as JSON."""
    from dxsite.search import texts

    return texts.texts_of(catalog)
