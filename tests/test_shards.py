"""The search of many plans: made plan by plan, and only what changed is made again."""

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dxsite import pipeline, tokens, urls
from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.crew import helpers
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.search import search_files, segments
from dxsite.search.parts import (
    Keeper,
    Part,
    Parts,
    Place,
    Remembered,
    files_of,
    kept_beside,
    whole_of,
)
from dxsite.search.records import Field, Found
from dxsite.search.segments import KINDS, digest_of, segment_of
from dxsite.search.shards import REGIONS, Entry, Shard, divided
from dxsite.search.whole import records_of
from tests.benchmarks.records import Towns

ROOT = Path(__file__).resolve().parent.parent
FILES = "pagefind/index/"


@pytest.fixture(scope="module")
def content() -> Catalog:
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=date(2026, 11, 20))
    catalog = pipeline.check(order, Report())
    assert catalog is not None
    return catalog


class Desk:
    """Counts what is made, as a store sees it."""

    def __init__(self) -> None:
        self.kept = Remembered()
        self.made: list[str] = []

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.made.append(key)
        self.kept.put(key, data)


def made(content: Catalog, towns: Iterable[Part], store: Keeper) -> dict[str, bytes]:
    whole = whole_of(towns, content.themes, store)
    return {file.path: file.data for file in files_of(whole, content.search_words, store)}


def parts_of(
    content: Catalog, numbers: Iterable[int], store: Keeper, *, edited: int = -1
) -> list[Part]:
    towns = Towns(records_of(content))
    parts = Parts(content.search_words, content.themes, store)
    made = []
    for number in numbers:
        town = towns.town(number, edited=number == edited)
        place = Place(town.slug, f"{number * 3 + 1:02}0000", town.name, town.reading, "")
        made.append(parts.of_records(place, town.records, ())[0])
    return made


# Keys.


def test_keys_are_those_of_the_tokens(content: Catalog) -> None:
    rng = random.Random(1)
    odd = "あア漢字・ 　%％1,２.5aBＡé\n\t\x1f「」(（).．,，␣¦ー々ﾊﾟｶﾞ⑴㌔ⅣİÅ\U00020000ß¨"
    lines = [text for found in records_of(content) for _, text in found.lines]
    lines += ["".join(rng.choices(odd, k=rng.randrange(14))) for _ in range(5_000)]
    for line, keys in zip(lines, tokens.keys_of(lines), strict=True):
        assert keys == [tokens.key_of(token) for token in tokens.tokens_of(line)], line


# The division.


def entry(slug: str, code: str) -> Entry:
    return Entry(slug, code, f"digest of {slug}", (1, 0, 0, 0))


def test_a_plan_never_moves_to_another_shard() -> None:
    entries = [entry(f"p{n}", f"{n % 47 + 1:02}{n:04}") for n in range(200)]
    few, all_ = divided(entries[::7]), divided(reversed(entries))
    assert len(all_) == len(REGIONS)
    home = {e.slug: shard.name for shard in all_ for e in shard.entries}
    assert all(home[e.slug] == shard.name for shard in few for e in shard.entries)


def test_what_plans_share_comes_first() -> None:
    first, *_ = divided([entry("p", "010000"), entry("", "1"), entry("", "0")])
    assert [e.code for e in first.entries] == ["0", "1"]


def test_a_shard_is_stale_where_one_of_its_segments_is() -> None:
    shard = Shard("1", (entry("a", "010000"), entry("b", "010001")))
    other = replace(shard, entries=(shard.entries[0], replace(shard.entries[1], digest="new")))
    assert shard.digest == Shard("1", tuple(shard.entries)).digest != other.digest


# Segments.


def test_a_segment_is_read_as_it_was_written(content: Catalog) -> None:
    records = [found for found in records_of(content) if found.kind != "term"]
    segment = segment_of(records)
    assert segments.read(segments.written(segment)) == segment
    assert sum(segment.kinds) == len(records)
    assert list(segment.postings) == sorted(segment.postings)


def test_the_digest_tells_every_difference(content: Catalog) -> None:
    first, *others = records_of(content)
    changed = [
        replace(first, lines=(*first.lines, (Field.LABEL, "。"))),
        replace(first, url="/elsewhere/"),
        replace(first, statuses=("x",)),
        replace(first, kind=KINDS[1]),
    ]
    digests = {digest_of([found, *others]) for found in (first, *changed)}
    assert len(digests) == 1 + len(changed)


def test_a_record_longer_than_any_stays_itself() -> None:
    long = Found(
        "/a/", "page", (), (), (), (), (), ((Field.BODY, "漢字" * 80_000), (Field.LABEL, "終わり"))
    )
    after = replace(long, url="/b/", lines=((Field.TITLE, "終わり"),))
    postings = segment_of([long, after]).postings
    assert "終わ" in postings
    [number] = [int.from_bytes(postings["終わ"][:4], "little") >> 20]
    assert number == 1, "what stands behind the longest record is left out, not put elsewhere"


