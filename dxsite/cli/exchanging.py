"""export, import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from dxsite import changes, pipeline, telling
from dxsite.calling import command
from dxsite.cli.options import Talk, print_findings, root_option, talk_options
from dxsite.diagnostics import Report
from dxsite.editions import read_editions
from dxsite.faults import Fault
from dxsite.rewriting import place, remove, rewrite
from dxsite.sheets import csvfiles, workbooks
from dxsite.sheets.importing import Edit, Import, read_import, values_of
from dxsite.sheets.plans import tables_of
from dxsite.sheets.tables import Table
from dxsite.sources import CONTENT, Source, read_sources

_UNWRITTEN = "何も書き込んでいません。"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way to keep sheets."""

    name: str
    """What they are called unless somebody says otherwise; {} is the plan."""
    write: Callable[[Path, Sequence[Table]], None]
    read: Callable[[Path, Report], tuple[Table, ...]]


def _write_workbook(file: Path, tables: Sequence[Table]) -> None:
    _save(file, workbooks.write_workbook(tables))


def _read_workbook(file: Path, report: Report) -> tuple[Table, ...]:
    return workbooks.read_workbook(_load(file), file.name, report)


def _write_folder(folder: Path, tables: Sequence[Table]) -> None:
    for name, data in csvfiles.write_csv(tables).items():
        _save(folder / name, data)


def _read_folder(folder: Path, report: Report) -> tuple[Table, ...]:
    files = {path.name: _load(path) for path in sorted(folder.glob("*.csv")) if path.is_file()}
    return csvfiles.read_csv(files, folder.resolve().name, report)


_KINDS = {
    "xlsx": _Kind("{}.xlsx", _write_workbook, _read_workbook),
    "csv": _Kind("{}-csv", _write_folder, _read_folder),
}
_kind_argument = click.argument("kind", type=click.Choice(list(_KINDS)))


@click.command("export")
@_kind_argument
@click.argument("plan")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="書き出すファイルかフォルダー（既定: PLAN.xlsx、PLAN-csv）",
)
@root_option
def export_(kind: str, plan: str, output: Path | None, root: Path) -> None:
    """PLAN（自治体のフォルダー名）を、表計算ソフトで直せる表に書き出します。

    xlsx は、一つの Excel ファイルにします。csv は、シートごとの CSV ファイルにします。
    """
    path = output or Path(_KINDS[kind].name.format(plan))
    _KINDS[kind].write(path, _tables(plan, root))
    way_back = command("import", kind, str(path))
    click.echo(f"{path} に書き出しました。直したら {way_back} で読み込みます。")


def _tables(plan: str, root: Path) -> tuple[Table, ...]:
    report = Report()
    sources = read_sources(root, report)
    values = values_of(plan, sources, report)
    if report.errors:
        print_findings(report, "text", sources, to_stderr=True)
        raise Fault(
            "内容に読めないところがあるため、書き出せません。", "上の誤りを直してください。"
        )
    if not values:
        raise Fault(
            f"「{CONTENT}/{plan}」に計画がありません。",
            f"自治体のフォルダー名を書いてください（今あるのは {_plans(sources)}）。",
        )
    return tables_of(plan, values)


def _plans(sources: Sequence[Source]) -> str:
    return "、".join(
        sorted({s.path.split("/")[1] for s in sources if s.path.endswith("/plan.yaml")})
    )


def _save(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Fault(
            f"「{path}」に書き込めません（{error.strerror}）。",
            "表計算ソフトで開いていれば閉じ、書き込みの権限を確かめてください。",
        ) from error


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault(
            f"「{path}」を読めません（{error.strerror}）。",
            "表計算ソフトで開いていれば閉じ、読み取りの権限を確かめてください。",
        ) from error


@click.command("import")
@_kind_argument
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="変わるところを示すだけで、書き込まない")
@click.option("--yes", is_flag=True, help="確かめずに書き込む")
@root_option
@talk_options
def import_(
    kind: str, path: Path, root: Path, verbose: int, *, yes: bool, dry_run: bool, quiet: bool
) -> int:
    """表計算ソフトで直した表を読み込み、内容のファイルに書き戻します。

    PATH は、export で書き出して直したものです（xlsx ではファイル、csv ではフォルダー）。
    変わるところを示し、書き込むかどうかを尋ねます。
    """
    if path.is_dir() != (kind == "csv"):
        what = "フォルダー" if kind == "csv" else "ファイル"
        raise click.BadParameter(
            f"{kind} では、書き出した{what}を指定してください。", param_hint="PATH"
        )
    report = Report()
    tables = _KINDS[kind].read(path, report)
    sources = read_sources(root, report)
    wanted = read_import(tables, sources, report)
    after = wanted.applied(sources) if wanted else sources
    if wanted:
        _check(wanted, sources, after, report)
    print_findings(_by_cell(report), "text", after, to_stderr=True)
    if report.errors or wanted is None:
        talk = Talk(-1 if quiet else verbose)
        talk.progress(f"{telling.counted(report.errors, report.warnings)}{_UNWRITTEN}")
        return 1
    if not wanted.edits:
        click.echo("変わったところはありません。")
        return 0
    _preview(wanted, sources, after)
    if dry_run or not (yes or click.confirm("このとおりに書き込みますか", default=False)):
        click.echo(_UNWRITTEN)
        return 0
    for edit in wanted.edits:
        _write(edit, root)
    click.echo(
        f"{len(wanted.edits)}個のファイルに書き込みました。{command('check')} で確かめてください。"
    )
    return 0


def _check(
    wanted: Import, before: Sequence[Source], after: Sequence[Source], report: Report
) -> None:
    """Note what the sheets bring in that `check` finds fault with, at their cells."""
    reports = Report(), Report()
    for sources, found in zip((before, after), reports, strict=True):
        pipeline.examine(sources, found, drafts=True)
    told = {(f.place.path, f.code, f.message) for f in reports[0].findings}
    new = (f for f in reports[1].findings if (f.place.path, f.code, f.message) not in told)
    for finding in wanted.in_cells(new):
        report.add(finding)


def _by_cell(report: Report) -> Report:
    """The same findings, those of a sheet with the name of the cell in the sentence."""
    named = Report()
    for finding in report.findings:
        cell = workbooks.cell_name(finding.place)
        named.add(replace(finding, message=f"{cell}：{finding.message}") if cell else finding)
    return named


def _preview(wanted: Import, before: Sequence[Source], after: Sequence[Source]) -> None:
    """Show what changes, and which files."""
    editions = read_editions(before, after, (Report(), Report()), drafts=True)
    click.echo(changes.FORMATS["text"](editions.changes(), changes.Manner()))
    for edit in wanted.edits:
        what = (
            "新しく作る" if edit.before is None else "消す" if edit.data is None else "書き換える"
        )
        click.echo(f"{what}: {edit.path}")


def _write(edit: Edit, root: Path) -> None:
    if edit.before is None:
        place(root, edit.path, edit.data or b"")
    elif edit.data is None:
        remove(root, edit.before)
    else:
        rewrite(root, edit.before, edit.data)
