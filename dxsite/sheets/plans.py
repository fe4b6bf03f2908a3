"""The content files of one plan as sheets, and sheets as the values of its files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from dxsite.diagnostics import Report
from dxsite.positions import Place
from dxsite.shapes import SLUG
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
    origin: Mapping[tuple[str, Path], Cell]
    """File and path inside it → the cell that says it."""


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


def plan_of(tables: Iterable[Table], path: str, report: Report) -> Plan | None:
    """The plan that sheets describe; None after a finding.

    `path` is that of the workbook; a finding's line and column are those of the cell.
    """
    before = report.errors
    tables = tuple(tables)
    rows, built = Rows(tables), Built()
    origin: dict[tuple[str, Path], Cell] = {}
    files: dict[str, Value] = {}
    by_name = {table.form.name: table for table in tables}
    slugs = [row.cells.get(FOLDER, "") for row in by_name[PLAN.name].rows]
    _check_names(by_name[PLAN.name], FOLDER, path, report)
    if len(slugs) != 1:
        report.error(
            place_of(path, (PLAN.name, 1, FOLDER), by_name),
            "wrong-count",
            f"シート「{PLAN.name}」に、行が{len(slugs)}つあります。",
            "見出しの下に、計画一つの行を一つだけ書いてください。",
        )
    _check_names(by_name[MEASURES.name], FILE, path, report)
    for form in (PLAN, MEASURES):
        for row in by_name[form.name].rows:
            name = row.cells.get(form.own or "", "")
            own = Built(used=built.used)
            value = rows.record(form, row, (), (), own)
            built.used.add((form.name, row.number))
            file = f"{MEASURE_FOLDER}/{name}.yaml" if form is MEASURES else PLAN_FILE
            files[file] = value
            origin |= {(file, path_): cell for path_, cell in own.origin.items()}
    own = Built(used=built.used)
    (terms,) = GLOSSARY.inner
    glossary = rows.section(terms, (), terms.path, own)
    if glossary:
        files[GLOSSARY_FILE] = {terms.path[0]: glossary}
        origin |= {(GLOSSARY_FILE, path_): cell for path_, cell in own.origin.items()}
    _check_stray(by_name, built, path, report)
    return None if report.errors > before else Plan(slugs[0], files, origin)


def place_of(path: str, cell: Cell, tables: Mapping[str, Table]) -> Place:
    """Where a cell stands: 計画.xlsx[施策], its row, its column."""
    sheet, row, column = cell
    columns = tables[sheet].columns
    return Place(f"{path}[{sheet}]", row, columns.index(column) + 1 if column in columns else 1)


def _check_names(table: Table, column: str, path: str, report: Report) -> None:
    """Each row names a file or folder, and no two the same."""
    seen: dict[str, int] = {}
    for row in table.rows:
        name = row.cells.get(column, "")
        place = place_of(path, (table.form.name, row.number, column), {table.form.name: table})
        if not SLUG.fullmatch(name):
            report.error(
                place,
                "bad-id",
                f"「{column}」の「{name}」は、アドレス（URL）になる名前として使えません。",
                "半角の英小文字と数字を「-」でつないで書いてください（例: online-forms）。",
            )
        elif name in seen:
            report.error(
                place,
                "repeated-id",
                f"「{name}」の行が二つあります（はじめは{seen[name]}行目）。",
                "どちらか一方の行を消すか、名前を変えてください。",
            )
        seen.setdefault(name, row.number)


def _check_stray(tables: Mapping[str, Table], built: Built, path: str, report: Report) -> None:
    for table in tables.values():
        for row in table.rows:
            if (table.form.name, row.number) in built.used:
                continue
            names = "、".join(f"「{row.cells.get(n, '')}」" for n in table.form.owners)
            report.error(
                place_of(path, (table.form.name, row.number, ""), tables),
                "stray-row",
                f"この行の{names}にあたる行が、上のシートにありません。",
                f"{'、'.join(table.form.owners)}を、もとのシートと同じ書き方に直してください。",
            )
