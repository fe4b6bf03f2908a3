"""Sheets as an Excel file; the only door to openpyxl."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dxsite.calling import command
from dxsite.diagnostics import Report, did_you_mean
from dxsite.positions import Place
from dxsite.shapes import Choice
from dxsite.sheets.forms import FORMS, Column
from dxsite.sheets.tables import Table, as_typed, table_of

LARGEST = 50_000_000
"""Bytes of a workbook when unpacked; the largest plan so far has 300,000."""
_TEXT = "@"
_WIDE, _NARROW = 48, 16
_ROWS_TO_COME = 500
_WHEN = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_SHEET = re.compile(r"\[([^\]]+)\]$|([^/]+)\.csv$")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_README = (
    "この表は、計画の内容ファイルを表計算ソフトで直すためのものです。",
    "一行目の見出しと、シートの名前は変えないでください。見出しの説明は、見出しのセルに付いています。",
    "何行にもなる項目は、セルの中で改行（Alt+Enter）して書きます。",
    "行を足すときは、「ファイル」の列に施策の英語の名前を書きます。新しい名前を書けば、新しい施策になります。",
    "書き終えたら保存し、職員向けガイドの「表計算ソフトで直す」のとおりに読み込みます。",
    "読み込むときは、変わるところを見てから、書き込むかどうかを選べます。",
)
"""What the first sheet says."""
_README_NAME = "はじめに"


def write_workbook(tables: Iterable[Table]) -> bytes:
    """An Excel file; the same tables give the same bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _README_NAME
    sheet.column_dimensions["A"].width = 100
    for line in _README:
        sheet.append([line])
    for table in tables:
        _write(book.create_sheet(table.form.name), table)
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream)


def _write(sheet: Any, table: Table) -> None:
    docs = {column.name: column for column in table.form.columns}
    sheet.freeze_panes = "A2"
    for number, name in enumerate(table.columns, 1):
        column, letter = docs.get(name), get_column_letter(number)
        texts = (row.cells.get(name, "") for row in table.rows)
        is_long = any(len(text) > _NARROW or "\n" in text for text in texts)
        sheet.column_dimensions[letter].width = _WIDE if is_long else _NARROW
        if column is not None and isinstance(column.shape, Choice):
            words = ",".join(column.shape.options)
            choice = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{len(table.rows) + _ROWS_TO_COME}")
            if len(words) < 255:  # Excel's own limit
                sheet.add_data_validation(choice)
        _head(sheet.cell(1, number), name, column)
        for place, row in enumerate(table.rows, 2):
            _fill(sheet.cell(place, number), row.cells.get(name, ""))


def _head(cell: Any, name: str, column: Column | None) -> None:
    cell.value = name
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8F1FE")
    cell.number_format = _TEXT
    if column is not None:
        must = "（かならず書く）" if column.required else ""
        cell.comment = Comment(f"{column.doc}{must}\n{column.shape.words}", "dxsite", 160, 360)


def _fill(cell: Any, text: str) -> None:
    """A text, whatever it looks like: 1,500 stays as it was typed, =SUM is no formula."""
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@＝＋－＠"


def _timeless(stream: io.BytesIO) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(packed, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _STAMPS.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return packed.getvalue()


def read_workbook(data: bytes, path: str, report: Report) -> tuple[Table, ...]:
    """The tables of an Excel file; every cell that is no text or number is reported."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > LARGEST:
                raise ValueError("too large")
        book = load_workbook(io.BytesIO(data))
    except Exception:  # whatever a broken file makes of the reader
        report.error(
            Place(path),
            "unreadable-file",
            "Excel のファイルとして開けません。",
            f"{command('export xlsx')} で書き出したファイルを、.xlsx の形で保存し直してください。",
        )
        return ()
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not any(form.name in sheets for form in FORMS):
        report.error(
            Place(path),
            "missing-sheet",
            "書き出したときのシートが一つもありません。",
            f"{command('export xlsx')} で書き出したファイルを指定してください。",
        )
        return ()
    _report_names(sheets, path, report)
    return tuple(
        table_of(form, _lines(sheets[form.name], path, report), f"{path}[{form.name}]", report)
        for form in FORMS
        if form.name in sheets
    )


def _report_names(sheets: Iterable[str], path: str, report: Report) -> None:
    known = [form.name for form in FORMS]
    for name in sheets:
        if name not in (*known, _README_NAME):
            report.error(
                Place(f"{path}[{name}]"),
                "unknown-sheet",
                f"「{name}」というシートは読み込めません。",
                did_you_mean(
                    name, known, "シートの名前を書き出したときのものに戻すか、消してください。"
                ),
            )
    for name in known:
        if name not in sheets:
            report.error(
                Place(path),
                "missing-sheet",
                f"シート「{name}」がありません。",
                "書き出したときのシートを残してください。中身が要らないときは、行だけを消します。",
            )


def _lines(sheet: Any, path: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_text(cell, path, sheet.title, report) for cell in cells]


def _text(cell: Any, path: str, sheet: str, report: Report) -> str:
    value = cell.value
    if cell.data_type in ("f", "e") or isinstance(value, bool):
        what = {"f": "計算式", "e": "エラー値"}.get(cell.data_type, "TRUE か FALSE")
        report.error(
            Place(f"{path}[{sheet}]", cell.row, cell.column),
            "not-a-text",
            f"{what}が入っています。",
            "値だけを文字として書いてください（コピーして「値の貼り付け」）。",
        )
        return ""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return as_typed(_CODED.sub(lambda match: chr(int(match[1], 16)), str(value)))


def cell_name(place: Place) -> str:
    """How people name the cell of a finding, シート「施策」のC5; empty where it is of no sheet."""
    sheet = _SHEET.search(place.path)
    if not sheet:
        return ""
    return f"シート「{sheet[1] or sheet[2]}」の{get_column_letter(place.column)}{place.line}"
