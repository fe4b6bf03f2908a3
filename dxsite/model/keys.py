"""One key of a content file, declared once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from dxsite.model.examples import NO_EXAMPLE, Example, examples_at
from dxsite.shapes import ListOf, Shape

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a content file: what it is called, holds, and is for."""

    record: type[Any]
    field: str
    name: str
    shape: Shape
    doc: str
    required: bool
    default: Any

    @property
    def example(self) -> Example:
        """How it is written in a whole file; every key is used in one of them."""
        for kind, top in FILE_RECORDS.items():
            for way, cls in ways(top):
                if cls is self.record:
                    names = tuple(known.name for known in way)
                    return examples_at(kind, names).get(self.name, NO_EXAMPLE)
        return NO_EXAMPLE

    @property
    def nothing(self) -> Any:
        """What stands for a required value that could not be read."""
        return () if isinstance(self.shape, ListOf) else None


FILE_RECORDS: dict[str, type[Any]] = {}
"""File kind → what such a file holds, filled by `whole_file`."""


def whole_file(kind: str) -> Callable[[type[T]], type[T]]:
    """Declare that a record is all that a file of one kind holds; examples/<kind>.yaml is one."""

    def declare(cls: type[T]) -> type[T]:
        FILE_RECORDS[kind] = cls
        return cls

    return declare


def key(
    name: str, shape: Shape, doc: str, *, default: Any = ...
) -> Any:  # Any: each field states its own type beside it
    """Declare a key; without a `default` it is required. `doc` is for staff."""
    required = default is ...
    return field(
        default=None if required else default,
        metadata={"key": (name, shape, doc, required, None if required else default)},
    )


def keys_of(cls: type[Any]) -> tuple[Key, ...]:
    """The declared keys of a record, in the order in which staff should write them."""
    if cls not in _KEYS:
        _KEYS[cls] = tuple(
            Key(cls, f.name, *f.metadata["key"]) for f in fields(cls) if "key" in f.metadata
        )
    return _KEYS[cls]


_KEYS: dict[type[Any], tuple[Key, ...]] = {}


def inner_class(shape: Shape) -> type[Any] | None:
    """The record that a shape holds, directly or in lists; None where it holds texts."""
    inner: Any = shape
    while not hasattr(inner, "cls") and hasattr(inner, "item"):
        inner = inner.item
    found: type[Any] | None = getattr(inner, "cls", None)
    return found


def ways(cls: type[Any]) -> Iterator[tuple[tuple[Key, ...], type[Any]]]:
    """A record and those inside it, each with the keys that lead to it."""
    yield (), cls
    for known in keys_of(cls):
        inner = inner_class(known.shape)
        if inner is not None:
            yield from (((known, *way), deeper) for way, deeper in ways(inner))
