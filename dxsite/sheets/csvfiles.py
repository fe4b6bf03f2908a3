"""Sheets as a folder of CSV files, one a sheet."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from dxsite.calling import command
from dxsite.diagnostics import Report
from dxsite.positions import Place
from dxsite.sheets.forms import FORMS
from dxsite.sheets.tables import Table, as_typed, table_of

_FORMULA = re.compile("[=+@\t\r'-]|[＝＋＠－](?s:.)")
"""A cell that begins so would be computed, or lose the sign that keeps another from being so."""


def write_csv(tables: Iterable[Table]) -> dict[str, bytes]:
    """File name → UTF-8 with byte order mark and CRLF, which Excel opens as it is."""
    return {f"{table.form.name}.csv": _written(table) for table in tables}


def _written(table: Table) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_guarded(row.cells.get(name, "")) for name in table.columns])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def read_csv(files: Mapping[str, bytes], path: str, report: Report) -> tuple[Table, ...]:
    """The tables of a folder; files of other names are left alone."""
    tables = []
    if not any(f"{form.name}.csv" in files for form in FORMS):
        report.error(
            Place(path),
            "missing-sheet",
            f"「{path}」に、書き出したときの CSV ファイルが一つもありません。",
            f"{command('export csv')} で書き出したフォルダーを指定してください。",
        )
        return ()
    for form in FORMS:
        name = f"{form.name}.csv"
        if name not in files:
            report.error(
                Place(f"{path}/{name}"),
                "missing-sheet",
                f"「{name}」がありません。",
                "書き出したときのファイルを残してください。中身が要らないときは、行だけを消します。",
            )
            continue
        where = f"{path}/{name}"
        lines = _lines(files[name], where, report)
        if lines is not None:
            tables.append(table_of(form, enumerate(lines, 1), where, report))
    return tuple(tables)


def _lines(data: bytes, where: str, report: Report) -> list[list[str]] | None:
    """The cells of each line; None after a finding."""
    text = _decoded(data)
    if text is None:
        report.error(
            Place(where),
            "not-utf8",
            "文字を読み取れません。",
            "表計算ソフトで「CSV UTF-8」を選んで保存し直してください。",
        )
        return None
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        report.error(
            Place(where),
            "syntax",
            "CSV として読み取れません。",
            "引用符が閉じているか確かめ、表計算ソフトから保存し直してください。",
        )
        return None
    return [[as_typed(cell.removeprefix("'")) for cell in cells] for cells in lines]


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp932"):  # Excel's plain "CSV" is the latter
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
