"""A plan goes out as sheets and comes back; what people do to sheets is told at their cells."""

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dxsite.cli import cli
from dxsite.diagnostics import Report
from dxsite.sheets import csvfiles, workbooks
from dxsite.sheets.forms import FORMS
from dxsite.sheets.importing import read_import, values_of
from dxsite.sheets.plans import tables_of
from dxsite.sheets.tables import Row, Table
from dxsite.sources import Source, read_sources
from tests.conftest import ROOT, Desk

SMALL = ROOT / "tests" / "small"
PLANS = sorted(path.parent.name for path in (ROOT / "content").glob("*/plan.yaml"))
SIGNS = st.characters(categories=["L", "N", "P", "S"], include_characters=" \n")
TEXTS = st.text(SIGNS, max_size=30)


def sources_of(root: Path) -> tuple[Source, ...]:
    return read_sources(root, Report())


def tables_from(root: Path, slug: str) -> tuple[Table, ...]:
    report = Report()
    tables = tables_of(slug, values_of(slug, sources_of(root), report))
    assert report.findings == ()
    return tables


def numbered(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with their rows counted, as a reader counts them."""
    return tuple(
        Table(t.form, tuple(replace(row, number=n) for n, row in enumerate(t.rows, 2)))
        for t in tables
    )


@pytest.fixture
def run(desk: Desk) -> Callable[..., Result]:
    shutil.copytree(SMALL / "content", desk.root / "content", dirs_exist_ok=True)

    def run(*arguments: str, **more: Any) -> Result:
        arguments = (*arguments, "-C", str(desk.root))
        return CliRunner().invoke(cli, arguments, standalone_mode=False, **more)

    return run


# Out and back.


@pytest.mark.parametrize("slug", PLANS)
def test_a_plan_comes_back_from_excel_as_it_went(slug: str) -> None:
    sources, report = sources_of(ROOT), Report()
    data = workbooks.write_workbook(tables_from(ROOT, slug))
    tables = workbooks.read_workbook(data, "x.xlsx", report)
    found = read_import(tables, sources, report)
    assert report.findings == ()
    assert found is not None
    assert found.edits == ()


@pytest.mark.parametrize("slug", PLANS)
def test_a_plan_comes_back_from_csv_as_it_went(slug: str) -> None:
    sources, report = sources_of(ROOT), Report()
    files = csvfiles.write_csv(tables_from(ROOT, slug))
    found = read_import(csvfiles.read_csv(files, "x", report), sources, report)
    assert report.findings == ()
    assert found is not None
    assert found.edits == ()


def test_files_of_which_no_sheet_tells_are_left_alone(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write("aoi/addresses.yaml", "改名:\n  - 以前のID: old\n    今のID: forms\n")
    found = read_import(numbered(tables_from(desk.root, "aoi")), sources_of(desk.root), Report())
    assert found is not None
    assert found.edits == ()


@pytest.mark.parametrize("slug", PLANS)
def test_all_files_can_be_made_anew_from_the_sheets(slug: str) -> None:
    """With nothing but the sheets, files arise that give the same sheets again."""
    tables = numbered(tables_from(ROOT, slug))
    report = Report()
    found = read_import(tables, (), report)
    assert report.findings == ()
    assert found is not None
    assert numbered(tables_of(slug, values_of(slug, found.applied(()), report))) == tables


def test_the_same_plan_gives_the_same_bytes() -> None:
    tables = tables_from(ROOT, PLANS[0])
    assert workbooks.write_workbook(tables) == workbooks.write_workbook(tables)


def test_every_sheet_has_a_name_that_excel_takes() -> None:
    names = [form.name for form in FORMS]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_typed_into_cells_is_what_the_files_say_afterwards(data: st.DataObject) -> None:
    """Any texts in any cells: the changed files give the changed sheets, and only these."""
    sources = sources_of(SMALL)
    tables = [*numbered(tables_from(SMALL, "aoi"))]
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from([n for n, t in enumerate(tables) if t.rows]))
        table = tables[place]
        free = [c.name for c in table.form.columns if c.name not in (table.form.own, "ID")]
        if not free:
            continue
        row = data.draw(st.integers(0, len(table.rows) - 1))
        name = data.draw(st.sampled_from(free))
        text = data.draw(TEXTS).strip(" 　\n\t") or "あ"
        changed = Row({**table.rows[row].cells, name: text}, table.rows[row].number)
        rows = (*table.rows[:row], changed, *table.rows[row + 1 :])
        tables[place] = Table(table.form, rows)
    report = Report()
    found = read_import(tables, sources, report)
    assert report.findings == ()
    assert found is not None
    after = found.applied(sources)
    assert numbered(tables_of("aoi", values_of("aoi", after, report))) == tuple(tables)
    assert report.findings == ()


def test_comments_and_everything_that_was_not_changed_stay(
    desk: Desk, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = desk.root / "content" / "aoi" / "measures" / "forms.yaml"
    before = "# 覚え書き一\n" + path.read_text("utf-8").replace("順:", "# 覚え書き二\n順:")
    path.write_text(before, "utf-8")
    book = tmp_path / "aoi.xlsx"
    assert run("export", "xlsx", "aoi", "-o", str(book)).exit_code == 0
    changed = load_workbook(book)
    changed["施策"]["B2"] = "新しい名前"
    changed.save(book)
    name = next(line for line in before.splitlines() if line.startswith("名称:"))
    assert run("import", "xlsx", str(book), "--yes").exit_code == 0
    assert path.read_text("utf-8") == before.replace(name, "名称: 新しい名前")


# What the preview and the prompt do.


def test_nothing_is_written_before_somebody_says_yes(
    desk: Desk, run: Callable[..., Result], tmp_path: Path
) -> None:
    book = tmp_path / "aoi.xlsx"
    run("export", "xlsx", "aoi", "-o", str(book))
    changed = load_workbook(book)
    changed["施策"]["B2"] = "新しい名前"
    changed.save(book)
    before = sources_of(desk.root)
    for more in ({"input": "n\n"}, {"input": ""}):
        assert "新しい名前" in run("import", "xlsx", str(book), **more).output
        assert sources_of(desk.root) == before
    assert run("import", "xlsx", str(book), "--dry-run").exit_code == 0
    assert sources_of(desk.root) == before
    assert run("import", "xlsx", str(book), input="y\n").exit_code == 0
    assert sources_of(desk.root) != before
    assert "変わったところはありません" in run("import", "xlsx", str(book)).output


# Faults.


def broken(change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(workbooks.write_workbook(tables_from(SMALL, "aoi"))))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: str, cell: str, value: str | bool | None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("施策", "B2", "=1+1"), "シート「施策」のB2：計算式が入っています。"),
        (put("施策", "B2", True), "シート「施策」のB2：TRUE か FALSEが入っています。"),
        (put("施策", "B1", "名前"), "シート「施策」のB1：「名前」という列は読み込めません。"),
        (put("施策", "A2", "Forms"), "シート「施策」のA2：「ファイル」の「Forms」は"),
        (put("施策", "F2", "nothing"), "シート「施策」のF2：「nothing」というテーマは"),
        (put("施策", "B2", None), "「名称」がありません。"),
        (put("施策-KPI", "A2", "typo"), "シート「施策-KPI」のA2：この行の「typo」にあたる行が"),
        (put("計画", "D2", "12345"), "シート「計画」のD2：団体コード「12345」は"),
        (put("施策", "B2", "窓\u200b口"), "シート「施策」のB2："),
        (lambda book: book.remove(book["施策-工程"]), "シート「施策-工程」がありません。"),
        (lambda book: book.create_sheet("施作"), "「施作」というシートは読み込めません。"),
    ],
)
def test_a_fault_is_told_by_sheet_and_cell(
    desk: Desk,
    run: Callable[..., Result],
    tmp_path: Path,
    change: Callable[[Workbook], None],
    said: str,
) -> None:
    book = tmp_path / "x.xlsx"
    book.write_bytes(broken(change))
    before = sources_of(desk.root)
    result = run("import", "xlsx", str(book), "--yes")
    assert result.return_value == 1
    assert said in result.output
    assert "何も書き込んでいません。" in result.output
    assert sources_of(desk.root) == before


def removed(name: str) -> Callable[[Path], None]:
    """A workbook in which a sheet was deleted."""

    def lay(path: Path) -> None:
        path.write_bytes(broken(lambda book: book.remove(book[name])))

    return lay


def emptied(path: Path) -> None:
    Workbook().save(path)


def without(*names: str) -> Callable[[Path], None]:
    """A folder of CSV files from which some were deleted; all, where none is named."""

    def lay(path: Path) -> None:
        path.mkdir()
        for name, data in csvfiles.write_csv(tables_from(SMALL, "aoi")).items():
            if names and name not in names:
                (path / name).write_bytes(data)

    return lay


def with_csv(name: str, data: bytes) -> Callable[[Path], None]:
    """A folder of CSV files, one of which holds something else."""

    def lay(path: Path) -> None:
        without("-")(path)
        (path / name).write_bytes(data)

    return lay


@pytest.mark.parametrize(
    ("kind", "lay", "said"),
    [
        (
            "xlsx",
            lambda path: path.write_text("名称,順"),
            "x.xlsx:1:1: 誤り: Excel のファイルとして",
        ),
        ("xlsx", removed("計画"), "x.xlsx:1:1: 誤り: シート「計画」がありません。"),
        ("xlsx", removed("施策"), "x.xlsx:1:1: 誤り: シート「施策」がありません。"),
        ("xlsx", removed("施策-KPI"), "x.xlsx:1:1: 誤り: シート「施策-KPI」がありません。"),
        ("xlsx", emptied, "x.xlsx:1:1: 誤り: 書き出したときのシートが一つもありません。"),
        ("csv", without("計画.csv"), "シート「計画」のA1：「計画.csv」がありません。"),
        ("csv", without("施策.csv"), "シート「施策」のA1：「施策.csv」がありません。"),
        ("csv", without(), "x:1:1: 誤り: 「x」に、書き出したときの CSV ファイルが一つも"),
        ("csv", with_csv("計画.csv", b'"'), "x/計画.csv:1:1: 誤り: シート「計画」のA1：CSV として"),
        ("csv", with_csv("施策.csv", b"\x81 "), "x/施策.csv:1:1: 誤り: シート「施策」のA1：文字を"),
    ],
)
def test_what_is_missing_or_cannot_be_read_is_told_once(
    desk: Desk,
    run: Callable[..., Result],
    tmp_path: Path,
    kind: str,
    lay: Callable[[Path], None],
    said: str,
) -> None:
    path = tmp_path / ("x.xlsx" if kind == "xlsx" else "x")
    lay(path)
    before = sources_of(desk.root)
    result = run("import", kind, str(path), "--yes")
    assert result.exception is None
    assert result.return_value == 1
    assert said in result.output
    assert "誤り1件、注意0件。何も書き込んでいません。" in result.output
    assert sources_of(desk.root) == before


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_in_the_place_of_a_folder_is_wrong_usage(
    desk: Desk, run: Callable[..., Result], kind: str
) -> None:
    path = desk.root if kind == "xlsx" else desk.root / "content" / "site.yaml"
    result = run("import", kind, str(path))
    assert isinstance(result.exception, click.BadParameter)
    assert f"{kind} では" in result.exception.message


@pytest.mark.parametrize(
    ("sheet", "old", "new", "place"),
    [
        ("施策", "online-procedures", "nothing", "x/施策.csv:2:6"),  # found in the content to be
        ("施策-KPI-目標", "R9", "来年", "x/施策-KPI-目標.csv:3:4"),
        ("施策-KPI-目標", "forms", "typo", "x/施策-KPI-目標.csv:2:1"),  # found in the sheets
        ("施策", "forms", "Forms", "x/施策.csv:2:1"),
    ],
)
def test_a_fault_of_a_csv_stands_in_the_file_that_people_see(
    run: Callable[..., Result], tmp_path: Path, sheet: str, old: str, new: str, place: str
) -> None:
    folder = tmp_path / "x"
    without("-")(folder)
    file = folder / f"{sheet}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    said = run("import", "csv", str(folder)).output
    assert f"{place}: 誤り: シート「{sheet}」の" in said
    assert "[" not in said


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", "名称,順".encode()])
def test_a_file_that_is_no_workbook_is_told(data: bytes) -> None:
    report = Report()
    assert workbooks.read_workbook(data, "x.xlsx", report) == ()
    assert [finding.code for finding in report.findings] == ["unreadable-file"]


def test_a_workbook_that_unpacks_into_too_much_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (workbooks.LARGEST + 1))
    report = Report()
    assert workbooks.read_workbook(stream.getvalue(), "x.xlsx", report) == ()
    assert report.errors == 1


def test_csv_is_read_as_excel_saves_it() -> None:
    """Shift_JIS is what 「CSV（コンマ区切り）」 means in Japan."""
    report = Report()
    files = csvfiles.write_csv(tables_from(SMALL, "aoi"))
    old = {name: data.decode("utf-8-sig").encode("cp932") for name, data in files.items()}
    assert csvfiles.read_csv(old, "x", report) == csvfiles.read_csv(files, "x", report)
    assert report.findings == ()


@pytest.mark.parametrize("text", ["=1+1", "+81", "-5", "@name", "'quoted", "▲5"])
def test_no_cell_of_a_csv_is_computed(text: str) -> None:
    (table, *_) = (t for t in numbered(tables_from(SMALL, "aoi")) if t.form.name == "施策")
    row = Row({**table.rows[0].cells, "名称": text}, 2)
    files = csvfiles.write_csv([Table(table.form, (row, *table.rows[1:]))])
    line = files["施策.csv"].decode("utf-8-sig").splitlines()[1]
    assert line.split(",")[1][0] not in "=+-@"
    read = {t.form.name: t for t in csvfiles.read_csv(files, "x", Report())}
    assert read["施策"].rows[0].cells["名称"] == text
