"""Every field of every kind of file, each with an example cut from a whole file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dxsite.model import TOP_RECORDS, Key, Record, keys_of, ways, whole_example

_NAMES = {
    "measure": ("施策", "content/自治体/measures/施策.yaml"),
    "plan": ("計画", "content/自治体/plan.yaml"),
    "glossary": ("用語集", "content/自治体/glossary.yaml"),
    "themes": ("テーマ", "content/themes.yaml"),
    "addresses": ("以前のアドレス", "content/自治体/addresses.yaml"),
    "site": ("サイトの設定", "content/site.yaml"),
    "search": ("検索の言葉", "content/search.yaml"),
}
"""Kind of file → what it holds, where it lies; the kind that staff write most comes first."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, as staff are told of it."""

    id: str
    """Its place on the page of its kind."""
    name: str
    required: bool
    doc: str
    form: str
    """How to write it."""
    example: str
    """The lines that write it in the example."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fields that stand side by side."""

    id: str
    """Their place on the page of their kind."""
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    id: str
    title: str
    path: str
    groups: tuple[Group, ...]
    example: str
    """A whole such file."""


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of files, the most used first."""
    return tuple(
        Kind(id_, title, path, tuple(_groups(id_)), whole_example(id_))
        for id_, (title, path) in _NAMES.items()
    )


def _groups(kind: str) -> Iterator[Group]:
    for number, (way, cls) in enumerate(ways(TOP_RECORDS[kind])):
        names = "の".join(known.name for known in way)
        yield Group(
            f"{kind}-{number}" if way else kind,
            f"「{names}」の中に書く項目" if way else "ファイルの左端に書く項目",
            tuple(_fields(way, cls)),
        )


def _fields(way: tuple[Key, ...], cls: type[Record]) -> Iterator[Field]:
    for known in keys_of(cls):
        id_ = "-".join(("field", *(step.field for step in (*way, known)))).replace("_", "-")
        lines = known.example.lines
        yield Field(id_, known.name, known.required, known.doc, known.shape.words, lines)
