"""Every field of every kind of file, each with an example cut from a whole file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Node, Sequence, parse_document
from dxsite.guide.tables import inner_tables
from dxsite.guide.texts import example
from dxsite.model import KNOWN_KEYS, TOP_RECORDS, Record, keys_of
from dxsite.sources import Source

_NAMES = {
    "measure": ("施策", "content/自治体/measures/施策.yaml"),
    "plan": ("計画", "content/自治体/plan.yaml"),
    "glossary": ("用語集", "content/自治体/glossary.yaml"),
    "themes": ("テーマ", "content/themes.yaml"),
    "site": ("サイトの設定", "content/site.yaml"),
    "search": ("検索の言葉", "content/search.yaml"),
}
"""Kind of file → what it holds, where it lies; the kind that staff write most comes first."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, as staff are told of it."""

    name: str
    required: bool
    doc: str
    form: str
    """How to write it."""
    example: str
    """The lines that write it in the example."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fields that stand side by side; `inside` names the field that holds them."""

    inside: str | None
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
        Kind(id_, title, path, tuple(_groups(id_)), example(id_))
        for id_, (title, path) in _NAMES.items()
    )


def _groups(kind: str) -> Iterator[Group]:
    cls = TOP_RECORDS[kind]
    text = example(kind)
    root = parse_document(Source(f"{kind}.yaml", text.encode()), KNOWN_KEYS, Report()).root
    lines = text.splitlines()
    for names, record in (((), cls), *inner_tables(cls)):
        written = _written(list(_records(root, names)), lines)
        yield Group("の".join(names) or None, tuple(_fields(record, written)))


def _fields(cls: type[Record], written: dict[str, str]) -> Iterator[Field]:
    for known in keys_of(cls):
        written_as = written.get(known.name, "")
        yield Field(known.name, known.required, known.doc, known.shape.words, written_as)


def _records(node: Node | None, names: tuple[str, ...]) -> Iterator[Mapping]:
    """Every mapping that stands at the end of a way of keys."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _records(item, names)
    elif isinstance(node, Mapping) and not names:
        yield node
    elif isinstance(node, Mapping):
        for key, child in node.entries:
            if key == names[0]:
                yield from _records(child, names[1:])


def _written(records: list[Mapping], lines: list[str]) -> dict[str, str]:
    """Key → the lines of its first use, moved to the left edge."""
    found: dict[str, str] = {}
    for record in records:
        for key, _ in record.entries:
            if str(key) not in found:
                found[str(key)] = _cut(lines, key.place.line - 1, key.place.column - 1)
    return found


def _cut(lines: list[str], start: int, indent: int) -> str:
    """The lines from a key to the next one beside or above it."""
    end = start + 1
    while end < len(lines) and _is_deeper(lines[end], indent):
        end += 1
    return "\n".join(line[indent:] for line in lines[start:end]).rstrip()


def _is_deeper(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > indent
