"""All records of a catalogue whose plans are read at once."""

from collections.abc import Iterable, Iterator

from dxsite.catalog import Catalog
from dxsite.search.lexicon import Lexicon, lexicon_of
from dxsite.search.records import Found, measures_of, pages_of, placed
from dxsite.search.shared import term_rows, terms_of, theme_of
from dxsite.search.words import Reader, asked_of
from dxsite.site import LIMITS
from dxsite.site.prefectures import prefecture_of


def records_of(catalog: Catalog, *, large: bool | None = None) -> Iterator[Found]:
    """Everything that the catalogue holds: measures first, then KPIs, terms, pages.

    `large`: whether it is, or is a part of, a catalogue whose search is narrowed by prefecture.
    """
    if large is None:
        large = len(catalog.plans) > LIMITS.whole
    if not large:
        return _records(catalog)
    files = (plan.file for plan in catalog.plans)
    return placed(
        _records(catalog), {f.slug: prefecture_of(f.prefecture, f.code).slug for f in files}
    )


def _records(catalog: Catalog) -> Iterator[Found]:
    themes = {str(theme.id): str(theme.title) for theme in catalog.themes}
    for plan in catalog.plans:
        yield from measures_of(plan, themes)
    yield from terms_of(row for plan in catalog.plans for row in term_rows(plan))
    for plan in catalog.plans:
        yield from pages_of(plan)
    yield from map(theme_of, catalog.themes)


def lexicon_of_catalog(catalog: Catalog, records: Iterable[Found]) -> Lexicon:
    """The words of all its records."""
    terms = [row for plan in catalog.plans for row in term_rows(plan)]
    asked = asked_of(catalog.search_words) | {name for row in terms for name in row.names}
    readings = {row.reading for row in terms if row.reading}  # a reading is no other spelling
    reader = Reader(catalog.search_words, asked)
    files = (plan.file for plan in catalog.plans)
    return lexicon_of(
        ((f.slug, str(f.municipality), str(f.reading), str(f.prefecture)) for f in files),
        [reader.row(records, but=readings)],
        terms,
        catalog.search_words,
    )
