"""The records of one plan as a part of an index: where each key stands, in which record.

A segment needs its own plan only, so plans are read one by one, in whichever process; shards.py
joins finished segments without looking into them. Its numbers are those of its own records, from
0: kind by kind, as `KINDS` has them.

A posting is the number of a record, how often the key stands in it, and the steps from place to
place. A place counts the keys before it, times 8, plus the number of the field's weight in
`WEIGHTS`; so places rise, and the first tells the best weight. All are numbers of seven bits a
byte, the lowest first, of which the last byte has no eighth bit. assets/js/shards-index.js reads
them.
"""

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import sub

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
FACETS = ("plan", "theme", "department", "fy", "status")
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
        yield Artifact(urls.file_of(urls.search_text(digest, number)), packed(text))


def packed(value: object) -> bytes:
    """Compressed JSON: not every host compresses, and the browser unpacks these itself."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(data.encode(), mtime=0)


def varint(number: int) -> bytes:
    """A number in seven bits a byte."""
    try:
        return _VARINTS[number]
    except IndexError:
        return bytes([number & 127 | 128]) + varint(number >> 7)


_VARINTS = [bytes([n]) if n < 128 else bytes([n & 127 | 128, n >> 7]) for n in range(1 << 14)]


def _postings(records: Sequence[Found]) -> dict[str, bytes]:
    weight_of = {field: WEIGHTS.index(field.weight) for field in Field}
    postings: defaultdict[str, list[bytes]] = defaultdict(list)
    for number, found in enumerate(records):
        standing: defaultdict[str, list[int]] = defaultdict(list)
        place = 0
        keys_of_lines = keys_of([text for _, text in found.lines])
        for (field, _), keys in zip(found.lines, keys_of_lines, strict=True):
            starts = range(place << 3 | weight_of[field], 1 << 30, 8)
            for here, key in zip(starts, keys, strict=False):
                standing[key].append(here)
            place += len(keys) + APART
        standing.pop("", None)
        head = varint(number)
        once = head + varint(1)
        for key, places in standing.items():
            if len(places) == 1:  # as nearly all do
                postings[key].append(once + varint(places[0]))
            else:
                steps = (len(places), places[0], *map(sub, places[1:], places))
                postings[key].append(head + b"".join(map(varint, steps)))
    return {key: b"".join(some) for key, some in sorted(postings.items())}


def _facets(records: Sequence[Found]) -> dict[str, dict[str, list[int]]]:
    facets: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    for number, found in enumerate(records):
        for name in FACETS:
            for value in found.facets[name]:
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
