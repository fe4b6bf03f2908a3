"""serve."""

import gc
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from dxsite import pipeline, serving, telling
from dxsite.assets import Artifact, Files
from dxsite.browsing import Browsing, Changes, is_large
from dxsite.cli.options import Talk, day, print_findings, root_option, site_options, talk_options
from dxsite.crew import helpers
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.shelves import Shelves


@click.command()
@root_option
@click.option(
    "-a", "--dev-addr", default="127.0.0.1:8000", metavar="HOST:PORT", help="待ち受けるアドレス"
)
@click.option("--open", "open_browser", is_flag=True, help="ブラウザーで開く")
@site_options
@talk_options
def serve(
    root: Path,
    dev_addr: str,
    base_url: str | None,
    today: datetime | None,
    verbose: int,
    *,
    open_browser: bool,
    drafts: bool,
    no_index: bool,
    no_cards: bool,
    quiet: bool,
) -> None:
    """手元で表示し、ファイルが変わるたびに作り直します（Ctrl-C で終わり）。"""
    talk = Talk(-1 if quiet else verbose)
    host, _, port = dev_addr.rpartition(":")
    if not port.isdecimal() or host not in ("127.0.0.1", "localhost", "[::1]"):
        raise click.BadParameter(
            "表示できるのはこのパソコンだけです。127.0.0.1:8000 の形で指定してください。",
            param_hint="-a",
        )

    order = pipeline.Order(
        root=root,
        output=root / "public",
        today=day(today),
        base_url=base_url or "/",
        drafts=drafts,
        index=not no_index,
        gallery=True,
        cards=not no_cards,
    )
    editions = _Editions(order, lambda: day(today), talk)
    folders = [root / name for name in ("content", "templates", "assets")]
    running = serving.start(
        editions.next, folders, host, int(port), talk.progress, editions.changed.append
    )
    click.echo(f"{running.url} で表示しています。Ctrl-C で終わります。")
    if open_browser:
        click.launch(running.url)
    _wait()
    running.close()
    talk.progress("終わりました。")


def _wait() -> None:
    """Until Ctrl-C."""
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


_ROUND = 200
"""After so many builds without a moment of calm, what the last of them did not need is forgotten."""


@dataclass
class _Editions:
    """One build after the other; each remembers what the one before it made."""

    order: pipeline.Order
    today: Callable[[], date]
    talk: Talk
    memory: Memory = field(default_factory=Memory)
    slow: tuple[Artifact, ...] = ()
    """Index and cards of the last build that made them."""
    changed: list[str] = field(default_factory=list)
    """Paths at which something changed since the last build."""
    _settled: bool = False
    _turns: int = 0
    """Builds since the memory's last round ended."""
    _browsing: Browsing | None = None
    """Where the catalogue is large."""

    def next(self) -> serving.Edition:
        """Every page, to be made when it is looked at, beside index and cards as they were."""
        gc.disable()  # somebody waits
        self._turns += 1
        if self._turns > _ROUND:
            self.memory.end_round()
            self._turns = 0
        try:
            return _safely(self._draft)
        finally:
            if not self._settled:
                _settle()
                self._settled = True
            gc.enable()

    def _draft(self) -> serving.Edition:
        order = replace(self.order, today=self.today())
        report = Report()
        changed, self.changed[:] = tuple(self.changed), ()
        if is_large(order.root, order.limits):
            return self._browsed(order, report, changed)
        self._browsing = None
        drafted = pipeline.draft(order, report, self.talk.detail, self.memory)
        print_findings(report, "text", to_stderr=True)
        if drafted is None:
            return serving.Edition(None, report.findings)
        files = Files((*self.slow, *drafted.artifacts))
        return serving.Edition(files, (), partial(_safely, self._rest, drafted, order))

    def _browsed(
        self, order: pipeline.Order, report: Report, changed: Sequence[str]
    ) -> serving.Edition:
        """Of a large catalogue, what somebody looks at."""
        browsing = self._browsing = self._browsing or Browsing(self.talk.progress)
        shelves = browsing.look(order, Changes.of(order.root, changed), report)
        print_findings(report, "text", to_stderr=True)
        if shelves is None:
            return serving.Edition(None, report.findings)
        later = partial(_safely, self._counted, browsing, shelves)
        return serving.Edition(shelves, browsing.opened, later)

    def _counted(
        self, browsing: Browsing, shelves: Shelves, is_stale: Callable[[], bool]
    ) -> serving.Edition | None:
        """What is above all plans, once each was read."""
        report = Report()
        whole = browsing.finish(shelves, report, is_stale)
        print_findings(report, "text", to_stderr=True)
        if whole is None:
            return serving.Edition(None, report.findings) if report.errors else None
        self.talk.progress("すべての計画を読みました。全体のページも見られます。")
        return serving.Edition(whole, browsing.opened, is_news=True)

    def _rest(
        self, drafted: pipeline.Draft, order: pipeline.Order, is_stale: Callable[[], bool]
    ) -> serving.Edition | None:
        """Everything, inspected, with index and cards; None where the draft became stale."""
        report = Report()
        for artifact in drafted.artifacts:
            if is_stale():
                return None
            artifact.make()
        with helpers(order.jobs) as crew:
            built = pipeline.finish(drafted, order, report, self.talk.detail, self.memory, crew)
        print_findings(report, "text", to_stderr=True)
        if built is None:
            return serving.Edition(None, report.findings)
        self._turns = 0
        _settle()
        known = {artifact.path for artifact in drafted.artifacts}
        self.slow = tuple(file for file in built.artifacts if file.path not in known)
        return serving.Edition(Files(built.artifacts))


E = TypeVar("E", bound=serving.Edition | None)


def _safely(make: Callable[..., E], *args: object) -> E | serving.Edition:
    """An edition; of what went wrong with it, one that tells."""
    try:
        return make(*args)
    except Fault as fault:
        return serving.Edition(None, (telling.fault_as_finding(fault),))
    except Exception:
        return _bug()


def _bug() -> serving.Edition:
    """Tell of a fault of ours; the preview lives on, since the next edit may well avoid it."""
    said = traceback.format_exc()
    click.echo(said, err=True)
    fault = Fault(
        f"dxsite の不具合で、ページを作れません（{said.strip().splitlines()[-1]}）。",
        "直前の変更を見直してください。端末に出た英文を添えて知らせていただけると、直せます。",
    )
    return serving.Edition(None, (telling.fault_as_finding(fault),))


def _settle() -> None:
    """Keep the collector from looking through a whole site while somebody waits for a page."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
