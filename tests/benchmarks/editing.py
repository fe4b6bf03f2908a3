"""How long it takes until an edit is seen in the preview, measured in a browser.

    .venv/bin/python -m tests.benchmarks.editing

It starts `serve` on a copy of the repository's content, without the search index and with it,
opens a measure, writes a new sentence into its file and waits until the page shows it. The parts:
until the build begins (the watcher and the moment of quiet), the build, the reload. The load of
the machine and the processor time of `serve` stand beside them, since others may be at work.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.searching import percentile, say
from tests.conftest import ROOT

EDITS = 10
PATIENCE = 120
"""Seconds after which an edit counts as lost."""
SHOWN = "text => document.body?.innerText.includes(text)"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, one number an edit."""

    seen: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    """From the edit to the begin of the build."""
    build: list[float] = field(default_factory=list)
    reload: list[float] = field(default_factory=list)
    """From the end of the build until the text is seen."""
    processor: list[float] = field(default_factory=list)
    """Time on a processor, of `serve` and what it starts."""
    load: list[float] = field(default_factory=list)
    """Processes that want a processor, averaged over a minute."""


class Serve:
    """A running `serve` and what it says."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-u", "-m", "dxsite", "serve", "-C", str(root)]
        self._process = subprocess.Popen(
            [*command, "-a", "127.0.0.1:0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().split()[0].rstrip("/")
        self.build = 0.0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            if found := re.search(r"作り直しました（([\d.]+)秒）", line):
                self.build = float(found[1])

    def processor(self) -> float:
        """Seconds on a processor so far."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")

    def news_after(self, version: str) -> str:
        """The version of the site, as soon as it is another."""
        while True:
            with urllib.request.urlopen(f"{self.url}/_dxsite/news/{version}") as answer:
                news: str = answer.read().decode()
            if news != version:
                return news

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


@contextmanager
def serving(*options: str) -> Iterator[tuple[Serve, Path]]:
    """The preview of a copy of the repository's own content."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "templates", "assets"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        serve = Serve(Path(folder), *options)
        yield serve, Path(folder)
        serve.close()


def measure(serve: Serve, path: Path, page: Page, edits: int) -> Measured:
    """Write `edits` new sentences into the summary of a measure."""
    measured = Measured()
    text = path.read_text("utf-8")
    assert "\n要約: |\n" in text
    slug, id_ = path.parents[1].name, path.stem
    page.goto(f"{serve.url}/{slug}/measures/{id_}/")
    for number in range(edits):
        time.sleep(1)  # nobody saves faster
        sentence = f"これは{number + 1}回目の書き換えです。"
        version = serve.news_after("")
        watch = Watch(serve, version)
        watch.start()
        measured.load.append(os.getloadavg()[0])
        used, start = serve.processor(), time.perf_counter()
        path.write_text(text.replace("\n要約: |\n", f"\n要約: |\n  {sentence}\n"), "utf-8")
        page.wait_for_function(SHOWN, arg=sentence, timeout=PATIENCE * 1000)
        seen = time.perf_counter() - start
        watch.join(PATIENCE)
        measured.seen.append(seen)
        measured.build.append(serve.build)
        measured.before.append(watch.ended - start - serve.build)
        measured.reload.append(start + seen - watch.ended)
        measured.processor.append(serve.processor() - used)
    return measured


class Watch(threading.Thread):
    """Notes the moment in which the site becomes another."""

    def __init__(self, serve: Serve, version: str) -> None:
        super().__init__(daemon=True)
        self._serve, self._version = serve, version
        self.ended = 0.0

    def run(self) -> None:
        self._serve.news_after(self._version)
        self.ended = time.perf_counter()


def table(name: str, measured: Measured) -> str:
    """Markdown."""
    rows = {
        "seen after the edit": measured.seen,
        "until the build begins": measured.before,
        "build": measured.build,
        "reload": measured.reload,
        "processor time of serve": measured.processor,
    }
    lines = [
        f"| {row} | {statistics.median(values):.2f} | {percentile(values, 0.95):.2f} |"
        for row, values in rows.items()
    ]
    load = f"{min(measured.load):.1f} to {max(measured.load):.1f}"
    head = (
        f"| {name}, {len(measured.seen)} edits, load {load} of {os.cpu_count()} | p50 s | p95 s |"
    )
    return "\n".join([head, "|---|---|---|", *lines])


def main() -> None:
    """Print a table without the index, and one with it."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else EDITS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DXSITE_CHROMIUM"), args=["--no-sandbox"]
        )
        for name, options in (("without index", ["--no-index"]), ("with index", [])):
            say(f"▶ {name}")
            with serving(*options) as (serve, root), browser.new_context() as context:
                path = min((root / "content").glob("*/measures/*.yaml"))
                print(table(name, measure(serve, path, context.new_page(), edits)), end="\n\n")


if __name__ == "__main__":
    main()
