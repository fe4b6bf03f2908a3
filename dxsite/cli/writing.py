"""new, guide, schema."""

from pathlib import Path

import click

from dxsite import scaffolding
from dxsite.calling import command
from dxsite.catalog import REVISIONS
from dxsite.cli.options import root_option
from dxsite.diagnostics import Report
from dxsite.exports import schemas
from dxsite.faults import Fault
from dxsite.guide import GUIDE, with_tables
from dxsite.rewriting import place, rewrite
from dxsite.shapes import SLUG
from dxsite.sources import CONTENT, Source, read_folder


@click.group()
def new() -> None:
    """書き込むための新しいファイルを置きます。"""


@new.command("plan")
@click.argument("slug")
@root_option
def new_plan(slug: str, root: Path) -> None:
    """計画（plan.yaml）を置きます。SLUG は自治体の英語の名前です。"""
    _place(root / "content" / _slug(slug) / "plan.yaml", scaffolding.new_plan())


@new.command("measure")
@click.argument("plan")
@click.argument("slug")
@root_option
def new_measure(plan: str, slug: str, root: Path) -> None:
    """施策を置きます。PLAN は自治体のフォルダー名、SLUG は施策の英語の名前です。"""
    folder = root / "content" / _slug(plan) / "measures"
    _place(folder / f"{_slug(slug)}.yaml", scaffolding.new_measure())


@new.command("term")
@click.argument("plan")
@click.argument("slug")
@root_option
def new_term(plan: str, slug: str, root: Path) -> None:
    """用語を用語集（glossary.yaml）の終わりに足します。"""
    path = root / "content" / _slug(plan) / "glossary.yaml"
    before = path.read_text("utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + scaffolding.new_term(_slug(slug), first=not before), "utf-8")
    click.echo(
        f"{path} に「{slug}」を足しました。項目を埋めてから {command('check')} を実行してください。"
    )


@new.command("review")
@click.argument("plan")
@root_option
def new_review(plan: str, root: Path) -> None:
    """前の計画の振り返りの項目を、計画（plan.yaml）に足します。"""
    name = f"content/{_slug(plan)}/plan.yaml"
    path = root / name
    if not path.is_file():
        raise Fault(
            f"「{path}」がありません。", f"先に {command('new plan', plan)} で作ってください。"
        )
    source = Source(name, path.read_bytes())
    rewrite(root, source, scaffolding.new_review(source).encode())
    click.echo(f"{path} に足しました。項目を埋めてから {command('check')} を実行してください。")


@new.command("revision")
@click.argument("plan")
@click.argument("name")
@root_option
def new_revision(plan: str, name: str, root: Path) -> None:
    """今の計画を、前の版として残します。計画を改定する前に使います。

    PLAN は自治体のフォルダー名、NAME は版の名前（2023-03、v2 など）です。
    今あるファイルを revisions/NAME に写します。今の計画のファイルは変わりません。
    """
    report = Report()
    folder = f"{CONTENT}/{_slug(plan)}/{REVISIONS}/{_slug(name)}"
    if (root / folder).exists():
        raise Fault(f"「{folder}」はもうあります。", "版に別の名前を付けてください。")
    kept = tuple(scaffolding.revision_of(plan, name, read_folder(root, plan, report)))
    if not any(source.path == f"{folder}/plan.yaml" for source in kept):
        raise Fault(
            f"「{CONTENT}/{plan}/plan.yaml」がありません。",
            "PLAN には、計画のあるフォルダーの名前を書いてください。",
        )
    for source in kept:
        place(root, source.path, source.data)
    click.echo(
        f"{folder} に、今の計画の{len(kept)}ファイルを写しました。"
        f"次に {CONTENT}/{plan} のファイルを新しい計画に合わせ、plan.yaml の「改定」を書き替えてください。"
    )


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise click.BadParameter(
            f"「{text}」はアドレスになる名前として使えません。"
            "半角の英小文字と数字を「-」でつないでください。"
        )
    return text


def _place(path: Path, text: str) -> None:
    if path.exists():
        raise Fault(
            f"「{path}」はもうあります。", "別の名前を付けるか、そのファイルを編集してください。"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    click.echo(f"{path} を置きました。項目を埋めてから {command('check')} を実行してください。")


@click.command()
@root_option
def guide(root: Path) -> None:
    """内容のガイド（content/README.md）の項目の表を、作り直します。"""
    path = root / GUIDE
    path.write_text(with_tables(path.read_text("utf-8")), "utf-8")
    click.echo(f"{path} の表を作り直しました。")


@click.command()
@root_option
def schema(root: Path) -> None:
    """エディターが使う、項目の定義（content/.schema/）を作り直します。"""
    folder = root / scaffolding.SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    for kind, data in schemas.for_editors().items():
        (folder / f"{kind}.json").write_bytes(data)
    click.echo(f"{folder} の定義を作り直しました。")
