"""Fills sheets from content files, and builds values from sheets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dxsite.dates import ByYear
from dxsite.diagnostics import Report, did_you_mean
from dxsite.figures import PARTS, FigureShape
from dxsite.positions import Place
from dxsite.shapes import Headed, ListOf, Shape
from dxsite.sheets.forms import CELL, Form
from dxsite.signs import forbidden_signs, without_forbidden
from dxsite.writing import Value

Path = tuple[str | int, ...]
_CELLS = re.compile(CELL.format("[0-9]+"))
Cell = tuple[str, int, str]
"""Sheet, row (from 1, the heading included), column name."""


@dataclass(frozen=True, slots=True)
class Row:
    """Column → text; `number` counts the rows of the sheet from 1, the heading included."""

    cells: Mapping[str, str]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its rows."""

    form: Form
    rows: tuple[Row, ...]
    where: str = ""
    """Where people find it: 計画.xlsx[施策], 計画-csv/施策.csv; empty where it is in no file."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in order; rows of cells have as many as the longest."""
        names = (*self.form.heads, *(column.name for column in self.form.columns))
        if self.form.columns:
            return names
        most = max((len(row.cells) - len(names) for row in self.rows), default=0)
        return (*names, *(CELL.format(n + 1) for n in range(max(most, 1))))

    def place(self, row: int, column: str) -> Place:
        """Where a cell stands; without a column, where the row begins."""
        columns = self.columns
        return Place(self.where, row, columns.index(column) + 1 if column in columns else 1)


# ------------------------------------------------------------------ values into rows


def file_rows(form: Form, value: Value, name: str) -> Iterator[tuple[Form, Row]]:
    """The rows of a whole file; `name` is what its own column says."""
    own = {form.own: name} if form.own else {}
    if form.columns:
        yield form, Row({**own, **_cells(form, value)})
    for inner in form.inner:
        yield from _rows(inner, _at(value, inner.path), own if inner.owners else {})


def _rows(form: Form, value: Value, owners: Mapping[str, str]) -> Iterator[tuple[Form, Row]]:
    for place, (name, item) in enumerate(_entries(value), 1):
        cells = {**owners, **_cells(form, item)}
        if form.own and form.own not in cells:
            cells[form.own] = name or str(place)
        yield form, Row(cells)
        for inner in form.inner:
            below = {**owners, inner.owners[-1]: cells[form.own or ""]}
            yield from _rows(inner, _at(item, inner.path), below)


def _cells(form: Form, value: Value) -> dict[str, str]:
    if form.columns:
        return {column.name: text_of(_at(value, column.path)) for column in form.columns}
    return {CELL.format(n + 1): as_typed(str(cell)) for n, cell in enumerate(value)}


def _entries(value: Value) -> Iterator[tuple[str, Value]]:
    """The entries of a section, those of years and headings with their name."""
    if isinstance(value, Mapping):
        yield from value.items()
    elif not isinstance(value, str):
        yield from (("", item) for item in value)


def _at(value: Value, path: Sequence[str]) -> Value:
    for step in path:
        value = value.get(step, "") if isinstance(value, Mapping) else ""
    return value


def text_of(value: Value) -> str:
    """A value as the text of one cell: lists line by line, a figure in parts likewise."""
    if isinstance(value, str):
        return as_typed(value)
    if isinstance(value, Mapping):
        return as_typed("\n".join(f"{name}: {part}" for name, part in value.items()))
    return as_typed("\n".join(map(str, value)))


