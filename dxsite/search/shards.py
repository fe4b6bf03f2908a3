"""Joins the segments of many plans into few shards, each made anew only where a plan changed.

A shard is a region of Japan, so that no plan ever moves to another one; what plans share (terms,
themes) is a shard of its own. The browser asks every shard, so there are few of them; a change
makes one of them anew, so there are several.

1. Keys lie in chunks, sorted; a chunk ends where the hash of a key says so, so that a new key
   renames its own chunk only. Chunks are named after what they hold, and listed in blocks.
2. In a chunk each key has, plan by plan, the plan's number in the shard, the number of its
   postings, and the segment's own bytes. Numbers have seven bits a byte, the lowest first; the
   last byte of a number has no eighth bit.
3. The listing knows the plans of all shards and the blocks; it is all that a first query loads
   before its keys.
"""

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from json import dumps, loads
from typing import Any
from zlib import crc32

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.search.segments import FORM, KINDS, WEIGHTS, Segment, packed

REGIONS = (1, 2, 8, 15, 24, 31, 36, 40)
"""The first prefecture, by its number, of 北海道, 東北, 関東, 中部, 近畿, 中国, 四国, 九州."""
CHUNK = 4096
"""Bytes, before they are compressed, at which a chunk is full; smaller ones end by chance."""
BLOCK = 64
"""So many chunks are listed together."""
_ENTRY = "pagefind-entry.json"
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """What the division needs to know of a segment; a plan's slug and its 団体コード."""

    slug: str
    """Empty for what plans share; then the code only gives the order."""
    code: str
    digest: str
    kinds: tuple[int, ...]

    @property
    def records(self) -> int:
        """How many there are."""
        return sum(self.kinds)


@dataclass(frozen=True, slots=True)
class Shard:
    """The segments of a region, in order."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        """Of all that decides its files."""
        told = [FORM, CHUNK, BLOCK, self.name, *((e.slug, e.digest) for e in self.entries)]
        return sha256(dumps(told).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Head:
    """What the listing says of a finished shard; small enough to be kept by whoever asks."""

    blocks: tuple[tuple[str, str], ...]
    """The first key of each block, and its name."""
    facets: dict[str, str]
    """Facet → the file of its values."""


def divided(entries: Iterable[Entry], regions: Sequence[int] = REGIONS) -> tuple[Shard, ...]:
    """The shards of all segments, whatever order these come in: what is shared, then by code."""
    shards: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (bool(e.slug), e.code, e.slug)):
        region = sum(first <= int(entry.code[:2]) for first in regions) if entry.slug else 0
        shards[region].append(entry)
    return tuple(Shard(str(region), tuple(some)) for region, some in shards.items())


def joined(shard: Shard, segment: Callable[[str], Segment]) -> tuple[Head, tuple[Artifact, ...]]:
    """A shard's files; `segment` gives the segment of a digest."""
    postings: defaultdict[str, list[bytes]] = defaultdict(list)
    facets: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    bases = accumulate((entry.records for entry in shard.entries), initial=0)
    for number, (base, entry) in enumerate(zip(bases, shard.entries, strict=False)):
        part = segment(entry.digest)
        head = _varint(number)
        for key, some in part.postings.items():
            postings[key] += (head, _varint(len(some) // 4), some)
        for name, values in part.facets.items():
            if name == "plan" and entry.slug:
                continue  # the listing says it
            for value, numbers in values.items():
                facets[name][value] += [base + n for n in numbers]
    files: list[Artifact] = []
    blocks = tuple(_blocks(shard.name, _chunks(postings), files))
    named = {
        name: _filed(shard.name, packed({v: _steps(n) for v, n in sorted(values.items())}), files)
        for name, values in sorted(facets.items())
    }
    return Head(blocks, named), tuple(files)


def written(head: Head, files: Iterable[Artifact]) -> bytes:
    """A finished shard as bytes, to be kept."""
    files = tuple(files)
    told = [head.blocks, head.facets, [(file.path, len(file.data)) for file in files]]
    return dumps(told).encode() + b"\n" + b"".join(file.data for file in files)


def read(data: bytes) -> tuple[Head, tuple[Artifact, ...]]:
    """What `written` wrote."""
    text, _, rest = data.partition(b"\n")
    blocks, facets, sizes = loads(text)
    files, at = [], 0
    for path, size in sizes:
        files.append(Artifact(path, rest[at : at + size]))
        at += size
    return Head(tuple((first, name) for first, name in blocks), facets), tuple(files)


def listing(shards: Iterable[Shard], heads: Iterable[Head]) -> tuple[Artifact, Artifact]:
    """What a search loads first: a small file that names the listing, and the listing."""
    told: list[dict[str, Any]] = [
        {
            "name": shard.name,
            "plans": [(e.slug, e.digest, e.kinds) for e in shard.entries],
            "blocks": head.blocks,
            "facets": head.facets,
        }
        for shard, head in zip(shards, heads, strict=True)
    ]
    data = packed({"kinds": KINDS, "weights": WEIGHTS, "shards": told})
    name = _name(data)
    entry = dumps({"form": FORM, "listing": name}).encode()
    return (
        Artifact(urls.file_of(f"{urls.SEARCH_INDEX}{_ENTRY}"), entry),
        Artifact(urls.file_of(urls.search_part(f"index/{name}")), data),
    )


def _chunks(postings: dict[str, list[bytes]]) -> Iterator[tuple[str, bytes]]:
    """The first key of each chunk, and what it holds."""
    chunk, first = bytearray(), ""
    for key in sorted(postings):
        if chunk and (len(chunk) >= CHUNK or (len(chunk) >= _KIB and _is_end(key, CHUNK // _KIB))):
            yield first, bytes(chunk)
            chunk.clear()
        if not chunk:
            first = key
        name, some = key.encode(), b"".join(postings.pop(key))
        chunk += _varint(len(name)) + name + _varint(len(some)) + some
    if chunk:
        yield first, bytes(chunk)


def _blocks(
    shard: str, chunks: Iterable[tuple[str, bytes]], files: list[Artifact]
) -> Iterator[tuple[str, str]]:
    block: list[tuple[str, str]] = []
    for first, chunk in chunks:
        if block and (len(block) >= 2 * BLOCK or _is_end(first, BLOCK)):
            yield block[0][0], _filed(shard, packed(block), files)
            block = []
        block.append((first, _filed(shard, gzip.compress(chunk, mtime=0), files)))
    if block:
        yield block[0][0], _filed(shard, packed(block), files)


def _is_end(key: str, mean: int) -> bool:
    """True for one key of `mean`, always the same ones."""
    return crc32(key.encode()) % mean == 0


def _filed(shard: str, data: bytes, files: list[Artifact]) -> str:
    name = f"{shard}/{_name(data)}"
    files.append(Artifact(urls.file_of(urls.search_part(f"index/{name}")), data))
    return name


def _name(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]


def _varint(number: int) -> bytes:
    if number < 1 << 7:
        return bytes([number])
    return bytes([number & 127 | 128]) + _varint(number >> 7)


def _steps(numbers: list[int]) -> list[int]:
    return [b - a for a, b in zip([0, *numbers], numbers, strict=False)]
