"""In which prefectures a record lies, where the search of many plans is narrowed by them."""

from collections.abc import Iterator
from dataclasses import replace

from dxsite.catalog import Catalog
from dxsite.search.records import Found, records_of
from dxsite.site import LIMITS
from dxsite.site.prefectures import prefecture_of


def placed_records(catalog: Catalog, *, large: bool | None = None) -> Iterator[Found]:
    """The records of a catalogue, with their prefectures if it is `large`.

    None: as large as it looks. A part of a large catalogue must be told that it is one.
    """
    if large is None:
        large = len(catalog.plans) > LIMITS.whole
    if not large:
        return records_of(catalog)
    places = {
        plan.slug: prefecture_of(plan.file.prefecture, plan.file.code).slug
        for plan in catalog.plans
    }
    return (
        replace(found, prefectures=tuple(sorted({places[slug] for slug in found.plans})))
        for found in records_of(catalog)
    )
