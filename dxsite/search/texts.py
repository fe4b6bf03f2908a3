"""All that can be found as plain texts, for the search that reads them whole."""

from dataclasses import asdict

from dxsite.catalog import Catalog
from dxsite.search.lexicon import as_json
from dxsite.search.whole import lexicon_of_catalog, records_of


def texts_of(catalog: Catalog) -> bytes:
    """What assets/js/scan-index.js opens, as JSON."""
    records = tuple(records_of(catalog))
    lexicon = asdict(lexicon_of_catalog(catalog, records))
    readings = lexicon.pop("readings")
    texts = [
        {
            "url": found.url,
            "filters": found.facets,
            "lines": [(field.value[0], text) for field, text in found.lines],
        }
        for found in records
    ]
    return as_json({"lexicon": lexicon, "readings": readings, "records": texts})
