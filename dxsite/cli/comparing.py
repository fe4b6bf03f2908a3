"""diff."""

from pathlib import Path

import click

from dxsite import changes
from dxsite.cli.options import Talk, print_findings, root_option, talk_options
from dxsite.diagnostics import Report
from dxsite.editions import read_editions
from dxsite.revisions import read_side

_HERE = "今のファイル"


@click.command()
@click.argument("a", default="HEAD")
@click.argument("b", required=False)
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(changes.FORMATS)),
    default="text",
    help="書き方（既定: text）",
)
@click.option(
    "-u", "--base-url", metavar="URL", help="公開しているアドレス。ページへのリンクに使う"
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help="計画ごとに示す数。残りは数だけを示す（json には働かない）",
)
@click.option("--drafts", is_flag=True, help="下書きも含める")
@talk_options
def diff(
    a: str,
    b: str | None,
    root: Path,
    form: str,
    base_url: str | None,
    limit: int | None,
    verbose: int,
    *,
    drafts: bool,
    quiet: bool,
) -> int:
    """A から B までに変わったところを、計画の言葉で示します。

    A と B は、git の版（コミット、ブランチ、タグの名前）か、content を含むフォルダーです。
    B を略すと今のファイルと、A も略すと最後のコミット（HEAD）と比べます。
    何も書き込みません。変わったところがあってもなくても、終了コードは 0 です。
    読めないファイルがあれば、それを除いて比べ、終了コードは 1 です。
    """
    talk = Talk(-1 if quiet else verbose)
    sides = [_HERE if name is None else f"「{name}」" for name in (a, b)]
    talk.progress(f"{sides[0]}と{sides[1]}を比べています…")
    reports = Report(), Report()
    sources = [read_side(name, root, report) for name, report in zip((a, b), reports, strict=True)]
    editions = read_editions(sources[0], sources[1], reports, drafts=drafts)
    for side, report, files in zip(sides, reports, sources, strict=True):
        if report.errors:
            click.echo(f"{side}に、読めないところがあります。", err=True)
            print_findings(report, "text", files, to_stderr=True)
    failed = any(report.errors for report in reports)
    if editions.left_out:
        names = "、".join(editions.left_out)
        click.echo(f"次のファイルは比べていません: {names}", err=True)
    if failed and not (editions.before["plans"] or editions.after["plans"]):
        return 1
    found = editions.changes()
    address = (base_url or editions.url or "").rstrip("/")
    click.echo(changes.FORMATS[form](found, changes.Manner(address, limit)))
    if editions.others:
        talk.progress(f"計画のほかに変わったファイル: {'、'.join(editions.others)}")
    told = changes.reports(found)
    if told:
        count = sum(report.count for report in told)
        talk.progress(f"{len(told)}計画の{count}か所が変わっています。")
    return 1 if failed else 0
