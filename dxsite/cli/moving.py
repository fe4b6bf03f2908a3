"""rename, remove."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import click

from dxsite import moving
from dxsite.calling import command
from dxsite.catalog import Catalog, read_catalog
from dxsite.cli.options import date_option, day, root_option
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.moving import Farewell
from dxsite.rewriting import place, remove, rewrite
from dxsite.shapes import SLUG
from dxsite.sources import Source, read_sources


@click.command("rename")
@click.argument("what")
@click.argument("new")
@root_option
def rename_(what: str, new: str, root: Path) -> None:
    """施策（PLAN/ID）か計画（PLAN）の名前を変え、古いアドレスから導きます。

    ファイルの名前を変え、ほかの施策の「関連」「再掲」、計画の「後継」を直し、addresses.yaml に
    書き足します。ファイルの名前だけをもう変えたあとでも、残りを直します。
    """
    slug, _, id_ = what.partition("/")
    _check(new)
    _apply(
        root,
        lambda files, catalog: (
            moving.rename_measure(files, catalog, slug, id_, new)
            if id_
            else moving.rename_plan(files, catalog, slug, new)
        ),
    )


@click.command("remove")
@click.argument("what")
@click.option("--reason", required=True, help="載せるのをやめた理由（サイトに出ます）")
@click.option("--successor", "successors", multiple=True, help="代わりになる施策か計画の名前")
@click.option("--title", help="もう消したあとのとき、そこに載っていたものの題名")
@date_option
@root_option
def remove_(
    what: str,
    reason: str,
    successors: tuple[str, ...],
    title: str | None,
    today: datetime | None,
    root: Path,
) -> None:
    """施策（PLAN/ID）か計画（PLAN）を消し、元のアドレスに知らせを置きます。

    ほかの施策の「関連」などからも取り除き、addresses.yaml に書き足します。--date は、載せるのをやめた日
    です（既定: 日本の今日）。
    """
    slug, _, id_ = what.partition("/")
    farewell = Farewell(reason, day(today).isoformat(), successors, title)
    _apply(
        root,
        lambda files, catalog: (
            moving.remove_measure(files, catalog, slug, id_, farewell)
            if id_
            else moving.remove_plan(files, catalog, slug, farewell)
        ),
    )


def _check(name: str) -> None:
    if not SLUG.fullmatch(name):
        raise click.BadParameter(
            f"「{name}」はアドレスになる名前として使えません。"
            "半角の英小文字と数字を「-」でつないでください。",
            param_hint="NEW",
        )


def _apply(root: Path, step: Callable[[Mapping[str, bytes], Catalog], Mapping[str, bytes]]) -> None:
    """Do one step to the files; all of them as they were where it cannot be done."""
    sources = {source.path: source for source in read_sources(root, Report())}
    report = Report()
    catalog = read_catalog(sources.values(), report, drafts=True)
    broken = sorted(f"{name}.yaml" for name in catalog.unread if name.endswith("addresses"))
    if broken:
        raise Fault(
            f"「content/{broken[0]}」に誤りがあります。",
            f"{command('check')} で誤りを直してから、もう一度実行してください。",
        )
    after = step({path: source.data for path, source in sources.items()}, catalog)
    for path in sorted(sources.keys() | after.keys()):
        _write(root, path, sources.get(path), after.get(path))
    click.echo(f"{command('check')} で確かめてください。")


def _write(root: Path, path: str, before: Source | None, data: bytes | None) -> None:
    if before is None:
        place(root, path, data or b"")
        click.echo(f"新しく作りました: {path}")
    elif data is None:
        remove(root, before)
        click.echo(f"消しました: {path}")
    elif data != before.data:
        rewrite(root, before, data)
        click.echo(f"書き換えました: {path}")
