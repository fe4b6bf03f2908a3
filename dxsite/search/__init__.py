"""Makes the published catalogue searchable in the browser.

Few plans become one index at once: `search_files`. Of many each gives a part: `parts`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.crew import Crew
from dxsite.memory import Memory
from dxsite.site import LIMITS


def search_files(
    catalog: Catalog, memory: Memory, few: int = LIMITS.whole, crew: Crew | None = None
) -> Iterator[Artifact]:
    """The index and the lexicon; nothing where there is nothing to find.

    With a `crew` they are begun at once, beside all that happens until somebody asks for them.
    Of more plans than `few` they are made plan by plan.
    """
    if len(catalog.plans) > few:
        return _from_parts(catalog)
    went_in = catalog.plans, catalog.themes, catalog.search_words
    making: Callable[[], Sequence[Artifact]] = partial(_at_once, catalog)
    if crew and not memory.knows("search", went_in):
        making = crew.begin(_at_once, catalog)
    return _awaited(memory, went_in, making)


def _awaited(
    memory: Memory, went_in: object, making: Callable[[], Sequence[Artifact]]
) -> Iterator[Artifact]:
    yield from memory.recall("search", went_in, making)


def _at_once(catalog: Catalog) -> tuple[Artifact, ...]:
    # Late, like all below: a build without an index needs no dictionary of Japanese.
    from dxsite.search.indexing import index
    from dxsite.search.lexicon import lexicon_files
    from dxsite.search.shadow import shadow
    from dxsite.search.whole import lexicon_of_catalog, records_of

    records = tuple(records_of(catalog))
    if not records:
        return ()
    return (*index(shadow(records)), *lexicon_files(lexicon_of_catalog(catalog, records)))


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
