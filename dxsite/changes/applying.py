"""Makes changes again: the earlier state and its changes give the later one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dxsite.changes.change import Change, Json, Op, Path, Step
from dxsite.changes.differences import Fields, Items, Shape

_Rest = tuple[Path, Change]
"""What remains of a change's path at some depth, and the change."""


def applied(value: Json, changes: Sequence[Change], shape: Shape) -> Json:
    """`value` with all changes made; `changes` are those of one comparison."""
    result: Json = _applied(value, [(change.path, change) for change in changes], shape)
    return result


def _applied(value: Any, changes: Sequence[_Rest], shape: Shape | None) -> Any:
    for path, change in changes:
        if not path and change.op is Op.REPLACE:
            return change.after
    if isinstance(value, dict):
        inner = shape.of if isinstance(shape, Fields) else {}
        return _object(value, changes, inner)
    if isinstance(shape, Items):
        return _list(value, changes, shape)
    return value


def _object(value: Json, changes: Sequence[_Rest], shapes: Any) -> Json:
    result = dict(value)
    for key, group in _grouped(changes).items():
        own = next((change for path, change in group if not path), None)
        if own is not None and own.op is Op.INSERT:
            result[str(key)] = own.after
        elif own is not None and own.op is Op.DELETE:
            del result[str(key)]
        else:
            result[str(key)] = _applied(value[str(key)], group, shapes.get(key))
    return result


def _list(value: Sequence[Json], changes: Sequence[_Rest], items: Items) -> list[Json]:
    old: dict[Step, int] = dict(zip(range(len(value)), range(len(value)), strict=True))
    if items.key is not None:
        old |= {items.key(item): position for position, item in enumerate(value)}
    kept: dict[int, Json] = dict(enumerate(value))
    order = list(kept)
    inserted: list[tuple[int, Json]] = []
    for name, group in _grouped(changes).items():
        inserted += [(c.at or 0, c.after) for path, c in group if not path and c.op is Op.INSERT]
        inner = [(path, c) for path, c in group if path or c.op is not Op.INSERT]
        if any(not path and c.op is Op.DELETE for path, c in inner):
            del kept[old[name]]
        elif inner:
            kept[old[name]] = _applied(kept[old[name]], inner, items.fields)
    for path, change in changes:
        if not path and change.op is Op.ORDER:
            order = [old[name] for name in change.after]
    result = [kept[position] for position in order if position in kept]
    for position, item in sorted(inserted, key=lambda pair: pair[0]):
        result.insert(position, item)
    return result


def _grouped(changes: Sequence[_Rest]) -> dict[Step, list[_Rest]]:
    """Changes below, by the next step of their paths."""
    groups: defaultdict[Step, list[_Rest]] = defaultdict(list)
    for path, change in changes:
        if path:
            groups[path[0]].append((path[1:], change))
    return groups
