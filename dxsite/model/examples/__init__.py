"""The example of every key, cut from the whole files that lie beside this module."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dxsite import documents
from dxsite.diagnostics import Report
from dxsite.documents import Node, Scalar, Sequence, parse_document
from dxsite.positions import Place, Text
from dxsite.sources import Source


@dataclass(frozen=True, slots=True)
class Example:
    """What stands at a key."""

    node: Node
    lines: str
    """The key and all that belongs to it, as written, at the left edge."""

    @property
    def brief(self) -> str:
        """One line: the first text, or the first key with it."""
        return _brief(self.node)


NO_EXAMPLE = Example(Scalar(Text("", Place(""))), "")


@cache
def whole_example(kind: str) -> str:
    """A whole file of one kind in which every key is used."""
    return resources.files(__name__).joinpath(f"{kind}.yaml").read_text("utf-8")


@cache
def examples_at(kind: str, names: tuple[str, ...]) -> Mapping[str, Example]:
    """Key → its first use in the records at the end of a way of keys through the whole file."""
    lines = whole_example(kind).splitlines()
    found: dict[str, Example] = {}
    for record in _records(_root(kind), names):
        for key, node in record.entries:
            if str(key) not in found:
                cut = _cut(lines, key.place.line - 1, key.place.column - 1)
                found[str(key)] = Example(node, cut)
    return found


@cache
def _root(kind: str) -> Node | None:
    source = Source(f"{kind}.yaml", whole_example(kind).encode())
    return parse_document(source, frozenset(), Report()).root


def _records(node: Node | None, names: tuple[str, ...]) -> Iterator[documents.Mapping]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _records(item, names)
    elif isinstance(node, documents.Mapping) and not names:
        yield node
    elif isinstance(node, documents.Mapping):
        for key, child in node.entries:
            if key == names[0]:
                yield from _records(child, names[1:])


def _cut(lines: list[str], start: int, indent: int) -> str:
    """The lines from a key to the next one beside or above it."""
    end = start + 1
    while end < len(lines) and _is_deeper(lines[end], indent):
        end += 1
    return "\n".join(line[indent:] for line in lines[start:end]).rstrip()


def _is_deeper(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > indent


def _brief(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text.strip().partition("\n")[0]
    if isinstance(node, Sequence):
        return _brief(node.items[0])
    if isinstance(node, documents.Mapping):
        name, child = node.entries[0]
        return f"{name}: {_brief(child)}"
    return ""
