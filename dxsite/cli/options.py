"""Options that several commands share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

from dxsite import telling
from dxsite.diagnostics import Report
from dxsite.sources import Source, lines_of

_JAPAN = timezone(timedelta(hours=9))  # Japan has no summer time


@dataclass(frozen=True, slots=True)
class Talk:
    """How much to say on stderr."""

    verbosity: int

    def progress(self, message: str) -> None:
        """Say that a step has begun or ended."""
        if self.verbosity >= 0:
            click.echo(message, err=True)

    def detail(self, message: str) -> None:
        """Say what only `-v` asks for."""
        if self.verbosity > 0:
            click.echo(message, err=True)


def root_option(command: Any) -> Any:
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option(
        "-C",
        "--root",
        type=folder,
        default=".",
        envvar="DXSITE_ROOT",
        help="リポジトリのフォルダー（既定: 今の場所）",
    )(command)


def talk_options(command: Any) -> Any:
    command = click.option("-v", "--verbose", count=True, help="詳しく表示する")(command)
    return click.option("-q", "--quiet", is_flag=True, help="途中経過を表示しない")(command)


def date_option(command: Any) -> Any:
    return click.option(
        "--date",
        "today",
        type=click.DateTime(["%Y-%m-%d"]),
        envvar="DXSITE_DATE",
        help="ビルドの日付（既定: 日本の今日）",
    )(command)


def site_options(command: Any) -> Any:
    for option in (
        click.option("-u", "--base-url", metavar="URL", help="公開するアドレス"),
        click.option("--drafts", is_flag=True, help="下書きも含める"),
        click.option("--no-index", is_flag=True, help="検索の索引を作らない"),
        click.option("--no-cards", is_flag=True, help="共有用の画像を作らない"),
    ):
        command = option(command)
    return date_option(command)


def print_findings(
    report: Report, form: str, sources: Sequence[Source] = (), *, to_stderr: bool
) -> None:
    """Tell everything that was found; people see the lines of `sources` and how to learn more."""
    findings = report.findings
    if form == "text":
        lines = lines_of(sources, {finding.place.path for finding in findings})
        text = f"{telling.as_text(findings, lines)}\n\n{telling.more(findings)}".strip("\n")
    else:
        text = telling.FORMATS[form](findings)
    if text:
        click.echo(text, err=to_stderr)


def day(given: datetime | None) -> date:
    return (given or datetime.now(_JAPAN)).date()
