"""Changes in a content file that leave every other byte as it was.

A path leads to a value by keys and indices: `("KPI", 0, "目標", "R9")`. Each step takes the
blocks of a file and returns new ones, read back from the changed text.
"""

import json
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import suppress
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from typing import Any, Protocol

from dxsite import layout, writing
from dxsite.blocks import Block, Blocks
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Report
from dxsite.sentences import one_a_line
from dxsite.shapes import Prose, Shape
from dxsite.sources import Source
from dxsite.splicing import (
    as_body,
    joined,
    newline,
    overwritten,
    pieces_of,
    starts_blank,
    with_piece,
    without_piece,
)
from dxsite.writing import Value

Path = tuple[str | int, ...]


def get(blocks: Blocks, path: Path) -> Value | None:
    """The value at a path as plain texts, lists and dicts; None where there is none."""
    steps = len(path)
    while steps and blocks.find(path[:steps]) is None:
        steps -= 1
    block = blocks.find(path[:steps])
    found: Value | None = writing.plain(block.node) if block else None
    for step in path[steps:]:  # inside brackets there are no blocks
        if isinstance(found, MappingOf) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def put(blocks: Blocks, path: Path, value: Value) -> Blocks:
    """The file with `value` at `path`, in the house form.

    1. A key that is not there yet is put at its place in the model, with all keys above it.
    2. Of a list or mapping only what differs is written, so that comments and spellings stay.
    3. ValueError where the path leads nowhere or a text holds a sign that no file can hold.
    """
    blocks = _opened(blocks, path[:-1])
    block = blocks.find(path)
    if block is not None:
        return _replaced(blocks, path, block, value)
    if not path:
        raise ValueError("the path leads to the whole file")
    *above, name = path
    parent = blocks.find(tuple(above))
    if parent is None or (not parent.inner and not get(blocks, tuple(above))):
        if isinstance(name, int) and name:
            raise ValueError(f"no item {name} at {above}")
        return put(blocks, tuple(above), {name: value} if isinstance(name, str) else [value])
    if isinstance(name, int):
        return _inserted(blocks, tuple(above), name, None, value)
    index = layout.place_of(_shape_at(blocks, tuple(above)), _names(blocks, tuple(above)), name)
    return _inserted(blocks, tuple(above), index, name, value)


def insert(blocks: Blocks, path: Path, value: Value) -> Blocks:
    """The file with a new item; `path` ends in the index that it will have."""
    *above, index = path
    if not isinstance(index, int):
        raise ValueError(f"no index: {index}")
    blocks = _opened(blocks, tuple(above))
    if not get(blocks, tuple(above)):
        return put(blocks, path, value)
    return _inserted(blocks, tuple(above), index, None, value)


def remove(blocks: Blocks, path: Path) -> Blocks:
    """The file without a key or item and its comments; a section goes with its last entry."""
    *above, _ = path
    blocks = _opened(blocks, tuple(above))
    block, parent = blocks.find(path), blocks.find(tuple(above))
    if block is None or parent is None:
        raise ValueError(f"nothing at {path}")
    if len(parent.inner) == 1:
        return remove(blocks, tuple(above))
    pieces = without_piece(pieces_of(blocks, parent), parent.inner.index(block))
    expected = _changed(blocks, path, lambda holder, step: holder.pop(step))
    return _reread(blocks, lambda **_: joined(blocks, parent, pieces), expected)


def reorder(blocks: Blocks, path: Path, order: Sequence[int]) -> Blocks:
    """The file with the entries at `path` in another order; comments right above them move too.

    `order` names each entry once, by the index that it has now.
    """
    blocks = _opened(blocks, path)
    parent = blocks.find(path)
    if parent is None or sorted(order) != list(range(len(parent.inner))):
        raise ValueError(f"no order of what is at {path}: {order}")
    pieces = pieces_of(blocks, parent)
    moved = [replace(pieces[old], gap=pieces[new].gap) for new, old in enumerate(order)]

    def change(holder: Any, step: str | int) -> None:
        held = holder[step]
        if isinstance(held, dict):
            held = list(held.items())
        held = [held[old] for old in order]
        holder[step] = held if parent.inner[0].key is None else dict(held)

    return _reread(
        blocks, lambda **_: joined(blocks, parent, moved), _changed(blocks, path, change)
    )


# ------------------------------------------------------------------ values


def _replaced(blocks: Blocks, path: Path, block: Block, value: Value) -> Blocks:
    shape = _shape_at(blocks, path)
    if likeness(writing.plain(block.node), shape) == likeness(value, shape):
        return blocks
    is_list = bool(block.inner) and block.inner[0].key is None
    if block.inner and value and isinstance(value, MappingOf) and not is_list:
        return _with_keys(blocks, path, value)
    if is_list and value and not isinstance(value, str | MappingOf):
        with suppress(ValueError):  # texts that are misread beside each other; all get quotes then
            return _with_items(blocks, path, value)
    if not path:
        raise ValueError("a file holds keys with values")
    expected = _changed(blocks, path, lambda holder, step: holder.__setitem__(step, value))
    return _reread(blocks, partial(overwritten, blocks, block, value, shape), expected)


def likeness(value: Value, shape: Shape | None) -> str:
    """What two values share where nothing needs to be written.

    A record's keys may stand in any order, sentences on the lines on which they stand.
    """
    return json.dumps(_alike(value, shape), ensure_ascii=False)


