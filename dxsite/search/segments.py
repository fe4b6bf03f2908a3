"""The records of one plan as a part of an index: where each key stands, in which record.

A segment needs its own plan only, so plans are read one by one, in whichever process; shards.py
joins finished segments without looking into them. Its numbers are those of its own records, from
0: kind by kind, as `KINDS` has them.

A posting is a number of 32 bits: that of the record, in its upper twelve; how many keys stand
before it in the record; in its last three the number of the field's weight in `WEIGHTS`. So
postings rise, and the first of a record has its best weight. Kept are the steps from one to the
next, little end first: assets/js/shards-index.js reads them.
"""

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import sub
from struct import pack

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.search.records import Field, Found
from dxsite.tokens import keys_of

FORM = 1
"""Counts the forms of segments, shards and texts: one of another form is never read."""
KINDS = ("measure", "kpi", "term", "page")
WEIGHTS = tuple(sorted({field.weight for field in Field}, reverse=True))
APART = 6
"""Places between two lines, so that words of both do not stand near each other."""
FACETS = ("prefecture", "plan", "theme", "department", "fy", "status")
MOST = 1 << 12
"""So many records fit into a segment."""
_PLACE_BITS = 20
_QUICK = 1
"""Segments are read far more often than they are made smaller."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an index; its digest is its name wherever it is kept."""

    kinds: tuple[int, ...]
    """How many records there are of each kind."""
    postings: dict[str, bytes]
    """Key → its postings, by key."""
    facets: dict[str, dict[str, list[int]]]
    """Facet → value → numbers of records, by value."""


def digest_of(records: Iterable[Found]) -> str:
    """What names the segment of these records, without making it."""
    said = [
        (r.url, r.kind, *r.facets.values(), [(f.value[0], text) for f, text in r.lines])
        for r in in_order(records)
    ]
    data = json.dumps([FORM, WEIGHTS, APART, said], ensure_ascii=False, separators=(",", ":"))
    return sha256(data.encode()).hexdigest()[:16]


def in_order(records: Iterable[Found]) -> list[Found]:
    """Kind by kind, each as given."""
    return sorted(records, key=lambda found: KINDS.index(found.kind))


def segment_of(records: Iterable[Found]) -> Segment:
    """The segment of a plan's records."""
    ordered = in_order(records)
    return Segment(kinds_of(ordered), _postings(ordered), _facets(ordered))


def kinds_of(records: Iterable[Found]) -> tuple[int, ...]:
    """How many there are of each kind."""
    kinds = Counter(found.kind for found in records)
    return tuple(kinds[kind] for kind in KINDS)


def texts_of_segment(digest: str, records: Iterable[Found]) -> Iterator[Artifact]:
    """What the search shows of each record, a file each: the page of a hit need not be loaded."""
    for number, found in enumerate(in_order(records)):
        text = {
            "url": found.url,
            "kind": found.kind,
            "plans": found.plans,
            "years": [str(int(year)) for year in found.years],
            "lines": [(field.value[0], text) for field, text in found.lines],
        }
        yield Artifact(urls.file_of(urls.search_part(f"fragment/{digest}/{number}")), packed(text))


def packed(value: object) -> bytes:
    """Compressed JSON: not every host compresses, and the browser unpacks these itself."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(data.encode(), mtime=0)


def _postings(records: Sequence[Found]) -> dict[str, bytes]:
    """Key → its postings. This loop is where most of the time of an index goes."""
    weight_of = {field: WEIGHTS.index(field.weight) for field in Field}
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(records):
        place = number << _PLACE_BITS
        end = place + (1 << _PLACE_BITS)
        keys_of_lines = keys_of([text for _, text in found.lines])
        for (field, _), keys in zip(found.lines, keys_of_lines, strict=True):
            for here, key in zip(range(place | weight_of[field], end, 8), keys, strict=False):
                standing[key].append(here)
            place = min(end, place + (len(keys) + APART << 3))
    standing.pop("", None)
    return {key: _steps(places) for key, places in sorted(standing.items())}


def _steps(places: list[int]) -> bytes:
    return pack(f"<{len(places)}I", places[0], *map(sub, places[1:], places))


def _facets(records: Sequence[Found]) -> dict[str, dict[str, list[int]]]:
    facets: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    for number, found in enumerate(records):
        for name in FACETS:
            for value in found.facets.get(name, ()):
                facets[name][value].append(number)
    return {name: dict(sorted(values.items())) for name, values in facets.items() if values}


def written(segment: Segment) -> bytes:
    """A segment as bytes, to be kept."""
    head = {
        "kinds": segment.kinds,
        "facets": segment.facets,
        "keys": " ".join(segment.postings),
        "sizes": [len(some) for some in segment.postings.values()],
    }
    data = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(data + b"\n" + b"".join(segment.postings.values()), _QUICK)


def read(data: bytes) -> Segment:
    """The segment that `written` wrote."""
    text, _, postings = zlib.decompress(data).partition(b"\n")
    head = json.loads(text)
    at, found = 0, {}
    for key, size in zip(head["keys"].split(), head["sizes"], strict=True):
        found[key] = postings[at : at + size]
        at += size
    return Segment(tuple(head["kinds"]), found, head["facets"])
