"""The list from which a field finds one municipality among many."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.site.pages import Town


def artifacts(towns: Iterable[Town]) -> Iterator[Artifact]:
    """`[[prefecture, [[name, reading, slug, code], …]], …]`; nothing where no page asks for it."""
    rows = [
        [prefecture, [[town.name, town.reading, town.slug, town.code] for town in group]]
        for prefecture, group in groupby(towns, key=lambda town: town.prefecture)
    ]
    if rows:
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield Artifact(urls.file_of(urls.TOWNS_JSON), text.encode())
