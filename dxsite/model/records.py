"""Declares a record once, for the reader, the JSON Schema and the staff guide."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

from dxsite.diagnostics import Report, did_you_mean, nearest
from dxsite.documents import Broken, Mapping, Node
from dxsite.positions import Place
from dxsite.shapes import ListOf, Schema, Shape, is_blank

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a content file: what it is called, holds, and is for."""

    field: str
    name: str
    shape: Shape
    doc: str
    required: bool
    default: Any
    example: str

    @property
    def nothing(self) -> Any:
        """What stands for a required value that could not be read."""
        return () if isinstance(self.shape, ListOf) else None


def key(
    name: str, shape: Shape, doc: str, *, default: Any = ..., example: str = ""
) -> Any:  # Any: each field states its own type beside it
    """Declare a key; without a `default` it is required. `doc` and `example` are for staff."""
    required = default is ...
    return field(
        default=None if required else default,
        metadata={"key": (name, shape, doc, required, None if required else default, example)},
    )


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
def record(cls: type[R]) -> type[R]:
    """Turn a class of declared keys into a frozen record."""
    return dataclass(frozen=True, kw_only=True, eq=False)(cls)


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """Base of everything that is read from a mapping."""

    place: Place
    """Where the record begins."""
    places: MappingOf[str, Place] = field(default_factory=dict, repr=False)
    """Field → where its key stands, for the fields that were written."""

    def at(self, field_name: str) -> Place:
        """Where a field was written, or else where the record begins."""
        return self.places.get(field_name, self.place)


def keys_of(cls: type[Record]) -> tuple[Key, ...]:
    """The declared keys of a record, in the order in which staff should write them."""
    if cls not in _KEYS:
        _KEYS[cls] = tuple(
            Key(f.name, *f.metadata["key"]) for f in fields(cls) if "key" in f.metadata
        )
    return _KEYS[cls]


_KEYS: dict[type[Record], tuple[Key, ...]] = {}


def read_record(cls: type[R], node: Node, report: Report, *, incomplete: bool = False) -> R | None:
    """A record from a mapping; every fault of every key is reported, unread keys get defaults.

    None where the node is no mapping or a required key could not be read; with `incomplete`,
    such a key is None or an empty list instead, which is good enough to be checked.
    """
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Mapping):
        report.error(
            node.place,
            "wrong-shape",
            "「項目の名前: 内容」の並びが必要なところに、ほかの書き方があります。",
            f"使える項目は {'、'.join(k.name for k in keys_of(cls))} です。",
        )
        return None
    keys = {k.name: k for k in keys_of(cls)}
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for name, child in node.entries:
        known = keys.get(name)
        if known is None:
            _report_unknown(name, name.place, keys, report)
            continue
        places[known.field] = name.place
        if is_blank(child):
            if known.required:
                report.error(
                    name.place,
                    "empty-value",
                    f"「{name}」の中身が空です。",
                    f"{known.shape.words}を書いてください。",
                )
            continue
        value = known.shape.read(child, report)
        if value is not None:
            values[known.field] = value
    unread = [k for k in keys.values() if k.required and k.field not in values]
    # A misspelt key has been told already.
    misspelt = {nearest(name, keys) for name, _ in node.entries if name not in keys}
    _report_missing([k for k in unread if k.name not in misspelt], places, node, report)
    if unread and not incomplete:
        return None
    return cls(place=node.place, places=places, **{k.field: k.nothing for k in unread}, **values)


def _report_missing(
    unread: Iterable[Key], places: MappingOf[str, Place], node: Mapping, report: Report
) -> None:
    for key_ in unread:
        if key_.field not in places:
            report.error(
                node.place,
                "missing-key",
                f"「{key_.name}」がありません。",
                f"「{key_.name}: {key_.example or '…'}」のように書き足してください。",
            )


def _report_unknown(name: str, place: Place, keys: Iterable[str], report: Report) -> None:
    names = list(keys)
    report.error(
        place,
        "unknown-key",
        f"「{name}」という項目はありません。",
        did_you_mean(name, names, f"使える項目は {'、'.join(names)} です。"),
    )


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record inside a record."""

    cls: type[Record]

    @property
    def words(self) -> str:
        """The keys of the inner record."""
        return f"次の項目の組: {'、'.join(k.name for k in keys_of(self.cls))}"

    def read(self, node: Node, report: Report) -> Record | None:
        return read_record(self.cls, node, report)

    def schema(self) -> Schema:
        return schema_of(self.cls)


def schema_of(cls: type[Record]) -> Schema:
    """The JSON Schema (2020-12) of a record, with Japanese titles and descriptions."""
    properties: Schema = {}
    for known in keys_of(cls):
        examples = {"examples": [known.example]} if known.example else {}
        properties[known.name] = {
            "title": known.name,
            "description": known.doc,
            **known.shape.schema(),
            **examples,
        }
    return {
        "type": "object",
        "properties": properties,
        "required": [k.name for k in keys_of(cls) if k.required],
        "additionalProperties": False,
    }


def inner_of(known: Key) -> type[Record] | None:
    """The record that a key holds, directly or in lists; None where it holds texts."""
    shape: Any = known.shape
    while not isinstance(shape, RecordOf) and hasattr(shape, "item"):
        shape = shape.item
    return shape.cls if isinstance(shape, RecordOf) else None


def inner_records(cls: type[Record]) -> Iterator[type[Record]]:
    """The records inside `cls`, each before its own."""
    for known in keys_of(cls):
        inner = inner_of(known)
        if inner is not None:
            yield inner
            yield from inner_records(inner)


def known_keys(records: Iterable[type[Record]]) -> frozenset[str]:
    """Every key of the given records and of those inside them."""
    return frozenset(
        k.name for top in records for cls in (top, *inner_records(top)) for k in keys_of(cls)
    )
