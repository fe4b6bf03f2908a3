"""What is measured of each generator: cold, unchanged, one edit, an edit inside its preview."""

import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.processes import Taken, Tree, Watch, run, running
from tests.benchmarks.tools import Tool
from tests.conftest import ROOT

COLD, UNCHANGED, EDITED, WATCHED = "cold", "unchanged", "edited", "watched"
CASES = {
    COLD: "cold: no output, no cache",
    UNCHANGED: "nothing changed, fresh process",
    EDITED: "one edited sentence, fresh process",
    WATCHED: "edit inside the preview, until HTTP shows it",
}
_LOOK = 0.005
"""Seconds between two requests for a page that is to change."""
_LATE = 15.0
"""Seconds after which a list that does not follow the page of its measure counts as stale."""
_REST = 0.25
"""Seconds in which a preview does nothing before the next edit."""


class Failed(Exception):
    """A tool did not do what it was to do."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Seconds from saving until a preview shows it."""

    sentence: list[float] = field(default_factory=list)
    """On the page of its measure."""
    processor: list[float] = field(default_factory=list)
    """Seconds on a processor until then."""
    title: list[float] = field(default_factory=list)
    """There and in the list of its plan."""
    stale: bool = False
    """Whether the list never followed."""
    started: float = 0.0
    """Seconds until the first page was shown."""
    memory: int = 0


@dataclass
class Bench:
    """One generator with its project; `plan` and `id_` name the measure that is edited."""

    tool: Tool
    project: Path
    plan: str
    id_: str
    timeout: float
    _settled: bool = False
    _built: bool = False
    _edits: int = 0

    def take(self, case: str) -> Taken:
        """Measure one of the cases that are fresh processes."""
        return {COLD: self._cold, UNCHANGED: self._unchanged, EDITED: self._edited}[case]()

    @property
    def page(self) -> Path:
        """Where the page of the measure is built."""
        return self.project / "public" / self._named(self.tool.page) / "index.html"

    def _named(self, place: str) -> str:
        return place.format(plan=self.plan, id=self.id_)

    def _cold(self) -> Taken:
        self.tool.clean(self.project)
        return self._build()

    def _unchanged(self) -> Taken:
        if not self._settled:
            self._build()
        return self._build()

    def _edited(self) -> Taken:
        if not self._built:
            self._build()
        with self._source() as (text, save):
            sentence = self._sentence()
            save(self.tool.say(text, sentence))
            taken = self._build()
            if sentence not in self.page.read_text("utf-8"):
                raise Failed("the page does not show the edit")
        self._settled = False
        return taken

    def _build(self) -> Taken:
        self._settled = False
        taken = run(self.tool.build(self.project), self._folder, timeout=self.timeout)
        if taken.status != 0:
            last = taken.said.strip().splitlines()[-1:] or ["it says nothing"]
            raise Failed(f"status {taken.status} after {taken.wall:.0f} s: {last[0][:200]}")
        if not self.page.is_file():
            raise Failed("it made no page of the measure that is looked at")
        self._settled = self._built = True
        return taken

    @property
    def _folder(self) -> Path:
        """Where to run: dxsite is not installed, peers know their project by the folder."""
        return ROOT if self.tool.source.endswith(".yaml") else self.project

    def _sentence(self) -> str:
        self._edits += 1
        return f"これは{self._edits}回目の書き換えです。"

    def _source(self) -> "_Opened":
        return _Opened(self.project / self._named(self.tool.source))

    def watched(self, edits: int) -> Watched:
        """Start the preview and edit: `edits` sentences, then as many titles."""
        port = _free_port()
        self._settled = self._built = False  # a preview may leave what it likes
        command = self.tool.serve(self.project, port)
        with running(command, self._folder) as (tree, said):
            watch = Watch(tree)
            watch.start()
            try:
                return self._edited_inside(_Shown(port, said, self.timeout), tree, watch, edits)
            finally:
                watch.stop()

    def _edited_inside(self, shown: "_Shown", tree: Tree, watch: Watch, edits: int) -> Watched:
        page, plan = f"/{self._named(self.tool.page)}", f"/{self.plan}/"
        started = shown.begin(page)
        sentences, used, titles = list[float](), list[float](), list[float]()
        stale = False
        with self._source() as (text, save):
            for _ in range(edits):
                _wait_for_rest(tree, self.timeout)
                words, before = self._sentence(), tree.processor()
                save(self.tool.say(text, words))
                sentences.append(shown.wait(page, words))
                used.append(tree.processor() - before)
            for number in range(edits):
                _wait_for_rest(tree, self.timeout)
                words = f"（書き換え{number + 1}）"
                save(self.tool.rename(text, words))
                seconds = shown.wait(page, words)
                try:
                    titles.append(seconds + shown.wait(plan, words, patience=_LATE))
                except Failed:
                    stale = True
        return Watched(sentences, used, titles, stale, started, watch.highest)


class _Opened:
    """A source that is as it was at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = path.read_text("utf-8")

    def __enter__(self) -> tuple[str, Callable[[str], object]]:
        return self._text, lambda text: self._path.write_text(text, "utf-8")

    def __exit__(self, *_: object) -> None:
        self._path.write_text(self._text, "utf-8")


@dataclass
class _Shown:
    """What a preview answers."""

    port: int
    said: Callable[[], str]
    timeout: float

    def begin(self, page: str) -> float:
        """Seconds until the preview answers at all."""
        return self.wait(page, "</html>")

    def wait(self, page: str, words: str, *, patience: float | None = None) -> float:
        """Seconds until a page holds `words`."""
        started = time.perf_counter()
        until = started + (patience or self.timeout)
        while words not in self._answer(page):
            if time.perf_counter() > until:
                raise Failed(f"{page} does not show it: {self.said().strip()[-200:]}")
            time.sleep(_LOOK)
        return time.perf_counter() - started

    def _answer(self, page: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request("GET", page)
            answer = connection.getresponse()
            return answer.read().decode(errors="replace") if answer.status == 200 else ""
        except (OSError, http.client.HTTPException):
            return ""  # it has not begun to listen
        finally:
            connection.close()


def _wait_for_rest(tree: Tree, timeout: float) -> None:
    """Until the preview has nothing left to do of the edit before."""
    time.sleep(1)  # nobody saves faster
    until = time.perf_counter() + timeout
    used, quiet = tree.processor(), 0
    while quiet < 2 and time.perf_counter() < until:
        time.sleep(_REST)
        now = tree.processor()
        quiet = quiet + 1 if now - used < _REST / 5 else 0
        used = now


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
