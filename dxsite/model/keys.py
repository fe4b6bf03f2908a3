"""One key of a content file, declared once."""

from dataclasses import dataclass, field, fields
from typing import Any

from dxsite.shapes import ListOf, Shape


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


def keys_of(cls: type[Any]) -> tuple[Key, ...]:
    """The declared keys of a record, in the order in which staff should write them."""
    if cls not in _KEYS:
        _KEYS[cls] = tuple(
            Key(f.name, *f.metadata["key"]) for f in fields(cls) if "key" in f.metadata
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
