"""Marks of lists, notes, collisions and documents."""

import re
from collections.abc import Iterator

from dxsite.signs import BLANKS
from dxsite.slips.line import Found, Line, Slip

_ORNAMENTS = "●○◯◦•▪■□◆◇▶"
LIST_MARKS = f"－―‐–—−﹣ー・{_ORNAMENTS}"
"""What stands for the half-width hyphen in the writing of others."""

_LIST_MARK = re.compile(
    rf"(?P<lead> *)(?:(?P<mark>[{LIST_MARKS}])[ {BLANKS}]*|(?P<star>\*) +"
    rf"|-[{BLANKS}\t]+|-(?=[^\s-]))(?=\S)"
)
_NESTED_MARK = re.compile(r"(?P<lead> *(?:- +)+)-(?=[^\s\d-])")
_NOTHING = re.compile(r"\s*(?:#|$)")
_TOP_KEY = re.compile(r"([^\s#\-:：][^:：]*?) *[:：]")


def list_mark(line: Line) -> Found | None:
    """Something else than a half-width hyphen and a blank."""
    match = _LIST_MARK.match(line.text) or _NESTED_MARK.match(line.text)
    if not match:
        return None
    signs = match.groupdict()
    mark = signs.get("mark") or signs.get("star")
    if mark and mark in _ORNAMENTS and not match["lead"]:
        return None  # before a key, which says what is wrong with it
    return (
        len(match["lead"]) + 1,
        "list-mark",
        f"箇条書きの印が「{mark}」になっています。"
        if mark
        else "箇条書きの「-」のあとに半角の空白がありません。",
        "半角の「-」と半角の空白一つで始めてください。",
        f"{match['lead']}- {line.text[match.end() :]}",
    )


def fullwidth_note(line: Line) -> Found | None:
    """A note that begins with the full-width number sign."""
    lead = len(line.text) - len(line.text.lstrip(" "))
    if not line.text.startswith("＃", lead):
        return None
    return (
        lead + 1,
        "syntax",
        "「＃」が全角なので、覚え書きとして読み取れません。",
        "覚え書きなら、半角の # に直してください。",
        "",
    )


def merge_marks(lines: list[str]) -> Iterator[Slip]:
    """One slip per collision, told where it begins; of its versions only the first is kept."""
    inside = keep = False
    for index, line in enumerate(lines):
        mark = re.match(r"(?:<{7}|\|{7}|={7}|>{7})(?= |$)", line)
        if mark and not inside:
            yield Slip(
                index + 1,
                1,
                "merge-mark",
                f"「{mark[0]}」は、二人の編集がぶつかったときに残る印です。",
                "残す方の内容を選び、要らない方の内容と、"
                "<<<<<<<、=======、>>>>>>> の行を消してください。",
            )
        if mark:
            inside = mark[0][0] != ">"
            keep = mark[0][0] in "<>"
        if mark or (inside and not keep):
            lines[index] = ""


def document_marks(lines: list[str]) -> Iterator[Slip]:
    """A line of `---` or `...` amid a file; what a second document repeats is left out."""
    for index, line in enumerate(lines):
        if not re.fullmatch(r"(?:---|\.\.\.)\s*", line):
            continue
        above, below = lines[:index], lines[index + 1 :]
        if all(map(_NOTHING.match, above)) or (line[0] == "." and all(map(_NOTHING.match, below))):
            continue
        mark = line.strip()
        if _keys(above) & _keys(below):
            yield Slip(
                index + 1,
                1,
                "syntax",
                f"「{mark}」の行のあとに、同じ項目がもう一度書かれています。",
                "ここから後ろを別のファイルに移し、この行を消してください。"
                "一つのファイルに書けるのは一つだけです。",
            )
            lines[index:] = [""] * (len(lines) - index)
            return
        yield Slip(
            index + 1,
            1,
            "syntax",
            f"「{mark}」の行でファイルが二つに分かれています。",
            f"「{mark}」の行を消してください。",
        )
        lines[index] = ""


def _keys(lines: list[str]) -> set[str]:
    return {match[1] for match in map(_TOP_KEY.match, lines) if match}
