"""export, import."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from dxsite import changes, telling
from dxsite.catalog import read_catalog
from dxsite.checks import check_catalog
from dxsite.cli.options import Talk, print_findings, root_option, talk_options
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.editions import read_editions
from dxsite.faults import Fault
from dxsite.rewriting import place, remove, rewrite
from dxsite.sheets import csvfiles, workbooks
from dxsite.sheets.importing import Import, read_import, values_of
from dxsite.sheets.plans import tables_of
from dxsite.sheets.tables import Table
from dxsite.sources import CONTENT, Source, read_sources

_UNWRITTEN = "何も書き込んでいません。"


@click.group("export")
def export_() -> None:
    """計画を、表計算ソフトで直せる表に書き出します。"""


@click.group("import")
def import_() -> None:
    """表計算ソフトで直した表を読み込み、内容のファイルに書き戻します。"""


@export_.command("xlsx")
@click.argument("plan")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="書き出すファイル（既定: PLAN.xlsx）"
)
@root_option
def export_xlsx(plan: str, output: Path | None, root: Path) -> None:
    """PLAN（自治体のフォルダー名）を、一つの Excel ファイルにします。"""
    path = output or Path(f"{plan}.xlsx")
    _save(path, workbooks.write_workbook(_tables(plan, root)))
    click.echo(f"{path} に書き出しました。直したら dxsite import xlsx {path} で読み込みます。")


@export_.command("csv")
@click.argument("plan")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="書き出すフォルダー（既定: PLAN-csv）"
)
@root_option
def export_csv(plan: str, output: Path | None, root: Path) -> None:
    """PLAN（自治体のフォルダー名）を、シートごとの CSV ファイルにします。"""
    folder = output or Path(f"{plan}-csv")
    for name, data in csvfiles.write_csv(_tables(plan, root)).items():
        _save(folder / name, data)
    click.echo(f"{folder} に書き出しました。直したら dxsite import csv {folder} で読み込みます。")


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


def _import_options(command: Callable[..., int]) -> Callable[..., int]:
    command = click.option("--yes", is_flag=True, help="確かめずに書き込む")(command)
    command = click.option(
        "--dry-run", is_flag=True, help="変わるところを示すだけで、書き込まない"
    )(command)
    return talk_options(root_option(command))  # type: ignore[no-any-return]  # click's own decorators


@import_.command("xlsx")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_import_options
def import_xlsx(
    file: Path, root: Path, verbose: int, *, yes: bool, dry_run: bool, quiet: bool
) -> int:
    """FILE（dxsite export xlsx で書き出して直したもの）を読み込みます。"""
    report = Report()
    tables = workbooks.read_workbook(file.read_bytes(), file.name, report)
    return _import(tables, file.name, root, report, Talk(-1 if quiet else verbose), yes, dry_run)


@import_.command("csv")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_import_options
def import_csv(
    folder: Path, root: Path, verbose: int, *, yes: bool, dry_run: bool, quiet: bool
) -> int:
    """FOLDER（dxsite export csv で書き出して直したもの）を読み込みます。"""
    report = Report()
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    tables = csvfiles.read_csv(files, folder.name, report)
    return _import(tables, folder.name, root, report, Talk(-1 if quiet else verbose), yes, dry_run)


def _import(
    tables: Sequence[Table],
    name: str,
    root: Path,
    report: Report,
    talk: Talk,
    yes: bool,
    dry_run: bool,
) -> int:
    sources = read_sources(root, report)
    wanted = read_import(tables, name, sources, report)
    after = wanted.applied(sources) if wanted else sources
    if wanted:
        _check(wanted, sources, after, report)
    print_findings(_by_cell(report), "text", after, to_stderr=True)
    if report.errors or wanted is None:
        talk.progress(f"{telling.counted(report.errors, report.warnings)}{_UNWRITTEN}")
        return 1
    if not wanted.edits:
        click.echo("変わったところはありません。")
        return 0
    click.echo(_preview(sources, after))
    for edit in wanted.edits:
        what = (
            "新しく作る" if edit.before is None else "消す" if edit.data is None else "書き換える"
        )
        click.echo(f"{what}: {edit.path}")
    if dry_run or not (yes or click.confirm("このとおりに書き込みますか", default=False)):
        click.echo(_UNWRITTEN)
        return 0
    for edit in wanted.edits:
        if edit.before is None:
            place(root, edit.path, edit.data or b"")
        elif edit.data is None:
            remove(root, edit.before)
        else:
            rewrite(root, edit.before, edit.data)
    click.echo(
        f"{len(wanted.edits)}個のファイルに書き込みました。dxsite check で確かめてください。"
    )
    return 0


def _check(
    wanted: Import, before: Sequence[Source], after: Sequence[Source], report: Report
) -> None:
    """Note what the sheets bring in that `check` finds fault with, at their cells."""
    told = {(f.place.path, f.code, f.message) for f in _checked(before).findings}
    new = (f for f in _checked(after).findings if (f.place.path, f.code, f.message) not in told)
    for finding in wanted.in_cells(new):
        _add(report, finding)


def _by_cell(report: Report) -> Report:
    """The same findings, those of a sheet with the name of the cell in the sentence."""
    named = Report()
    for finding in report.findings:
        cell = workbooks.cell_name(finding.place)
        _add(named, replace(finding, message=f"{cell}：{finding.message}") if cell else finding)
    return named


def _add(report: Report, finding: Finding) -> None:
    add = report.error if finding.severity is Severity.ERROR else report.warning
    add(finding.place, finding.code, finding.message, finding.hint)


def _checked(sources: Sequence[Source]) -> Report:
    report = Report()
    check_catalog(read_catalog(sources, report, drafts=True), report)
    return report


def _preview(before: Sequence[Source], after: Sequence[Source]) -> str:
    editions = read_editions(before, after, (Report(), Report()), drafts=True)
    found = changes.compare(editions.before, editions.after, editions.themes)
    return changes.FORMATS["text"](found, changes.Manner("", None))