# The whole.


def test_the_order_of_plans_changes_no_byte(content: Catalog) -> None:
    forwards, backwards = Remembered(), Remembered()
    first = made(content, parts_of(content, range(8), forwards), forwards)
    assert first == made(content, reversed(parts_of(content, range(8), backwards)), backwards)
    assert first == made(content, parts_of(content, range(7, -1, -1), forwards), forwards)


def test_an_edit_makes_one_segment_and_one_shard_again(content: Catalog) -> None:
    store = Desk()
    before = made(content, parts_of(content, range(12), store), store)
    store.made.clear()
    parts = parts_of(content, range(12), store, edited=5)
    assert len(store.made) == 2, "its keys, its words"
    after = made(content, parts, store)
    assert len(store.made) == 3, "and one shard"
    clean = Remembered()
    assert after == made(content, parts_of(content, range(12), clean, edited=5), clean)
    touched = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    shards_ = {path.split("/")[2] for path in touched if path.count("/") > 2 and FILES in path}
    [shard] = shards_
    mine = {path for path in after if path.startswith(f"{FILES}{shard}/")}
    assert len(touched & mine) < len(mine) / 2, "its other chunks keep their names"


def test_nothing_is_made_again_where_nothing_changed(content: Catalog, tmp_path: Path) -> None:
    first = made(content, parts_of(content, range(3), kept_beside(tmp_path)), kept_beside(tmp_path))
    desk = Desk()
    for path in (tmp_path / ".dxsite-cache" / "search").iterdir():
        desk.kept.put(path.stem, kept_beside(tmp_path).get(path.stem) or b"")
    assert made(content, parts_of(content, range(3), desk), desk) == first
    assert desk.made == []


def test_the_store_forgets_what_nobody_asks_for(content: Catalog, tmp_path: Path) -> None:
    store = kept_beside(tmp_path)
    parts_of(content, [0], store, edited=0)
    whole = whole_of(parts_of(content, [0], store), content.themes, store)
    list(files_of(whole, content.search_words, store))
    there = {path.stem for path in (tmp_path / ".dxsite-cache" / "search").iterdir()}
    store.keep_only(whole.names)
    left = {path.stem for path in (tmp_path / ".dxsite-cache" / "search").iterdir()}
    assert left == {*whole.names} < there


def test_a_store_that_keeps_nothing_is_told_of(content: Catalog, tmp_path: Path) -> None:
    (tmp_path / ".dxsite-cache").write_text("a file where a folder should be")
    store = kept_beside(tmp_path)
    with pytest.raises(Fault, match="読み直せませんでした"):
        made(content, parts_of(content, [0], store), store)


def test_progress_is_told_of_every_shard(content: Catalog) -> None:
    store, told = Remembered(), list[tuple[int, int]]()
    whole = whole_of(parts_of(content, range(12), store), content.themes, store)
    list(files_of(whole, content.search_words, store, lambda done, all_: told.append((done, all_))))
    count = len(whole.shards)
    assert told == [(done, count) for done in range(count + 1)]


def test_few_plans_are_one_index_of_pagefind_and_many_are_shards(content: Catalog) -> None:
    def entry_of(files: Iterable[Artifact]) -> dict[str, object]:
        [data] = [file.data for file in files if file.path.endswith("pagefind-entry.json")]
        loaded: dict[str, object] = json.loads(data)
        return loaded

    assert "languages" in entry_of(search_files(content, Memory()))
    many = list(search_files(content, Memory(), few=len(content.plans) - 1))
    listing = f"{FILES}{entry_of(many)['listing']}"
    assert len({file.path for file in many}) == len(many)
    [told] = [json.loads(gzip.decompress(f.data)) for f in many if f.path == listing]
    slugs = [slug for shard in told["shards"] for slug, *_ in shard["plans"] if slug]
    assert slugs == [plan.slug for plan in content.plans]
    named = {urls.file_of(urls.search_part(f"index/{name}")) for name in _names(told)}
    assert named <= {file.path for file in many}


def test_an_index_that_is_made_beside_is_the_same(content: Catalog) -> None:
    few = replace(content, plans=content.plans[:2])
    memory = Memory()
    with helpers(2) as crew:
        beside = list(search_files(few, memory, crew=crew))
        kept = list(search_files(few, memory, crew=crew))
    alone = list(search_files(few, Memory()))
    assert [(file.path, file.data) for file in beside] == [(f.path, f.data) for f in alone]
    assert [id(file) for file in kept] == [id(file) for file in beside]


def _names(told: dict[str, list[dict[str, object]]]) -> Iterable[str]:
    for shard in told["shards"]:
        blocks, facets = shard["blocks"], shard["facets"]
        assert isinstance(blocks, list)
        assert isinstance(facets, dict)
        yield from (name for _, name in blocks)
        yield from facets.values()
