"""What the search of very many plans costs: to make it, to change it, to ask it.

    .venv/bin/python -m tests.benchmarks.indexing 74 1788

Towns that do not exist (records.py) become parts, as many at once as the machine has processors,
then shards; an edit of one town follows, as a fresh process would do it; then a browser asks
common words, each as a new reader. Prints a Markdown table with a column for each number of towns.
Memory is that of all processes together at its highest, seen ten times a second.
"""

import gc
import os
import resource
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dxsite import pipeline, serving
from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.search.parts import Part, Parts, Place, files_of, kept_beside, shard_of, whole_of
from dxsite.search.shards import Shard
from dxsite.search.shared import term_rows
from dxsite.search.whole import records_of
from tests.benchmarks.records import Towns
from tests.benchmarks.searching import Wire, opened, percentile, say
from tests.conftest import ROOT, TODAY

SIZES = (74, 1788)
"""About 5,000 records, and every local government of Japan."""
COMMON = ("電子申請", "窓口", "マイナンバーカード", "システム", "市民", "導入", "RPA", "令和7年度")
BATCH = 12


@dataclass
class Cost:
    """Seconds and bytes of one step."""

    wall: float = 0
    processor: float = 0
    memory: int = 0


class Maker:
    """What each process needs; made once, before the processes part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = catalogue()
        self.store = kept_beside(folder)
        self.parts = Parts(self.catalog.search_words, self.catalog.themes, self.store)
        self.towns = Towns(records_of(self.catalog))
        self.terms = [term_rows(plan) for plan in self.catalog.plans]

    def part(self, number: int, *, edited: bool = False) -> Part:
        """Make a town's part and write what is its own."""
        town = self.towns.town(number, edited=edited)
        code = f"{number * 47 // SIZES[-1] % 47 + 1:02}{number:04}"
        place = Place(town.slug, code, town.name, town.reading, town.prefecture)
        rows = self.terms[number % 5]
        terms = tuple(replace(row, plan=town.slug, municipality=town.name) for row in rows)
        made, texts = self.parts.of_records(place, town.records, terms)
        for text in texts:
            write(self.folder / "public" / text.path, text.data)
        return made


MAKER: list[Maker] = []
"""One, as the processes inherit it."""


def batch(numbers: range) -> list[Part]:
    """The parts of some towns."""
    return [MAKER[0].part(number) for number in numbers]


def warm(shard: Shard) -> None:
    """Make a shard into the store."""
    shard_of(shard, MAKER[0].store)


def catalogue() -> Catalog:
    """The repository's own content."""
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=TODAY)
    catalog = pipeline.check(order, Report())
    if catalog is None:
        raise SystemExit("content/ に誤りがあります。")
    return catalog


