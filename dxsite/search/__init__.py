"""Makes the published catalogue searchable in the browser.

Few plans become one index at once: `search_files`. Of many each gives a part: `parts`.
"""

from collections.abc import Iterator

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.memory import Memory
from dxsite.site import LIMITS


def search_files(catalog: Catalog, memory: Memory, few: int = LIMITS.whole) -> Iterator[Artifact]:
    """The index and the lexicon; nothing where there is nothing to find.

    Of more plans than `few` they are made plan by plan.
    """
    if len(catalog.plans) > few:
        yield from _from_parts(catalog)
        return
    # Late, like all below: a build without an index needs no dictionary of Japanese.
    from dxsite.search.indexing import index
    from dxsite.search.lexicon import lexicon_files
    from dxsite.search.shadow import shadow
    from dxsite.search.whole import lexicon_of_catalog, records_of

    records = tuple(records_of(catalog))
    if records:
        yield from memory.recall("index", records, lambda: index(shadow(records)))
        went_in = (records, catalog.plans, catalog.search_words)
        yield from memory.recall(
            "lexicon",
            went_in,
            lambda: tuple(lexicon_files(lexicon_of_catalog(catalog, records))),
        )


def texts_of(catalog: Catalog) -> bytes:
    """What assets/js/scan-index.js opens, as JSON."""
    from dxsite.search import texts

    return texts.texts_of(catalog)


def _from_parts(catalog: Catalog) -> Iterator[Artifact]:
    from dxsite.search.parts import Parts, Remembered, files_of, whole_of

    store = Remembered()
    parts = Parts(catalog.search_words, catalog.themes, store)
    made = [parts.of_plan(plan) for plan in catalog.plans]
    for _, texts in made:
        yield from texts
    whole = whole_of((part for part, _ in made), catalog.themes, store)
    yield from files_of(whole, catalog.search_words, store)
