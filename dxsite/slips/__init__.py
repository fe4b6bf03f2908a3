"""Typing slips that a YAML reader misreports or swallows.

Each slip is told where it was made, then mended in a copy of the text, so that everything
else that is wrong with the file can be found in the same run.
"""

import re
from collections.abc import Callable, Collection

from dxsite.signs import BLANKS
from dxsite.slips.colons import colon, forgotten_colon
from dxsite.slips.indents import is_odd, odd_indent
from dxsite.slips.line import ALL_BLANKS, COLONS, Found, Line, Slip, key_column
from dxsite.slips.marks import LIST_MARKS, document_marks, fullwidth_note, list_mark, merge_marks
from dxsite.slips.values import bar, escape, pasted_cells, quotes, swallowed, unquoted_sign

__all__ = ["Slip", "find_slips"]

_RULES: tuple[Callable[[Line], Found | None], ...] = (
    list_mark,
    fullwidth_note,
    colon,
    forgotten_colon,
    pasted_cells,
    bar,
    escape,
    quotes,
    unquoted_sign,
    swallowed,
)
# Whatever a rule looks for holds one of these.
_ODD = re.compile(
    rf"[{COLONS[1:]}{BLANKS}\t＃｜＞]| #|:[^\s\"'/]"
    rf"|^ *(?:[{LIST_MARKS}]|\* |(?:- +)*-[^\s-])"
    r"|(?:^ *|: +|- +)[\"'\[{\]},%@`?]"
    r"|^ *[^\s:。、#\-][^:。、\n]{0,7}$",
    re.MULTILINE,
)
# Most lines that hold nothing odd, told in one pass: a key with or without what it holds, an item.
_SIGNS = rf"\n\t{COLONS}{BLANKS}＃｜＞#\-"
_BEGIN = rf"[^ \"'\[{{\]}},%@`?{_SIGNS}]"
_ORDINARY = re.compile(
    rf" *(?:- {_BEGIN}|(?:- )?[^\s\"'\[{{\]}},%@`?*{LIST_MARKS}{_SIGNS}]+:(?: {_BEGIN}|$))[^{_SIGNS}]*$"
)
_ODD_LINE = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\||---|\.\.\.)", re.MULTILINE)
_ANY_KEY = re.compile(rf"^[ {BLANKS}\t]*(?:- *)?[^\s{COLONS}]{{1,20}} ?[{COLONS}]", re.MULTILINE)
_BLOCK = re.compile(r"(?:^|[:\-] )[|>][+-]?\d?\s*$")
_KEY_LINE = re.compile(r" *(?:- +)*[^\s#:\-][^:]*:(?: |$)")


def find_slips(text: str, known_keys: Collection[str]) -> tuple[list[Slip], str]:
    """The slips of `text`, and the text as it was probably meant, line for line."""
    slips: list[Slip] = []
    lines = text.split("\n")
    if _ODD_LINE.search(text):
        slips += merge_marks(lines)
        slips += document_marks(lines)
    elif not _ODD.search(text):
        return [], text
    if _ANY_KEY.search(text):  # without keys it is a letter or a web page, and told as such
        slips += _line_by_line(lines, known_keys)
    elif not text.strip(ALL_BLANKS + "\n"):
        return slips, ""
    return slips, "\n".join(lines)


def _line_by_line(lines: list[str], known_keys: Collection[str]) -> list[Slip]:
    slips: list[Slip] = []
    block: int | None = None  # the indent that a block of long text must exceed
    above: list[tuple[int, str]] = []  # column, line: the last at each column that is still open
    for index, line in enumerate(lines):
        stripped = line.lstrip(ALL_BLANKS)
        if not stripped:
            lines[index] = ""  # odd blanks alone say nothing
            continue
        indent = len(line) - len(stripped)
        if is_odd(line[:indent]):
            if stripped[0] != "#":
                slips.append(_mended(lines, index, odd_indent(lines, index)))
                line = lines[index]
            indent = len(line) - len(line.lstrip(" "))
        if block is not None and indent > block:
            continue
        block = None
        if stripped[0] == "#":
            lines[index] = stripped  # behind odd blanks, too, it is a note
            continue
        column = key_column(line)
        if not _ORDINARY.match(line) and _ODD.search(line):
            beside_keys = any(_KEY_LINE.match(there) for at, there in above if at == column)
            for rule in _RULES:
                found = rule(Line(lines, index, known_keys, beside_keys))
                if found:
                    slips.append(_mended(lines, index, found))
            line, column = lines[index], key_column(lines[index])
        while above and above[-1][0] >= column:
            above.pop()
        above.append((column, line))
        if ("|" in line or ">" in line) and _BLOCK.search(line):
            block = column if ":" in line else indent
    return slips


def _mended(lines: list[str], index: int, found: Found) -> Slip:
    column, code, message, hint, lines[index] = found
    return Slip(index + 1, column, code, message, hint)
