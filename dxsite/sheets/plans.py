"""The content files of one plan as sheets, and sheets as the values of its files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from dxsite.diagnostics import Report
from dxsite.shapes import SLUG, report_id
from dxsite.sheets.forms import FILE, FOLDER, FORMS, GLOSSARY, MEASURES, PLAN, Form
from dxsite.sheets.tables import Built, Cell, Path, Row, Rows, Table, file_rows
from dxsite.writing import Value

PLAN_FILE, GLOSSARY_FILE, MEASURE_FOLDER = "plan.yaml", "glossary.yaml", "measures"


@dataclass(frozen=True, slots=True)
class Plan:
    """What sheets say of a plan."""

    slug: str
    files: Mapping[str, Value]
    """Name below the plan's folder → what the file holds."""
    origin: Mapping[Path, Cell]
    """A file and the path inside it → the cell that says it."""


def tables_of(slug: str, files: Mapping[str, Value]) -> tuple[Table, ...]:
    """All sheets of a plan, measures by name of their files."""
    rows: dict[str, list[Row]] = {form.name: [] for form in FORMS}
    for form, row in _rows(slug, files):
        rows[form.name].append(row)
    return tuple(Table(form, tuple(rows[form.name])) for form in FORMS)


def _rows(slug: str, files: Mapping[str, Value]) -> Iterator[tuple[Form, Row]]:
    for name, value in sorted(files.items()):
        if name == PLAN_FILE:
            yield from file_rows(PLAN, value, slug)
        elif name == GLOSSARY_FILE:
            yield from file_rows(GLOSSARY, value, "")
        else:
            yield from file_rows(MEASURES, value, PurePosixPath(name).stem)


def files_of(tables: Iterable[Table], built: Built) -> dict[str, Value]:
    """Name below the plan's folder → what the sheets say that the file holds."""
    tables = tuple(tables)
    rows = Rows(tables)
    files: dict[str, Value] = {}
    for table in tables:
        form = table.form
        for row in table.rows if form in (PLAN, MEASURES) else ():
            name = row.cells.get(form.own or "", "")
            file = PLAN_FILE if form is PLAN else f"{MEASURE_FOLDER}/{name}.yaml"
            files[file] = rows.record(form, row, (), (file,), built)
            built.used.add((form.name, row.number))
    (terms,) = GLOSSARY.inner
    glossary = rows.section(terms, (), (GLOSSARY_FILE, *terms.path), built)
    if glossary:
        files[GLOSSARY_FILE] = {terms.path[0]: glossary}
    return files


def plan_of(tables: Iterable[Table], report: Report) -> Plan | None:
    """The plan that sheets describe; None after a finding, here or where they were read.

    A finding's line and column are those of the cell.
    """
    before = report.errors
    by_name = {table.form.name: table for table in tables}
    if not {PLAN.name, MEASURES.name} <= by_name.keys():
        return None  # told where the sheets were read
    plan = by_name[PLAN.name]
    _check_names(plan, FOLDER, report)
    if len(plan.rows) != 1:
        report.error(
            plan.place(1, FOLDER),
            "wrong-count",
            f"シート「{PLAN.name}」に、行が{len(plan.rows)}つあります。",
            "見出しの下に、計画一つの行を一つだけ書いてください。",
        )
    _check_names(by_name[MEASURES.name], FILE, report)
    built = Built()
    files = files_of(by_name.values(), built)
    if len(by_name) == len(FORMS):  # else rows would be blamed for the sheet that is missing
        _check_stray(by_name.values(), built, report)
    if report.errors > before:
        return None
    return Plan(plan.rows[0].cells.get(FOLDER, ""), files, built.origin)


def _check_names(table: Table, column: str, report: Report) -> None:
    """Each row names a file or folder, and no two the same."""
    seen: dict[str, int] = {}
    for row in table.rows:
        name = row.cells.get(column, "")
        place = table.place(row.number, column)
        if not SLUG.fullmatch(name):
            report_id(place, f"「{column}」の「{name}」", report)
        elif name in seen:
            report.error(
                place,
                "repeated-id",
                f"「{name}」の行が二つあります（はじめは{seen[name]}行目）。",
                "どちらか一方の行を消すか、名前を変えてください。",
            )
        seen.setdefault(name, row.number)


def _check_stray(tables: Iterable[Table], built: Built, report: Report) -> None:
    for table in tables:
        for row in table.rows:
            if (table.form.name, row.number) in built.used:
                continue
            names = "、".join(f"「{row.cells.get(n, '')}」" for n in table.form.owners)
            report.error(
                table.place(row.number, ""),
                "stray-row",
                f"この行の{names}にあたる行が、上のシートにありません。",
                f"{'、'.join(table.form.owners)}を、もとのシートと同じ書き方に直してください。",
            )
