"""Turns changed sheets into changed files, without writing them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxsite import editing, writing
from dxsite.blocks import Block, Blocks
from dxsite.calling import command
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Finding, Report
from dxsite.faults import Fault
from dxsite.model import GlossaryFile, Measure, PlanFile, Record
from dxsite.model.records import RecordOf
from dxsite.positions import Place
from dxsite.scaffolding import modeline
from dxsite.sheets.plans import (
    GLOSSARY_FILE,
    MEASURE_FOLDER,
    PLAN_FILE,
    Plan,
    files_of,
    plan_of,
    tables_of,
)
from dxsite.sheets.tables import Built, Path, Table
from dxsite.sources import CONTENT, Source
from dxsite.writing import Value

_HEAD = (
    "# 施策一つにつき一つのファイルです。ファイルの名前がページのアドレスになります。\n"
    "# 項目と項目の間は一行あけてください。覚え書きは、この行のように # から始まる一行に書きます。\n"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One file as it is to become; no bytes where it is to go, no source where it is new."""

    path: str
    before: Source | None
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Import:
    """What sheets want to change."""

    slug: str
    edits: tuple[Edit, ...]
    _plan: Plan
    _tables: Mapping[str, Table]

    def applied(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """The content as it would be."""
        changed = {edit.path: edit.data for edit in self.edits}
        kept = [source for source in sources if source.path not in changed]
        new = [Source(path, data) for path, data in changed.items() if data is not None]
        return tuple(sorted([*kept, *new], key=lambda source: source.path))

    def in_cells(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings of the files to be, told at the cells that say it."""
        trees = {edit.path: _tree(edit) for edit in self.edits}
        for finding in findings:
            tree = trees.get(finding.place.path)
            name = finding.place.path.removeprefix(f"{CONTENT}/{self.slug}/")
            path = (name, *(_path_at(tree, finding.place) if tree else ()))
            known = (path[:steps] for steps in range(len(path), 0, -1))
            cell = next(filter(None, map(self._plan.origin.get, known)), None)
            if cell:
                sheet, row, column = cell
                finding = replace(finding, place=self._tables[sheet].place(row, column))
            yield finding


def values_of(slug: str, sources: Iterable[Source], report: Report) -> dict[str, Value]:
    """Name below the plan's folder → what the file holds, for all files of one plan."""
    values: dict[str, Value] = {}
    for name, source in _files(slug, sources).items():
        blocks = read_blocks(source, _kind_of(name), report)
        if blocks is not None:
            values[name] = writing.plain(blocks.root.node)
    return values


def read_import(
    tables: Sequence[Table], sources: Sequence[Source], report: Report
) -> Import | None:
    """What sheets change in `sources`; None after a finding.

    Only what differs from the sheets that the content itself would give is changed, so that
    comments, spellings and the order of everything else stay.
    """
    faults = report.errors
    plan = plan_of(tables, report)
    if plan is None:
        return None
    files = _files(plan.slug, sources)
    values = values_of(plan.slug, sources, report)
    if report.errors > faults:
        return None
    before = files_of(tables_of(plan.slug, values), Built())
    edits = []
    for file, value in plan.files.items():
        path = f"{CONTENT}/{plan.slug}/{file}"
        if file not in files:
            edits.append(Edit(path, None, _new(path, file, value)))
        elif value != before.get(file):
            data = _edited(files[file], file, before.get(file, {}), value)
            edits.append(Edit(path, files[file], data))
    gone = [file for file in files if file not in plan.files]
    edits += [Edit(f"{CONTENT}/{plan.slug}/{file}", files[file], None) for file in gone]
    return Import(plan.slug, tuple(edits), plan, {table.form.name: table for table in tables})


def _files(slug: str, sources: Iterable[Source]) -> dict[str, Source]:
    """The files of which sheets tell; all others of the folder are left alone."""
    folder = f"{CONTENT}/{slug}/"
    own = {s.path.removeprefix(folder): s for s in sources if s.path.startswith(folder)}
    return {
        name: source
        for name, source in own.items()
        if name in (PLAN_FILE, GLOSSARY_FILE)
        or (name.startswith(f"{MEASURE_FOLDER}/") and name.endswith(".yaml"))
    }


def _kind_of(name: str) -> type[Record]:
    return {PLAN_FILE: PlanFile, GLOSSARY_FILE: GlossaryFile}.get(name, Measure)


def _new(path: str, name: str, value: Value) -> bytes:
    assert isinstance(value, Mapping)
    lines = writing.section(value, RecordOf(_kind_of(name)), top=True)
    return (modeline(path) + _HEAD + "\n" + "\n".join(lines) + "\n").encode()


def _edited(source: Source, name: str, before: Value, after: Value) -> bytes:
    """The file with the values of those keys that the sheets change."""
    blocks = read_blocks(source, _kind_of(name), Report())
    assert blocks is not None
    assert isinstance(before, Mapping)
    assert isinstance(after, Mapping)
    for key in (*after, *(key for key in before if key not in after)):
        if after.get(key) == before.get(key):
            continue
        try:
            blocks = _put(blocks, key, after.get(key))
        except ValueError as error:
            raise Fault(
                f"「{source.path}」の「{key}」を、表のとおりに書き換えられません。",
                f"そのファイルを {command('fmt')} で整えてから、もう一度実行してください。",
            ) from error
    return str(blocks).encode()


def _put(blocks: Blocks, key: str, value: Value | None) -> Blocks:
    return editing.remove(blocks, (key,)) if value is None else editing.put(blocks, (key,), value)


def _tree(edit: Edit) -> Blocks | None:
    if edit.data is None:
        return None
    name = "/".join(edit.path.split("/")[2:])
    return read_blocks(Source(edit.path, edit.data), _kind_of(name), Report())


def _path_at(blocks: Blocks, place: Place) -> Path:
    """The keys and indices that lead to what stands at a place."""
    lines = blocks.text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    path: list[str | int] = []
    block: Block | None = blocks.root
    while block is not None:
        inner = block.inner
        block = None
        for index, child in enumerate(inner):
            if child.mark <= offset < child.end:
                path.append(index if child.key is None else str(child.key))
                block = child
    return tuple(path)
