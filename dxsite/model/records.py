"""Declares a record once, for the reader, the JSON Schema and the staff guide."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from dxsite import patterns
from dxsite.diagnostics import Report
from dxsite.documents import Broken, Mapping, Node, Scalar, Sequence
from dxsite.figures import FigureShape
from dxsite.misfits import is_blank
from dxsite.model.complaints import (
    report_missing,
    report_no_record,
    report_swallowed,
    report_unknown,
    swallowed_keys,
)
from dxsite.model.keys import Key, inner_class, key, keys_of, whole_file
from dxsite.patterns import Schema
from dxsite.positions import Place
from dxsite.shapes import Shape, Whole

__all__ = [
    "Key",
    "Record",
    "RecordOf",
    "inner_of",
    "inner_records",
    "key",
    "keys_of",
    "known_keys",
    "read_record",
    "record",
    "schema_of",
    "whole_file",
]

R = TypeVar("R", bound="Record")


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
    lost: frozenset[str] = field(default=frozenset(), repr=False)
    """Fields that were, or may have been, written and could not be read; that has been told."""
    is_whole: bool = field(default=True, repr=False)
    """Whether every required key could be read."""

    def at(self, field_name: str) -> Place:
        """Where a field was written, or else where the record begins."""
        return self.places.get(field_name, self.place)


def read_record(cls: type[R], node: Node, report: Report, *, incomplete: bool = False) -> R | None:
    """A record from a mapping; every fault of every key is reported, unread keys get defaults.

    None where the node is no mapping or a required key could not be read; with `incomplete`,
    such a key is None or an empty list instead, which is good enough to be checked.
    """
    if isinstance(node, Broken):
        return None
    keys = _by_name(cls)  # type: ignore[arg-type]  # a class can be hashed
    if not isinstance(node, Mapping):
        report_no_record(node, tuple(keys.values()), report)
        return None
    misspelt = report_unknown(node, keys, report)
    places = {keys[name].field: name.place for name, _ in node.entries if name in keys}
    values = dict(_read_values(node, keys, report))
    swallowed = tuple(swallowed_keys(node, keys))
    for name in swallowed:
        report_swallowed(name, report)
    unread = [k for k in keys.values() if k.required and k.field not in values]
    # What is misspelt, swallowed, or part of what could not be read has been told already.
    lost = {*misspelt, *swallowed}
    if any(isinstance(child, Broken) for _, child in node.entries):
        lost |= set(keys)
    for known in unread:
        if known.field not in places and known.name not in lost:
            report_missing(known, node.place, report)
    lost |= {name for name, child in node.entries if not is_blank(child)}
    if unread and not incomplete:
        return None
    return cls(
        place=node.place,
        places=places,
        lost=frozenset(k.field for n in lost if (k := keys.get(n)) and k.field not in values),
        is_whole=not unread,
        **{k.field: k.nothing for k in unread},
        **values,
    )


@cache
def _by_name(cls: type[Record]) -> MappingOf[str, Key]:
    return {known.name: known for known in keys_of(cls)}


def _read_values(
    node: Mapping, keys: MappingOf[str, Key], report: Report
) -> Iterator[tuple[str, Any]]:
    for name, child in node.entries:
        known = keys.get(name)
        if known is None:
            continue
        if not is_blank(child):
            value = known.shape.read(child, report)
            if value is not None:
                yield known.field, value
        elif known.required:
            report.error(
                name.place,
                "empty-value",
                f"「{name}」の中身が空です。",
                f"{known.shape.words}を書いてください。",
            )


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record inside a record."""

    cls: type[Record]
    incomplete: bool = False
    """Whether one that lacks a required key is still checked."""

    @property
    def words(self) -> str:
        """The keys of the inner record."""
        return f"次の項目の組: {'、'.join(k.name for k in keys_of(self.cls))}"

    def read(self, node: Node, report: Report) -> Record | None:
        return read_record(self.cls, node, report, incomplete=self.incomplete)

    def schema(self) -> Schema:
        return schema_of(self.cls)


def schema_of(cls: type[Record]) -> Schema:
    """The JSON Schema (2020-12) of a record, with Japanese titles and descriptions."""
    return {
        "type": "object",
        "properties": {known.name: _property(known) for known in keys_of(cls)},
        "required": [k.name for k in keys_of(cls) if k.required],
        "additionalProperties": False,
    }


def _property(known: Key) -> Schema:
    """One key. Editors show `markdownDescription` and, on a fault, `errorMessage`."""
    must = "必ず書きます。" if known.required else "書かなくても構いません。"
    core, words = known.shape.schema(), known.shape.words
    schema = (
        patterns.required(core, words)
        if known.required
        else patterns.optional(core, words, known.name)
    )
    if "properties" in schema.get("items", {}):
        schema["items"] = {"title": f"{known.name}の一つ", **schema["items"]}
    about = f"{known.doc}。{must}\n\n書き方: {known.shape.words}"
    examples = _examples(known)
    if not examples:
        about += f"\n\n例:\n\n```yaml\n{known.example.lines}\n```"
    return {
        "title": known.name,
        "description": known.doc,
        "markdownDescription": about,
        **schema,
        **examples,
    }


def _examples(known: Key) -> Schema:
    """One line of text, a number, a list of such; editors type anything deeper in wrongly."""
    node = known.example.node
    if isinstance(node, Scalar):
        return {"examples": [_typed(known.shape, node)]}
    if isinstance(node, Sequence):
        texts = [item for item in node.items if isinstance(item, Scalar)]
        return {"examples": [[str(text.text) for text in texts]]} if texts else {}
    return {}


def _typed(shape: Shape, node: Scalar) -> str | int:
    """The first line of an example, as an editor would have parsed it."""
    text = node.text.strip().partition("\n")[0]
    is_number = isinstance(shape, Whole | FigureShape) and text.isdecimal()
    return int(text) if is_number else text


def inner_of(known: Key) -> type[Record] | None:
    """The record that a key holds, directly or in lists; None where it holds texts."""
    return inner_class(known.shape)


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
