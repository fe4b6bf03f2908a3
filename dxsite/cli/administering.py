"""admin install, admin tidy."""

from pathlib import Path

import click

from dxsite import telling
from dxsite.admin import bundle
from dxsite.calling import command
from dxsite.carrying import tidied
from dxsite.catalog import read_catalog
from dxsite.cli.options import Talk, root_option, talk_options
from dxsite.diagnostics import Report, Severity
from dxsite.revisions import read_side
from dxsite.rewriting import rewrite
from dxsite.sources import read_sources


@click.group()
def admin() -> None:
    """編集画面（ブラウザーの入力欄で内容を直す画面）の用意と、あと片付けをします。"""


@admin.command()
@root_option
@click.option("--always", is_flag=True, help="使わない設定でも取る")
@talk_options
def install(root: Path, verbose: int, *, always: bool, quiet: bool) -> None:
    """編集画面の部品を、一度だけネットワークから取ります。npm が要ります。

    site.yaml の「編集画面」が「はい」のときだけ取るので、いつ実行しても構いません。
    """
    talk = Talk(-1 if quiet else verbose)
    settings = read_catalog(read_sources(root, Report()), Report(), drafts=True).site
    if not settings.editor and not always:
        talk.progress("編集画面を使わない設定なので、何も取りませんでした。")
    elif bundle.is_installed():
        talk.progress("編集画面の部品は、もうあります。")
    else:
        talk.progress("編集画面の部品を取っています…")
        talk.progress(f"「{bundle.install()}」に置きました。")


@admin.command()
@root_option
@click.option(
    "--base",
    metavar="REV",
    default="HEAD",
    show_default=True,
    help="直す前の内容がある、git の版（コミットなど）かフォルダー",
)
@talk_options
def tidy(root: Path, base: str, verbose: int, *, quiet: bool) -> int:
    """編集画面で直したファイルに覚え書き（#）を戻し、決まった書き方に整えます。

    編集画面は、値だけを書き出します。覚え書きと空行を、REV の同じファイルから戻します。
    覚え書きのあるファイルは人が書いたものとみなし、整えるだけです（fmt と同じ）。
    """
    talk = Talk(-1 if quiet else verbose)
    report = Report()
    before = {source.path: source for source in read_side(base, root, Report())}
    written = 0
    for source in read_sources(root, report):
        earlier = before.get(source.path)
        if not source.path.endswith(".yaml") or (earlier and earlier.data == source.data):
            continue
        data = tidied(earlier, source, report)
        if data is not None and data != source.data:
            rewrite(root, source, data)
            click.echo(source.path)
            written += 1
    findings = [f for f in report.findings if f.severity is Severity.ERROR]
    if findings:
        hint = f"\n\n直してから、もう一度「{command('admin', 'tidy')}」を実行してください。"
        click.echo(telling.as_text(findings) + hint, err=True)
    talk.progress(f"{written}ファイルを整えました。" if written else "整えるものはありません。")
    return 1 if findings else 0
