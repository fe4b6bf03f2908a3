"""serve."""

import time
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from dxsite import pipeline, search, serving, telling
from dxsite.cli.options import Talk, day, print_findings, root_option, site_options, talk_options
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory


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

    memory, index = Memory(), dict[str, bytes]()

    def edition(*, indexed: bool = False) -> serving.Edition:
        """All pages beside the last index; then the index, which takes longer than a reader waits."""
        order = pipeline.Order(
            root=root,
            output=root / "public",
            today=day(today),
            base_url=base_url or "/",
            drafts=drafts,
            index=indexed,
            gallery=True,
            cards=not no_cards,
        )
        report = Report()
        try:
            built = pipeline.make(order, report, talk.detail, memory)
        except Fault as fault:
            return serving.Edition(None, (telling.fault_as_finding(fault),))
        if not indexed:
            print_findings(report, "text", to_stderr=True)
        if built is None:
            return serving.Edition(None, report.findings)
        files = {a.path: a.data for a in built.artifacts}
        if indexed:
            index.clear()
            index.update({path: data for path, data in files.items() if search.is_index(path)})
        later = None if indexed or no_index else partial(edition, indexed=True)
        return serving.Edition(index | files, (), later)

    folders = [root / name for name in ("content", "templates", "assets")]
    running = serving.start(edition, folders, host, int(port), talk.progress)
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
