"""Which sheets and columns a record becomes."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite.dates import ByYear
from dxsite.model import GlossaryFile, Measure, PlanFile, Record, keys_of
from dxsite.model.records import Key, RecordOf
from dxsite.shapes import Headed, ListOf, Shape, Slug

FILE = "ファイル"
FOLDER = "フォルダー"
PLACE = "何番目"
HEADING = "見出し"
YEAR = "年度"
VALUE = "内容"
CELL = "列{}"
BETWEEN = "："
"""Between the parts of a column's name: 出典：節."""
BELOW = "-"
"""Between the parts of a sheet's name: 施策-KPI-目標."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value stands in the record, what it may be, what it is for."""

    name: str
    path: tuple[str, ...]
    shape: Shape
    doc: str
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet.

    1. `shape` is that of the whole section: a list, headings with prose, years with values; for
       a file the record itself.
    2. A row begins with `owners`, which say where it belongs, and `own`, by which rows of the
       sheets below name it; that is a column of its own unless it is one of `columns`.
    """

    name: str
    path: tuple[str, ...]
    """From the record above to the section."""
    shape: Shape
    owners: tuple[str, ...]
    own: str | None
    columns: tuple[Column, ...]
    inner: "tuple[Form, ...]" = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns before those of the values."""
        names = {column.name for column in self.columns}
        return (*self.owners, *((self.own,) if self.own and self.own not in names else ()))

    def all(self) -> "Iterator[Form]":
        """This sheet and all below it."""
        yield self
        for form in self.inner:
            yield from form.all()


def _columns(cls: type[Record], path: tuple[str, ...] = ()) -> Iterator[Column]:
    for known in keys_of(cls):
        here = (*path, known.name)
        if isinstance(known.shape, RecordOf):
            yield from _columns(known.shape.cls, here)
        elif not _is_section(known.shape):
            yield Column(BETWEEN.join(here), here, known.shape, known.doc, known.required)


def _is_section(shape: Shape) -> bool:
    """Whether a value needs rows of its own."""
    if isinstance(shape, ListOf):
        return isinstance(shape.item, RecordOf | ListOf)
    return isinstance(shape, Headed | ByYear)


def _sections(
    cls: type[Record], name: str, owners: tuple[str, ...], path: tuple[str, ...] = ()
) -> Iterator[Form]:
    for known in keys_of(cls):
        here = (*path, known.name)
        if isinstance(known.shape, RecordOf):
            yield from _sections(known.shape.cls, name, owners, here)
        elif _is_section(known.shape):
            yield _section(known, f"{name}{BELOW}{BELOW.join(here)}", owners, here)


def _section(known: Key, name: str, owners: tuple[str, ...], path: tuple[str, ...]) -> Form:
    shape = known.shape
    if isinstance(shape, Headed | ByYear):
        heading = HEADING if isinstance(shape, Headed) else YEAR
        value = Column(VALUE, (), shape.item, known.doc, required=True)
        return Form(name, path, shape, owners, heading, (value,))
    item = shape.item if isinstance(shape, ListOf) else None
    if not isinstance(item, RecordOf):  # rows of cells
        return Form(name, path, shape, owners, None, ())
    columns = tuple(_columns(item.cls))
    own = next((c.name for c in columns if isinstance(c.shape, Slug)), None)
    has_sections = any(True for _ in _sections(item.cls, name, ()))
    if own is None and has_sections:
        own = PLACE
    below = (*owners, f"{known.name}の{own}")
    return Form(name, path, shape, owners, own, columns, tuple(_sections(item.cls, name, below)))


def _file(cls: type[Record], name: str, own: str | None) -> Form:
    owners = (own,) if own == FILE else ()
    sections = tuple(_sections(cls, name, owners))
    return Form(name, (), RecordOf(cls), (), own, tuple(_columns(cls)), sections)


PLAN = _file(PlanFile, "計画", FOLDER)
MEASURES = _file(Measure, "施策", FILE)
GLOSSARY = _file(GlossaryFile, "用語", None)
"""The file has no columns of its own, and so no sheet."""
FORMS: tuple[Form, ...] = tuple(
    form for top in (PLAN, MEASURES, GLOSSARY) for form in top.all() if form.columns or form.owners
)
"""All sheets, in the order of the workbook."""
