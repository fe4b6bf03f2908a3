"""build, check."""

import os
import time
from datetime import datetime
from pathlib import Path

import click

from dxsite import pipeline, telling
from dxsite.annals import read_provenance
from dxsite.cli.options import (
    Talk,
    date_option,
    day,
    print_findings,
    root_option,
    site_options,
    talk_options,
)
from dxsite.diagnostics import Report
from dxsite.revisions import read_side
from dxsite.sources import read_sources


@click.command()
@root_option
@click.option(
    "-o",
    "--output-dir",
    type=click.Path(path_type=Path),
    help="出力先（既定: public、--offline では offline.zip）",
)
@click.option("--offline", is_flag=True, help="インターネットなしで開ける、一つのzipファイルを作る")
@click.option("--strict", is_flag=True, help="注意も誤りとして扱う")
@click.option("--clean", is_flag=True, help="出力を初めから作り直す")
@click.option("-j", "--jobs", type=click.IntRange(1), help="並行する処理の数")
@site_options
@talk_options
def build(
    root: Path,
    output_dir: Path | None,
    base_url: str | None,
    today: datetime | None,
    jobs: int | None,
    verbose: int,
    *,
    strict: bool,
    drafts: bool,
    clean: bool,
    no_index: bool,
    no_cards: bool,
    offline: bool,
    quiet: bool,
) -> int:
    """content/ からサイトを作ります。"""
    talk = Talk(-1 if quiet else verbose)
    order = pipeline.Order(
        root=root,
        output=output_dir or root / ("offline.zip" if offline else "public"),
        today=day(today),
        base_url=base_url,
        drafts=drafts,
        strict=strict,
        clean=clean,
        index=not no_index,
        cards=not no_cards,
        jobs=jobs,
        offline=offline,
        provenance=read_provenance(root),
        preview=os.environ.get("CONTEXT", "production") != "production",
    )
    report = Report()
    started = time.perf_counter()
    outcome = pipeline.build(order, report, talk.progress)
    sources = read_sources(root, Report()) if report.findings else ()
    print_findings(report, "text", sources, to_stderr=True)
    if outcome is None:
        click.echo(
            f"{telling.counted(report.errors, report.warnings)}{telling.UNCHANGED}", err=True
        )
        return 1
    seconds = time.perf_counter() - started
    click.echo(telling.published(outcome.pages, outcome.published, seconds))
    return 0


@click.command()
@root_option
@click.option("--format", "form", type=click.Choice(list(telling.FORMATS)), default="text")
@click.option("--strict", is_flag=True, help="注意も誤りとして扱う")
@click.option("--drafts", is_flag=True, help="下書きも含める")
@click.option(
    "--revision", metavar="REV", help="今のファイルの代わりに調べる、git の版（コミットなど）"
)
@click.option(
    "-u",
    "--base-url",
    metavar="URL",
    help="公開しているアドレス。github、markdown、sarif で、ガイドへのリンクに使う",
)
@date_option
@talk_options
def check(
    root: Path,
    form: str,
    revision: str | None,
    base_url: str | None,
    today: datetime | None,
    verbose: int,
    *,
    strict: bool,
    drafts: bool,
    quiet: bool,
) -> int:
    """content/ を調べ、直すところをすべて示します。何も書き込みません。

    github の形では、GITHUB_STEP_SUMMARY のファイルがあれば、すべての一覧をそこに書き足します。
    """
    talk = Talk(-1 if quiet else verbose)
    report = Report()
    sources = read_side(revision, root, report)
    past = read_provenance(root, revision)
    catalog = pipeline.examine(sources, report, drafts=drafts, today=day(today), provenance=past)
    # A revision may be a stranger's proposal: it does not say where links lead.
    url = base_url or (None if revision else catalog.site.url) or None
    if form == "markdown":
        click.echo(telling.as_markdown(report.findings, base_url=url))
    elif form == "sarif":
        click.echo(telling.as_sarif(report.findings, base_url=url))
    else:
        print_findings(report, form, sources, to_stderr=False)
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    if summary:
        with Path(summary).open("a", encoding="utf-8", newline="\n") as file:
            text = telling.as_markdown(report.findings, base_url=url, room=telling.SUMMARY)
            file.write(f"### 内容の検査\n\n{text}\n\n")
    talk.progress(telling.counted(report.errors, report.warnings))
    return 1 if report.errors or (strict and report.warnings) else 0
