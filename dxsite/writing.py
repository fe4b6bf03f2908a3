"""Values as lines of a content file, in the house form."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias, Union

from dxsite import documents, layout
from dxsite.diagnostics import Report
from dxsite.model import KNOWN_KEYS
from dxsite.sentences import one_a_line
from dxsite.shapes import Prose, Shape
from dxsite.signs import forbidden_signs
from dxsite.sources import Source

Value: TypeAlias = Union[str, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007 - names itself
"""What a file can hold: texts, lists, and keys with values."""

_KEY = min(KNOWN_KEYS)
"""Any key: after one, the reader looks for slips."""
# What would not come back as it was, and halves of a letter.
_UNFIT = re.compile("[\r\ud800-\udfff]")


def entry(
    mark: str, value: Value, shape: Shape | None = None, *, quoted: bool = False
) -> list[str]:
    """The lines of one key or item; `mark` is `名称:` or `-`, and stands at the left edge.

    With `quoted`, every text of one line stands in quotes. ValueError where a text holds a sign
    that a content file cannot hold.
    """
    if isinstance(value, str):
        _refuse(value)
        if isinstance(shape, Prose) and value.strip():
            return [f"{mark} |", *indented(one_a_line(value).split("\n"))]
        return [f"{mark} {spelled(value, item=mark == '-', quoted=quoted)}"]
    if not value:
        return [f"{mark} {'{}' if isinstance(value, Mapping) else '[]'}"]
    lines = indented(section(value, shape, quoted=quoted))
    return [f"-{lines[0][1:]}", *lines[1:]] if mark == "-" else [mark, *lines]


def section(
    value: Sequence[Value] | Mapping[str, Value],
    shape: Shape | None = None,
    *,
    top: bool = False,
    quoted: bool = False,
) -> list[str]:
    """The lines of a list, or of keys with values in the order of their record."""
    if isinstance(value, Mapping):
        known = layout.order_of(shape)
        names = sorted(value, key=lambda name: known.index(name) if name in known else len(known))
        parts = [
            entry(f"{spelled_key(name)}:", value[name], layout.part_of(shape, name), quoted=quoted)
            for name in names
        ]
    else:
        inner = layout.part_of(shape, 0)
        parts = [entry("-", item, inner, quoted=quoted) for item in value]
    gap = [""] if layout.is_spaced(shape, top=top) else []
    return [line for n, part in enumerate(parts) for line in (*(gap if n else ()), *part)]


def indented(lines: Sequence[str], width: int = 2) -> list[str]:
    """The lines moved to the right, except those that are empty."""
    return [" " * width + line if line else "" for line in lines]


def spelled(text: str, *, item: bool = False, quoted: bool = False) -> str:
    """One text on one line, in quotes only where it would not be read as it is.

    An `item` of a list may be misread, for the line below it, as a key with a full-width colon.
    """
    if not quoted and _reads_plain(text, item):
        return text
    return quote(text)


def spelled_key(name: str) -> str:
    """A key as it stands before its colon; ValueError where it cannot be one."""
    _refuse(name)
    # What begins like an item of a list stands in quotes, whatever the parser makes of it.
    is_plain = name == name.strip() and not name.startswith("-")
    for spelling in (name, quote(name)) if is_plain else (quote(name),):
        if "\n" not in spelling and _read(f"{spelling}: x\n") == {name: "x"}:
            return spelling
    raise ValueError(f"no key: {name!r}")


def quote(text: str) -> str:
    """A text in double quotes."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def plain(node: documents.Node | None) -> Value:
    """A tree with places as plain texts, lists and dicts; what is broken or absent is ""."""
    match node:
        case documents.Scalar():
            return str(node.text)
        case documents.Sequence():
            return [plain(item) for item in node.items]
        case documents.Mapping():
            return {str(key): plain(value) for key, value in node.entries}
    return ""


def _refuse(text: str) -> None:
    unfit = {found[0] for found in _UNFIT.finditer(text)}
    unfit |= {text[sign.start : sign.end] for sign in forbidden_signs(text)}
    if unfit:
        raise ValueError(f"a content file cannot hold {unfit}: {text[:40]!r}")


@lru_cache(4096)
def _reads_plain(text: str, item: bool) -> bool:
    if not text or "\n" in text:
        return False
    if item:
        return _read(f"a:\n  - {text}\n  - b：c\n") == {"a": [text, "b：c"]}
    return _read(f"{_KEY}: {text}\n") == {_KEY: text}


def _read(lines: str) -> Value | None:
    """What the reader of content files makes of `lines`; None where it finds fault with them."""
    report = Report()
    document = documents.parse_document(Source("", lines.encode()), KNOWN_KEYS, report)
    return None if report.errors else plain(document.root)
