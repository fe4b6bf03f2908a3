"""fmt."""

from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

import click

from dxsite import telling
from dxsite.cli.options import Talk, root_option, talk_options
from dxsite.diagnostics import Report, Severity
from dxsite.faults import Fault
from dxsite.formatting import format_source
from dxsite.rewriting import rewrite
from dxsite.sources import CONTENT, Source, read_sources


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@root_option
@click.option("--check", is_flag=True, help="書き換えず、整っていないファイルを示す")
@click.option("--diff", is_flag=True, help="書き換えず、どこが変わるかを示す")
@talk_options
def fmt(
    paths: tuple[Path, ...], root: Path, verbose: int, *, check: bool, diff: bool, quiet: bool
) -> int:
    """content/ の YAML ファイルを、決まった書き方に整えます。

    項目の順、空行、字下げ、一文ごとの改行をそろえます。内容と覚え書き（#）は変わりません。
    PATH は、整えるファイルかフォルダーです（既定: content/ のすべて）。
    """
    talk = Talk(-1 if quiet else verbose)
    chosen = _chosen(root, paths)
    report = Report()
    sources = [s for s in read_sources(root, report) if s.path.endswith(".yaml")]
    sources = [s for s in sources if chosen(s.path)]
    changed: list[tuple[Source, bytes]] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            data = format_source(source, report)
        except Fault as fault:
            faults.append(fault)
            continue
        if data is not None and data != source.data:
            changed.append((source, data))
    findings = [f for f in report.findings if f.severity is Severity.ERROR and chosen(f.place.path)]
    for source, data in changed:
        if not check and not diff:
            rewrite(root, source, data)
        click.echo("\n".join(_difference(source, data)) if diff else source.path)
    if findings:
        click.echo(telling.as_text(findings), err=True)
    left = len({f.place.path for f in findings}) + len(faults)
    talk.progress(_counted(len(sources), len(changed), left, wrote=not check and not diff))
    if faults:
        raise faults[0]
    return 1 if findings or (changed and (check or diff)) else 0


def _chosen(root: Path, paths: tuple[Path, ...]) -> Callable[[str], bool]:
    """Whether a file of the content, by its path from the root, is to be formatted."""
    content = (root / CONTENT).resolve()
    wanted = [content]
    if paths:
        wanted = [(path if path.exists() else root / path).resolve() for path in paths]
    for path, found in zip(paths, wanted, strict=False):
        if not found.exists():
            raise click.BadParameter(f"「{path}」が見つかりません。", param_hint="PATH")
        if not found.is_relative_to(content):
            raise click.BadParameter(
                f"「{path}」は {CONTENT}/ の中にありません。"
                f"{CONTENT}/ の中のファイルかフォルダーを指定してください。",
                param_hint="PATH",
            )

    def is_chosen(path: str) -> bool:
        # A link is chosen where it stands and where it leads to.
        places = (root.resolve() / path, (root / path).resolve())
        return any(place.is_relative_to(found) for place in places for found in wanted)

    return is_chosen


def _difference(source: Source, data: bytes) -> Iterator[str]:
    before = source.data.decode().removeprefix("\ufeff").splitlines()
    after = data.decode().splitlines()
    if before == after:
        yield f"{source.path}: 改行の記号、ファイルの初めの印（BOM）、終わりの改行だけが変わります。"
    after_path = f"{source.path}（整えたあと）"
    yield from unified_diff(before, after, source.path, after_path, lineterm="")


def _counted(total: int, changed: int, left: int, *, wrote: bool) -> str:
    """The line that ends the work."""
    fine = total - changed - left
    if not changed and not left:
        return f"{total}ファイルとも、整っています。"
    did = f"{changed}ファイルを整えました" if wrote else f"{changed}ファイルが整っていません"
    broken = f"、{left}ファイルは誤りがあるため、そのままです" if left else ""
    return f"{did}（変更なし{fine}{broken}）。"
