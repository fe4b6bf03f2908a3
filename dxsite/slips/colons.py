"""The colon between a key and what it holds."""

import re

from dxsite.fiscal import read_year
from dxsite.signs import BLANKS, name_of_blank
from dxsite.slips.line import ALL_BLANKS, COLONS, Found, Line

_KEY = re.compile(
    rf"^(?P<lead>\s*(?:- +)*)(?P<key>[^\s{COLONS}\"'#\-][^{COLONS}\"']{{0,20}}?)"
    rf"\s*(?P<rest>[{COLONS}].*)$"
)


def colon(line: Line) -> Found | None:
    """A colon that is full-width, or the blank behind it that is odd or missing."""
    match = _KEY.match(line.text)
    if not match or not _is_meant(match, line):
        return None
    key, rest = match["key"], match["rest"]
    column = match.start("rest") + 1
    mended = f"{match['lead']}{key}: {rest[1:].strip(ALL_BLANKS)}"
    if rest[0] != ":":
        return (
            column,
            "fullwidth-colon",
            f"「{key}」のあとの「{rest[0]}」が全角です。"
            if rest[0] == "："
            else f"「{key}」のあとの「{rest[0]}」は、半角の「:」に似た別の記号です。",
            "半角の「:」に直し、そのあとに半角の空白を一つ入れてください。",
            mended,
        )
    blank = re.match(rf": *([{BLANKS}\t])", rest)
    if blank and rest.strip(":" + ALL_BLANKS):
        return (
            column + 1,
            "fullwidth-space",
            f"「{key}:」のあとが{name_of_blank(blank[1])}です。",
            "半角の空白一つに直してください。",
            mended,
        )
    if re.match(r":\S", rest):
        return (
            column + 1,
            "colon-space",
            f"「{key}:」のあとに空白がありません。",
            "「:」のあとに半角の空白を一つ入れてください。",
            mended,
        )
    return None


def _is_meant(match: re.Match[str], line: Line) -> bool:
    """Whether a colon ends a key, and does not stand in a sentence."""
    key, rest = match["key"], match["rest"]
    if line.beside_keys:
        return not rest.startswith("://")
    # What stands at the left edge, or before the bar of a block, can only be a key.
    if rest[0] != ":" and (not match["lead"] or re.fullmatch(rf".[ {BLANKS}]*[|>]?", rest)):
        return "-" not in match["lead"] or _goes_on(line)
    if key not in line.keys and not read_year(key.rstrip("?？末")):
        return False
    # An item of a list of texts may well hold such a colon.
    return "-" not in match["lead"] or _goes_on(line)


def _goes_on(line: Line) -> bool:
    """Whether the next line is a further key of the record that begins on this one."""
    following = line.lines[line.index + 1] if line.index + 1 < len(line.lines) else ""
    return following[:1] in tuple(ALL_BLANKS) and bool(_KEY.match(following))


def forgotten_colon(line: Line) -> Found | None:
    """A known key alone on its line, with what it holds below."""
    key = line.text.strip(" ")
    if key not in line.keys or not line.goes_deeper:
        return None
    return (
        len(line.text) - len(line.text.lstrip(" ")) + 1,
        "syntax",
        f"「{key}」のあとに「:」がありません。",
        "名前のあとに半角の「:」を入れてください。",
        f"{line.text.rstrip()}:",
    )
