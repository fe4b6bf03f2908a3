"""How much the search loads and how long it takes, measured in a browser.

The long form asks half the queries of tests/queries and prints a table:

    .venv/bin/python -m tests.benchmarks.searching

The tests ask a few of them and hold the bars: tests/browser/test_search_speed.py.
"""

import gzip
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from dxsite import pipeline, serving
from dxsite.diagnostics import Report
from tests.conftest import ROOT, TODAY

PACKED = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", "/search/words/")
"""What lies compressed on the host; every host compresses the rest on its way."""
HEADERS = 300
"""Bytes that a response's own headers take, roughly: HTTP/2 compresses them."""

PAUSE = 300
"""Milliseconds before a warm query, in which the list before it is painted."""

TIMED = """async query => {
  const root = document.getElementById("search");
  const box = document.querySelector("#search-form [name=q]");
  const done = new Promise(resolve => {
    new MutationObserver((_, observer) => {
      if (root.dataset.state !== "done") return;
      observer.disconnect();
      resolve();
    }).observe(root, { attributes: true, attributeFilter: ["data-state"] });
  });
  box.value = query;
  const start = performance.now();
  box.form.requestSubmit();
  await done;
  return performance.now() - start;
}"""
"""From Enter to the drawn list, in milliseconds; typing waits for 150 ms more."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Bytes over the wire, gzip included, and milliseconds, one number a query."""

    first_bytes: list[int] = field(default_factory=list)
    """Page, style, scripts, index, records: everything until the list stands."""
    later_bytes: list[int] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    """From the click that opens the page."""
    warm: list[float] = field(default_factory=list)
    """What was asked once before, among all the others."""


class Wire:
    """Counts what a reader's browser loads of the published files."""

    def __init__(self, context: BrowserContext, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._weight = 0
        context.on("response", self._add)

    def taken(self) -> int:
        """Bytes since the last time."""
        taken, self._weight = self._weight, 0
        return taken

    def _add(self, response: Response) -> None:
        path = unquote(urlsplit(response.url).path).lstrip("/")
        self._weight += weight(path, self._files[f"{path}index.html" if path[-1] == "/" else path])


def weight(path: str, body: bytes) -> int:
    """Bytes of a response as it travels."""
    if any(sign in f"/{path}" for sign in PACKED):
        return HEADERS + len(body)
    return HEADERS + min(len(body), len(gzip.compress(body, mtime=0)))


def measure(
    browser: Browser,
    url: str,
    files: Mapping[str, bytes],
    *,
    first: Sequence[str],
    later: Sequence[str],
) -> Measured:
    """Ask `first` each as a new reader, then `later` one after the other, twice."""
    measured = Measured()
    for query in first:
        with browser.new_context(base_url=url) as context:
            wire, page = Wire(context, files), context.new_page()
            measured.cold.append(opened(page, query))
            measured.first_bytes.append(wire.taken())
    with browser.new_context(base_url=url) as context:
        wire, page = Wire(context, files), context.new_page()
        opened(page, later[0])
        wire.taken()
        for query in later[1:]:
            page.evaluate(TIMED, query)
            page.wait_for_load_state("networkidle")
            measured.later_bytes.append(wire.taken())
        for query in later:
            page.wait_for_timeout(PAUSE)
            measured.warm.append(page.evaluate(TIMED, query))
    return measured


def opened(page: Page, query: str) -> float:
    """Milliseconds until the list stands."""
    page.goto(f"/search/?q={query}")
    page.wait_for_selector("#search[data-state=done]")
    elapsed: float = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    return elapsed


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def table(measured: Measured) -> str:
    """Markdown."""
    rows = [
        (
            "first query, everything",
            f"{statistics.mean(measured.first_bytes) / 1000:.0f} KB on average, "
            f"{max(measured.first_bytes) / 1000:.0f} KB at most",
        ),
        ("later queries", f"{statistics.mean(measured.later_bytes) / 1000:.1f} KB on average"),
        ("cold, p50 / p95", pair(measured.cold)),
        ("warm, p50 / p95", pair(measured.warm)),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    count = f"{len(measured.cold)} first, {len(measured.warm)} later queries"
    return "\n".join([f"| {count} | |", "|---|---|", *lines])


def pair(values: list[float]) -> str:
    return f"{percentile(values, 0.5):.0f} / {percentile(values, 0.95):.0f} ms"


def asked() -> list[str]:
    """Every query of the test set."""
    lines = (ROOT / "tests" / "queries" / "queries.tsv").read_text("utf-8").splitlines()
    return [line.split("\t")[1] for line in lines[1:]]


@contextmanager
def site() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The repository's own site, built and served."""
    with tempfile.TemporaryDirectory() as folder:
        order = pipeline.Order(root=ROOT, output=Path(folder) / "public", today=TODAY)
        built = pipeline.make(order, Report(), say)
    if built is None:
        raise SystemExit("content/ に誤りがあります。")
    files = {artifact.path: artifact.data for artifact in built.artifacts}
    server = serving.Serving.of_files(files)
    yield server.url.rstrip("/"), files
    server.close()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Print the table."""
    queries = asked()
    with site() as (url, files), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DXSITE_CHROMIUM"), args=["--no-sandbox"]
        )
        say(f"▶ {len(queries)} queries")
        print(table(measure(browser, url, files, first=queries[::10], later=queries[::2])))


if __name__ == "__main__":
    main()
