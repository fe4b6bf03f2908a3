"""Makes the search of many plans from parts, one a plan, so that nobody holds them all.

A part is made where its plan is read, in whichever process; what is large of it goes into the
store, and a small row comes back. From the rows of all plans `files_of` makes the rest. What the
store holds already is made again by nobody; what it holds decides no byte.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from dxsite.assets import Artifact
from dxsite.catalog import Plan
from dxsite.faults import Damaged
from dxsite.keeping import CACHE, Store
from dxsite.model import SearchWords, Theme
from dxsite.search import segments, shards, words
from dxsite.search.lexicon import Limits, lexicon_files, lexicon_of
from dxsite.search.records import Found, measures_of, pages_of, placed
from dxsite.search.segments import MOST, digest_of, kinds_of, segment_of, texts_of_segment
from dxsite.search.shards import REGIONS, Entry, Head, Shard, divided, joined
from dxsite.search.shared import TermRow, term_rows, terms_of, theme_of
from dxsite.search.words import NAMING, Reader, asked_of
from dxsite.site.prefectures import prefecture_of


class Keeper(Protocol):
    """Keeps bytes by name: `keeping.Store`, or `Remembered` for one build."""

    def get(self, key: str) -> bytes | None:
        """What is kept."""

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""


class Remembered:
    """Keeps everything until the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What is kept."""
        return self._kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        self._kept[key] = data


def kept_beside(root: Path) -> Store:
    """What earlier builds of a repository kept of the search."""
    return Store(root / CACHE / "search", ".part")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as the search names it."""

    slug: str
    code: str
    """全国地方公共団体コード"""
    municipality: str
    reading: str
    prefecture: str

    @property
    def branch(self) -> str:
        """The address of its prefecture, by which a search is narrowed."""
        return prefecture_of(self.prefecture, self.code).slug


@dataclass(frozen=True, slots=True)
class Part:
    """What the search needs to know of a plan, once its records are in the store."""

    place: Place
    digest: str
    kinds: tuple[int, ...]
    words: str
    """The name of its words in the store."""
    terms: tuple[TermRow, ...]


class Parts:
    """Makes the parts of plans; one for a process, since it reads a dictionary."""

    def __init__(self, words: SearchWords, themes: Iterable[Theme], store: Keeper) -> None:
        self._reader = Reader(words, asked_of(words))
        self._themes = {str(theme.id): str(theme.title) for theme in themes}
        self._words = sha256(repr([asked_of(words), words.readings]).encode()).hexdigest()[:16]
        self._store = store

    def of_plan(self, plan: Plan) -> tuple[Part, tuple[Artifact, ...]]:
        """The part of a plan, and the files that are its own: what the search shows of it."""
        file = plan.file
        told = (file.code, file.municipality, file.reading, file.prefecture)
        records = (*measures_of(plan, self._themes), *pages_of(plan))
        return self.of_records(Place(plan.slug, *map(str, told)), records, term_rows(plan))

    def of_records(
        self, place: Place, records: Iterable[Found], terms: tuple[TermRow, ...]
    ) -> tuple[Part, tuple[Artifact, ...]]:
        """The same for a plan whose records are at hand."""
        records = tuple(placed(records, {place.slug: place.branch}))
        digest = digest_of(records)
        name = f"{digest}-words-{self._words}"
        made = _keep(self._store, digest, partial(_written, records))

        def row() -> bytes:
            keys = segments.read(made).postings
            return words.written(self._reader.row(records, keys=keys, fields=NAMING))

        _keep(self._store, name, row)
        part = Part(place, digest, kinds_of(records), name, terms)
        return part, tuple(texts_of_segment(digest, records))


@dataclass(frozen=True, slots=True)
class Whole:
    """The parts of all plans, and what no plan owns."""

    shards: tuple[Shard, ...]
    parts: tuple[Part, ...]
    texts: tuple[Artifact, ...]
    """What the search shows of terms and themes."""

    @property
    def names(self) -> Iterator[str]:
        """What the store is asked for; all else in it is of an earlier day."""
        for part in self.parts:
            yield part.words
        for shard in self.shards:
            yield shard.digest
            yield from (entry.digest for entry in shard.entries)


def whole_of(
    parts: Iterable[Part],
    themes: Iterable[Theme],
    store: Keeper,
    regions: tuple[int, ...] = REGIONS,
) -> Whole:
    """The parts in order, divided into shards, together with the terms and themes of all."""
    parts = tuple(sorted(parts, key=lambda part: (part.place.code, part.place.slug)))
    terms = terms_of(row for part in parts for row in part.terms)
    branches = {part.place.slug: part.place.branch for part in parts}
    shared = tuple(placed((*terms, *map(theme_of, themes)), branches))
    entries = [Entry(p.place.slug, p.place.code, p.digest, p.kinds) for p in parts]
    texts: list[Artifact] = []
    for start in range(0, len(shared), MOST):
        records = shared[start : start + MOST]
        digest = digest_of(records)
        _keep(store, digest, partial(_written, records))
        entries.append(Entry("", f"{start:09}", digest, kinds_of(records)))
        texts += texts_of_segment(digest, records)
    return Whole(divided(entries, regions), parts, tuple(texts))


def shard_of(shard: Shard, store: Keeper) -> tuple[Head, tuple[Artifact, ...]]:
    """A shard's files, made where the store does not hold them; any process may do it."""

    def make() -> bytes:
        return shards.written(*joined(shard, lambda digest: segments.read(_kept(store, digest))))

    return shards.read(_keep(store, shard.digest, make))


def files_of(
    whole: Whole,
    asked: SearchWords,
    store: Keeper,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    limits: Limits | None = None,
) -> Iterator[Artifact]:
    """All files but those that are the plans' own; `progress` hears how many shards are made.

    `limits`: of the lexicon; None: what suits so many plans.
    """
    yield from whole.texts
    heads = []
    for number, shard in enumerate(whole.shards):
        progress(number, len(whole.shards))
        head, files = shard_of(shard, store)
        heads.append(head)
        yield from files
    progress(len(whole.shards), len(whole.shards))
    yield from shards.listing(whole.shards, heads)
    places = (part.place for part in whole.parts)
    lexicon = lexicon_of(
        ((p.slug, p.municipality, p.reading, p.prefecture) for p in places),
        [words.read(_kept(store, part.words)) for part in whole.parts],
        [row for part in whole.parts for row in part.terms],
        asked,
        limits or Limits.of(len(whole.parts)),
    )
    yield from lexicon_files(lexicon, in_letters=True)


def _written(records: Iterable[Found]) -> bytes:
    return segments.written(segment_of(records))


def _keep(store: Keeper, name: str, make: Callable[[], bytes]) -> bytes:
    """What the store holds under a name; made where it holds nothing."""
    held = store.get(name)
    if held is None:
        held = make()
        store.put(name, held)
    return held


def _kept(store: Keeper, name: str) -> bytes:
    held = store.get(name)
    if held is None:
        raise Damaged(
            "検索の索引を作る途中のファイルを、読み直せませんでした。",
            f"「{CACHE}」フォルダーに書き込めるか、ディスクに空きがあるかを確かめてください。",
        )
    return held