def write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def cold(count: int) -> list[Part]:
    """Make everything; the rows of the towns."""
    maker = MAKER[0]
    gc.freeze()
    ranges = [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = [part for some in pool.map(batch, ranges) for part in some]
        whole = whole_of(parts, maker.catalog.themes, maker.store)
        list(pool.map(warm, sorted(whole.shards, key=lambda shard: -len(shard.entries))))
    finish(parts)
    return parts


def finish(parts: list[Part]) -> None:
    """Write all files that are no town's own, those that changed at least."""
    maker = MAKER[0]
    whole = whole_of(parts, maker.catalog.themes, maker.store)
    for file in files_of(whole, maker.catalog.search_words, maker.store):
        path = maker.folder / "public" / file.path
        if not path.is_file() or path.read_bytes() != file.data:
            write(path, file.data)


def edit(parts: list[Part], number: int) -> None:
    """Make what one edited sentence changes."""
    parts[number] = MAKER[0].part(number, edited=True)
    finish(parts)


@contextmanager
def measured(cost: Cost) -> Iterator[None]:
    """Fills in what happens inside."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            cost.memory = max(cost.memory, memory_of_tree())

    watcher = threading.Thread(target=watch)
    before, start = spent(), time.perf_counter()
    watcher.start()
    yield
    cost.wall, cost.processor = time.perf_counter() - start, spent() - before
    over.set()
    watcher.join()


def spent() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def memory_of_tree() -> int:
    """Bytes of this process and its children; what they share is counted once (PSS)."""
    total = 0
    for folder in Path("/proc").iterdir():
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if str(os.getpid()) in (folder.name, parent):
                rollup = (folder / "smaps_rollup").read_text()
                total += 1024 * int(rollup.partition("\nPss:")[2].split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return total


def asked(browser: Browser, folder: Path) -> tuple[list[int], list[float], list[float]]:
    """Bytes and milliseconds of first queries, milliseconds of later ones."""
    order = pipeline.Order(root=ROOT, output=folder, today=TODAY, index=False, cards=False)
    built = pipeline.make(order, Report(), lambda _: None)
    assert built is not None
    files = {artifact.path: artifact.data for artifact in built.artifacts}
    for path in (folder / "public").rglob("*"):
        if path.is_file():
            files[path.relative_to(folder / "public").as_posix()] = path.read_bytes()
    server = serving.Serving.of_files(files)
    weights, firsts, laters = [], [], []
    for query in COMMON:
        with browser.new_context(base_url=server.url.rstrip("/")) as context:
            wire, page = Wire(context, files), context.new_page()
            firsts.append(opened(page, query))
            weights.append(wire.taken())
            say(f"  {query} {page.get_attribute('#search', 'data-total')} {firsts[-1]:.0f} ms")
            laters.append(opened(page, f"{query} 推進"))
    server.close()
    return weights, firsts, laters


def column(browser: Browser, count: int) -> dict[str, str]:
    """All figures of a number of towns."""
    shared = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=shared if shared.is_dir() else None))
    MAKER[:] = [Maker(folder)]
    first, again, changed = Cost(), Cost(), Cost()
    say(f"▶ {count} towns")
    with measured(first):
        parts = cold(count)
    records = sum(sum(part.kinds) for part in parts)
    files = [path.stat().st_size for path in (folder / "public").rglob("*") if path.is_file()]
    kept = [path.stat().st_size for path in (folder / ".dxsite-cache").rglob("*.part")]
    say(f"  {first}; now from what is kept, and after one edit")
    with measured(again):
        finish(parts)
    with measured(changed):
        edit(parts, count // 2)
    say(f"  {again}, {changed}")
    weights, firsts, laters = asked(browser, folder)
    lexicon = (folder / "public" / "search" / "words" / "lexicon").stat().st_size
    shutil.rmtree(folder)
    return {
        "records": f"{records:,}",
        "cold: wall, processor": f"{first.wall:.1f} s, {first.processor:.0f} s",
        "cold: memory of all processes": f"{first.memory / 2**20:.0f} MB",
        "published": f"{len(files):,} files, {sum(files) / 1e6:.0f} MB",
        "kept": f"{sum(kept) / 1e6:.0f} MB",
        "all again from what is kept": f"{again.wall:.1f} s, {again.processor:.1f} s",
        "after one edit": f"{changed.wall:.1f} s, {changed.processor:.1f} s",
        "lexicon": f"{lexicon / 1000:.0f} KB",
        "first query, page and scripts too": f"{statistics.mean(weights) / 1000:.0f} KB on average"
        f", {max(weights) / 1000:.0f} KB at most",
        "first query, p50 / most": f"{percentile(firsts, 0.5):.0f} / {max(firsts):.0f} ms",
        "of two words, p50 / most": f"{percentile(laters, 0.5):.0f} / {max(laters):.0f} ms",
    }


def main() -> None:
    """Print the table."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DXSITE_CHROMIUM"), args=["--no-sandbox"]
        )
        columns = [column(browser, count) for count in sizes]
    load = f"load {os.getloadavg()[0]:.1f} of {os.cpu_count()}"
    rows = [[load, *(f"{count} towns" for count in sizes)], ["---"] * (len(sizes) + 1)]
    rows += [[name, *(one[name] for one in columns)] for name in columns[0]]
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))


if __name__ == "__main__":
    main()