def as_typed(text: str) -> str:
    """A text as a cell keeps it: one sign ends a line, nothing stands around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" 　\n\t")


# ------------------------------------------------------------------ rows into values


def table_of(
    form: Form, lines: Iterable[tuple[int, Sequence[str]]], where: str, report: Report
) -> Table:
    """A sheet from its lines, the heading first; a column too many or too few is reported."""
    given = iter(lines)
    _, names = next(given, (1, ()))
    known = Table(form, ()).columns if form.columns else form.heads
    for number, name in enumerate(names, 1):
        if name and name not in known and (form.columns or not _CELLS.fullmatch(name)):
            report.error(
                Place(where, 1, number),
                "unknown-column",
                f"「{name}」という列は読み込めません。",
                did_you_mean(
                    name, known, "見出しを書き出したときのものに戻すか、列を消してください。"
                ),
            )
    for name in known:
        if name not in names:
            report.error(
                Place(where),
                "missing-column",
                f"「{name}」の列がありません。",
                "書き出したときの列を残してください。中身が要らないときは、セルだけを空にします。",
            )
    rows = []
    for row, texts in given:
        if any(texts):
            fit = [_fit(text, Place(where, row, n), report) for n, text in enumerate(texts, 1)]
            rows.append(Row(dict(zip(names, fit, strict=False)), row))
    return Table(form, tuple(rows), where)


def _fit(text: str, place: Place, report: Report) -> str:
    """The text without signs that nobody sees and no file can hold."""
    for sign in forbidden_signs(text):
        report.error(place, sign.code, sign.message, sign.hint)
    return without_forbidden(text)


def value_of(shape: Shape, text: str) -> Value:
    """What the text of a cell means; "" where the cell is empty."""
    lines = text.split("\n")
    if isinstance(shape, ListOf):
        return [line.strip() for line in lines if line.strip()]
    parts = [line.partition(":") for line in lines]
    if isinstance(shape, FigureShape) and all(name in PARTS for name, _, _ in parts):
        return {name: part.strip() for name, _, part in parts}
    return text


@dataclass(slots=True)
class Built:
    """Values that were built from rows, and from which cells."""

    origin: dict[Path, Cell] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and number of each row that belongs to something."""


class Rows:
    """The rows of all sheets, found by where they belong."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._rows: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for table in tables:
            for row in table.rows:
                owners = (row.cells.get(name, "") for name in table.form.owners)
                self._rows[table.form.name, *owners].append(row)

    def section(self, form: Form, owners: tuple[str, ...], path: Path, built: Built) -> Value:
        """The value of a section; empty where no row belongs to it."""
        rows = self._rows.get((form.name, *owners), [])
        built.used |= {(form.name, row.number) for row in rows}
        if isinstance(form.shape, Headed | ByYear):
            return self._named(form, rows, path, built)
        return [
            self._item(form, row, owners, (*path, place), built) for place, row in enumerate(rows)
        ]

    def _named(self, form: Form, rows: Sequence[Row], path: Path, built: Built) -> Value:
        (column,) = form.columns
        named: dict[str, Value] = {}
        for row in rows:
            name = row.cells.get(form.own or "", "")
            built.origin[*path, name] = (form.name, row.number, column.name)
            named[name] = value_of(column.shape, row.cells.get(column.name, ""))
        return named

    def _item(
        self, form: Form, row: Row, owners: tuple[str, ...], path: Path, built: Built
    ) -> Value:
        built.origin[path] = (form.name, row.number, "")
        if not form.columns:
            cells = [text for name, text in row.cells.items() if name not in form.heads]
            while cells and not cells[-1]:
                cells.pop()
            return cells
        return self.record(form, row, owners, path, built)

    def record(
        self, form: Form, row: Row, owners: tuple[str, ...], path: Path, built: Built
    ) -> dict[str, Value]:
        """The record of a row, with all that other sheets say of it."""
        record: dict[str, Value] = {}
        for column in form.columns:
            value = value_of(column.shape, row.cells.get(column.name, ""))
            built.origin[*path, *column.path] = (form.name, row.number, column.name)
            _enter(record, column.path, value)
        own = row.cells.get(form.own or "", "")
        for inner in form.inner:
            below = (*owners, own) if inner.owners else ()
            _enter(record, inner.path, self.section(inner, below, (*path, *inner.path), built))
        return record


def _enter(record: dict[str, Value], path: Sequence[str], value: Value) -> None:
    """Put a value where it belongs; what is empty is not written."""
    if not value:
        return
    *above, last = path
    for step in above:
        inner = record.setdefault(step, {})
        assert isinstance(inner, dict)
        record = inner
    record[last] = value
