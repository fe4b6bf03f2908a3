"""build, check."""

import os
import time
from datetime import datetime
from pathlib import Path

import click

from dxsite import pipeline, telling
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


@click.command()
@root_option
@click.option("-o", "--output-dir", type=click.Path(path_type=Path), help="出力先（既定: public）")
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
    jobs: int | None,  # noqa: ARG001 - accepted for the contract; one process is fast enough yet
    verbose: int,
    *,
    strict: bool,
    drafts: bool,
    clean: bool,
    no_index: bool,
    quiet: bool,
) -> int:
    """content/ からサイトを作ります。"""
    talk = Talk(-1 if quiet else verbose)
    order = pipeline.Order(
        root=root,
        output=output_dir or root / "public",
        today=day(today),
        base_url=base_url,
        drafts=drafts,
        strict=strict,
        clean=clean,
        index=not no_index,
        preview=os.environ.get("CONTEXT", "production") != "production",
    )
    report = Report()
    started = time.perf_counter()
    outcome = pipeline.build(order, report, talk.progress)
    print_findings(report, "text", to_stderr=True)
    if outcome is None:
        click.echo(
            f"{telling.counted(report.errors, report.warnings)}{telling.UNCHANGED}", err=True
        )
        return 1
    built, published = outcome
    click.echo(telling.published(built.pages, published, time.perf_counter() - started))
    return 0


@click.command()
@root_option
@click.option("--format", "form", type=click.Choice(list(telling.FORMATS)), default="text")
@click.option("--strict", is_flag=True, help="注意も誤りとして扱う")
@click.option("--drafts", is_flag=True, help="下書きも含める")
@date_option
@talk_options
def check(
    root: Path,
    form: str,
    today: datetime | None,
    verbose: int,
    *,
    strict: bool,
    drafts: bool,
    quiet: bool,
) -> int:
    """content/ を調べ、直すところをすべて示します。何も書き込みません。"""
    talk = Talk(-1 if quiet else verbose)
    order = pipeline.Order(root=root, output=root / "public", today=day(today), drafts=drafts)
    report = Report()
    pipeline.check(order, report)
    print_findings(report, form, to_stderr=False)
    talk.progress(telling.counted(report.errors, report.warnings))
    return 1 if report.errors or (strict and report.warnings) else 0
