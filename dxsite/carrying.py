"""Writes new values into the text of an earlier file, so that its comments and spellings stay.

For what comes from programs that know values only: they leave a file without a comment, in
their own order, and a number without the zeros that do not count.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import SequenceMatcher

from dxsite import editing, writing
from dxsite.blocks import Blocks
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Report
from dxsite.formatting import format_source, held_by
from dxsite.scaffolding import modeline
from dxsite.sources import Source
from dxsite.writing import Value

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?|[-+]?\.[0-9]+")
_NOTHING = ("", "~", "null")


def tidied(before: Source | None, after: Source, report: Report) -> bytes | None:
    """The later file in the house form, with what the earlier one said beside its values.

    1. A later file that has comments was written by a person, and is only formatted.
    2. A new file gets the line that leads editors to its schema.
    3. None after a finding: the later file cannot be read.
    """
    cls = held_by(after, report)
    faults = report.errors
    new = read_blocks(after, cls, report) if cls else None
    if cls is None or report.errors > faults:
        return None
    if new is None or any(new.comments()):
        return format_source(after, report)
    if before is None:
        text = f"{modeline(after.path)}\n{new}"
    else:
        old = read_blocks(before, cls, Report())
        text = _carried(old, new) if old else str(new)
    return format_source(Source(after.path, text.encode()), report)


def _carried(old: Blocks, new: Blocks) -> str:
    """The text of the earlier file with the values of the later one.

    The later file as it is where they fit into no place of the earlier one.
    """
    values = restored(writing.plain(old.root.node), writing.plain(new.root.node))
    try:
        return str(editing.put(old, (), values))
    except ValueError:
        return str(new)


def restored(old: Value, new: Value) -> Value:
    """The new value, with the old spelling wherever both are the same to other programs."""
    match old, new:
        case str(), str():
            return old if _key(old) == _key(new) else new
        case Mapping(), Mapping():
            names = _in_old_order(list(old), list(new))
            return {name: restored(old.get(name, ""), new[name]) for name in names}
        case list(), list():
            return _items(old, new)
    return new


def _in_old_order(old: list[str], new: list[str]) -> list[str]:
    """The new keys, those that were there before as they stood; the others after their neighbour.

    Programs sort: of `R9` and `令和10年度`, and of `2021` and any text.
    """
    names = [name for name in old if name in new]
    for name, above in zip(new, [None, *new], strict=False):
        if name not in names:
            names.insert(names.index(above) + 1 if above in names else 0, name)
    return names


def _items(old: list[Value], new: list[Value]) -> list[Value]:
    """Lists item by item: those that are alike, then those that stand for each other."""
    before, after = ([repr(_key(item)) for item in items] for items in (old, new))
    made: list[Value] = []
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for sign, start, end, first, last in steps:
        if sign == "equal":
            made += old[start:end]
            continue
        pairs = list(zip(old[start:end], new[first:last], strict=False))
        made += [restored(*pair) for pair in pairs]
        made += new[first + len(pairs) : last]
    return made


def _key(value: Value) -> object:
    """What two values share that YAML's own types cannot tell apart."""
    if isinstance(value, Mapping):
        return sorted((str(name), _key(inner)) for name, inner in value.items())
    if not isinstance(value, str):
        return [_key(item) for item in value]
    text = value.strip()
    if text in _NOTHING:
        return ""
    return Decimal(text).normalize() if _NUMBER.fullmatch(text) else text
