"""Walks two states of the catalogue side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dxsite.changes.change import Json, Kind, Op, Path, Step
from dxsite.changes.pairing import identified, paired


@dataclass(frozen=True, slots=True)
class Said:
    """A difference in words; `brief` is None where `text` is short enough."""

    kind: Kind
    text: str
    brief: str | None = None
    by: int | float | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called, in either state; the later name wins."""

    themes: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    """`<plan>/<id>` → title"""
    plans: Mapping[str, str] = field(default_factory=dict)
    """Slug → municipality"""
    moves: Mapping[tuple[Op, Path], str] = field(default_factory=dict)
    """What comes or goes → id of the measure that it comes from or goes to."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is compared as a whole."""

    say: "Say"


@dataclass(frozen=True, slots=True)
class Fields:
    """An object that is compared key by key, in this order; other keys come last."""

    of: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of objects, each compared with its counterpart.

    1. `key` names an item; without it, or where names are not unique, equal items are paired.
    2. `near` says how alike two items without a counterpart are, from 0 to 1; from 0.5 they are
       taken for the same.
    3. Without `fields`, an item is compared as a whole.
    4. `say` tells of items that come, go, change as a whole or stand in another order.
    """

    called: Callable[[Json], tuple[str, str]]
    """What kind of thing an item is, and its title."""
    say: "Say"
    key: Callable[[Json], str] | None = None
    near: Callable[[Json, Json], float] | None = None
    fields: Fields | None = None
    record: str | None = None
    """`plan`, `measure` or `term` where readers know the item as a thing of its own."""


Shape = Leaf | Fields | Items


@dataclass(frozen=True, slots=True)
class Around:
    """An item of a list in which a difference lies, in both states."""

    items: Items
    before: Json | None
    after: Json | None

    @property
    def now(self) -> Json:
        """The later state, or the earlier one where the item is gone."""
        return self.after or self.before or {}

    @property
    def then(self) -> Json:
        """The earlier state, or the later one where the item is new."""
        return self.before or self.after or {}


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two states differ."""

    path: Path
    op: Op
    before: Any
    after: Any
    shape: Shape
    around: tuple[Around, ...]
    """The items that contain it, the plan first; last the item itself where it comes or goes."""
    at: int | None = None
    titles: Mapping[Step, str] = field(default_factory=dict)
    """What the items are called whose order changed, by their names."""

    @property
    def plan(self) -> Around:
        """The plan, in both states."""
        return self.around[0]


Say = Callable[[Difference, Names], Said]


def differences(before: Any, after: Any, shape: Shape, unknown: Leaf) -> Iterator[Difference]:
    """Every difference, in the order of the later state; `unknown` stands for unlisted keys."""
    return _Walk(unknown).between(before, after, shape, (), ())


@dataclass(frozen=True, slots=True)
class _Walk:
    unknown: Leaf

    def between(
        self, before: Any, after: Any, shape: Shape, path: Path, around: tuple[Around, ...]
    ) -> Iterator[Difference]:
        if before is after or before == after:
            return
        match shape:
            case Fields() if isinstance(before, dict) and isinstance(after, dict):
                yield from self._fields(before, after, shape, path, around)
            case Items() if _objects(before) and _objects(after):
                yield from self._items(before, after, shape, path, around)
            case _:
                yield Difference(path, Op.REPLACE, before, after, shape, around)

    def _fields(
        self, before: Json, after: Json, shape: Fields, path: Path, around: tuple[Around, ...]
    ) -> Iterator[Difference]:
        for key in dict.fromkeys((*shape.of, *before, *after)):
            inner = (*path, key)
            if key in before and key in after:
                value = shape.of.get(key, self.unknown)
                yield from self.between(before[key], after[key], value, inner, around)
            elif key in after:
                yield Difference(inner, Op.INSERT, None, after[key], self.unknown, around)
            elif key in before:
                yield Difference(inner, Op.DELETE, before[key], None, self.unknown, around)

    def _items(
        self,
        before: Sequence[Json],
        after: Sequence[Json],
        items: Items,
        path: Path,
        around: tuple[Around, ...],
    ) -> Iterator[Difference]:
        old, new = identified(before, after, items.key)
        pairs = paired(before, after, old, new, items.near)
        for i, j in pairs:
            a = None if i is None else before[i]
            b = None if j is None else after[j]
            inner = (*around, Around(items, a, b))
            if i is None and j is not None:
                yield Difference((*path, new[j]), Op.INSERT, None, b, items, inner, at=j)
            elif j is None and i is not None:
                yield Difference((*path, old[i]), Op.DELETE, a, None, items, inner)
            elif i is not None:
                yield from self.between(a, b, items.fields or items, (*path, old[i]), inner)
        kept = {i: after[j] for i, j in pairs if i is not None and j is not None}
        if list(kept) != sorted(kept):
            names = tuple(old[i] for i in sorted(kept)), tuple(old[i] for i in kept)
            titles = {old[i]: items.called(item)[1] for i, item in kept.items()}
            yield Difference(path, Op.ORDER, *names, items, around, titles=titles)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