def _alike(value: Value, shape: Shape | None) -> object:
    if isinstance(value, str):
        return one_a_line(value) if isinstance(shape, Prose) else value
    if not isinstance(value, MappingOf):
        return [_alike(item, layout.part_of(shape, 0)) for item in value]
    pairs = [[str(k), _alike(inner, layout.part_of(shape, k))] for k, inner in value.items()]
    # In a list of its own, so that keys with values are never taken for a list of pairs.
    return {"": sorted(pairs, key=lambda pair: str(pair[0])) if layout.order_of(shape) else pairs}


def _with_keys(blocks: Blocks, path: Path, value: MappingOf[str, Value]) -> Blocks:
    for name, inner in value.items():
        blocks = put(blocks, (*path, name), inner)
    for name in _names(blocks, path):
        if name not in value:
            blocks = remove(blocks, (*path, name))
    names = _names(blocks, path)
    if not layout.order_of(_shape_at(blocks, path)) and names != list(value):
        blocks = reorder(blocks, path, [names.index(name) for name in value])
    return blocks


def _names(blocks: Blocks, path: Path) -> list[str]:
    block = blocks.find(path)
    return [str(child.key) for child in block.inner] if block else []


def _with_items(blocks: Blocks, path: Path, value: Sequence[Value]) -> Blocks:
    """What is alike on both sides stays; from the end, so that the indices before it hold."""
    block = blocks.find(path)
    shape = layout.part_of(_shape_at(blocks, path), 0)
    old = [likeness(writing.plain(child.node), shape) for child in block.inner] if block else []
    new = [likeness(item, shape) for item in value]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for sign, start, end, first, last in reversed(steps):
        if sign == "equal":
            continue
        both = min(end - start, last - first)
        for index in range(last - 1, first + both - 1, -1):
            blocks = insert(blocks, (*path, start + both), value[index])
        for index in range(both):
            blocks = put(blocks, (*path, start + index), value[first + index])
        for index in range(end - 1, start + both - 1, -1):
            blocks = remove(blocks, (*path, index))
    return blocks


def _opened(blocks: Blocks, path: Path) -> Blocks:
    """The file with what stands in brackets along a path written on lines."""
    for steps in range(1, len(path) + 1):
        block = blocks.find(path[:steps])
        value = writing.plain(block.node) if block else ""
        if block and not block.inner and value and not isinstance(value, str):
            edit = partial(overwritten, blocks, block, value, _shape_at(blocks, path[:steps]))
            blocks = _reread(blocks, edit, writing.plain(blocks.root.node))
    return blocks


def _inserted(blocks: Blocks, path: Path, index: int, name: str | None, value: Value) -> Blocks:
    parent = blocks.find(path)
    if parent is None or not parent.inner:
        raise ValueError(f"{name or index} fits not into what is at {path}")
    if (parent.inner[0].key is None) != (name is None) or not 0 <= index <= len(parent.inner):
        raise ValueError(f"{name or index} fits not into what is at {path}")
    shape = _shape_at(blocks, path)
    spaced = layout.is_spaced(shape, top=parent is blocks.root)
    pieces = pieces_of(blocks, parent)
    if spaced is None:
        spaced = any(starts_blank(piece.gap) for piece in pieces[1:])
    gap = newline(blocks) if spaced else ""
    mark = "-" if name is None else f"{writing.spelled_key(name)}:"
    inner = layout.part_of(shape, 0 if name is None else name)

    def edit(*, quoted: bool) -> str:
        lines = writing.entry(mark, value, inner, quoted=quoted)
        body = as_body(blocks, lines, blocks.column(parent.inner[0]))
        return joined(blocks, parent, with_piece(pieces, index, body, gap))

    def change(holder: Any, step: str | int) -> None:
        if name is None:
            holder.insert(step, value)
            return
        pairs = list(holder.items())
        holder.clear()
        holder.update([*pairs[:index], (step, value), *pairs[index:]])

    step = index if name is None else name
    return _reread(blocks, edit, _changed(blocks, (*path, step), change))


def _shape_at(blocks: Blocks, path: Path) -> Shape | None:
    shape: Shape | None = blocks.shape
    for step in path:
        shape = layout.part_of(shape, step)
    return shape


class _Edit(Protocol):
    def __call__(self, *, quoted: bool) -> str:
        """The text of the file after a change."""


def _reread(blocks: Blocks, edit: _Edit, expected: Value) -> Blocks:
    """The blocks of an edited text; with quotes round every new text where it needs them.

    ValueError where the file would not hold what is `expected`, and so some other value changed.
    """
    wanted = likeness(expected, blocks.shape)
    for quoted in (False, True):
        report = Report()
        source = Source(blocks.path, (blocks.bom + edit(quoted=quoted)).encode())
        after = read_blocks(source, blocks.shape.cls, report)
        if after is None or report.errors:
            continue
        if likeness(writing.plain(after.root.node), blocks.shape) == wanted:
            return after
    raise ValueError("the file cannot be changed in this place alone")


def _changed(blocks: Blocks, path: Path, change: Callable[[Any, Any], object]) -> Value:
    """What the file is to hold: `change` gets the list or mapping above the path's last step."""
    whole = {"": writing.plain(blocks.root.node)}
    *above, last = ("", *path)
    holder: Any = whole
    for step in above:
        holder = holder[step]
    change(holder, last)
    return whole[""]
