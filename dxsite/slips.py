"""Typing slips that a YAML reader misreports or swallows.

Each slip is told where it was made, then mended in a copy of the text, so that everything
else that is wrong with the file can be found in the same run.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from dxsite.fiscal import read_year

_WORTH_A_LOOK = re.compile(
    r"[：　\t]|^ *[－―‐ー・]|^(?:<<<<<<<|=======|>>>>>>>)| #|:[^\s\"'/]|^ *-[^\s\d-]", re.MULTILINE
)
_BLOCK = re.compile(r"(?:^|[:\-] )[|>][+-]?\d?\s*$")
_KEY = re.compile(
    r"^(?P<lead>\s*(?:- +)*)(?P<key>[^\s:：\"'#\-][^:：\"']{0,20}?)\s*(?P<rest>[:：].*)$"
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; `line` and `column` count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str


def find_slips(text: str, known_keys: Collection[str]) -> tuple[list[Slip], str]:
    """The slips of `text`, and the text as it was probably meant, line for line."""
    if not _WORTH_A_LOOK.search(text):
        return [], text
    lines = text.split("\n")
    slips = list(_merge_marks(lines))
    block: int | None = None  # the indent that a block of long text must exceed
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip(" ") or indent > block):
            continue
        block = None
        if line.lstrip(" \t　").startswith("#"):
            continue
        for rule in _RULES:
            found = rule(lines, index, known_keys)
            if found:
                column, code, message, hint, lines[index] = found
                slips.append(Slip(index + 1, column, code, message, hint))
        if _BLOCK.search(lines[index]):
            block = _key_column(lines[index]) if ":" in lines[index] else indent
    return slips, "\n".join(lines)


def _key_column(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


# Column, code, message, hint, the line as it was probably meant.
_Found = tuple[int, str, str, str, str]


def _merge_marks(lines: list[str]) -> Iterator[Slip]:
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


def _indent(lines: list[str], index: int, _keys: Collection[str]) -> _Found | None:
    line = lines[index]
    lead = re.match(r"[ \t　]*", line)
    if not lead or not line.strip() or not re.search(r"[\t　]", lead[0]):
        return None
    column = min(i for i, c in enumerate(lead[0]) if c in "\t　") + 1
    mended = " " * _meant(lead[0], lines[:index]) + line[lead.end() :]
    if "\t" in lead[0]:
        return (
            column,
            "tab-indent",
            "字下げにタブが使われています。",
            "タブを消し、半角の空白で上の行とそろえてください。",
            mended,
        )
    return (
        column,
        "fullwidth-indent",
        "字下げに全角の空白が使われています。",
        "全角の空白を消し、半角の空白で上の行とそろえてください。",
        mended,
    )


def _meant(lead: str, above: list[str]) -> int:
    """How many blanks were probably meant: as many as above, where one of the usual widths fits."""
    before = next((line for line in reversed(above) if line.strip()), "")
    fitting = (_key_column(before), len(before) - len(before.lstrip(" ")))
    widths = [
        len(lead.replace("\t", " " * tab).replace("　", " " * wide))
        for tab, wide in ((2, 2), (4, 1), (8, 1))
    ]
    return next((width for width in fitting if width in widths), widths[0])


def _dash(lines: list[str], index: int, _keys: Collection[str]) -> _Found | None:
    line = lines[index]
    match = re.match(r"( *)(?:[－―‐ー・][ 　]*|-　|-(?=[^\s\d-]))(?=\S)", line)
    if not match or not line[match.end(1) :].strip():
        return None
    mark = match[0].strip(" 　")
    return (
        match.end(1) + 1,
        "list-mark",
        f"箇条書きの印が「{mark}」になっています。"
        if mark != "-"
        else "箇条書きの「-」のあとに半角の空白がありません。",
        "半角の「-」と半角の空白一つで始めてください。",
        f"{match[1]}- {line[match.end() :]}",
    )


def _colon(lines: list[str], index: int, keys: Collection[str]) -> _Found | None:
    match = _KEY.match(lines[index])
    if not match:
        return None
    rest = match["rest"]
    # What stands at the left edge, or before the bar of a block, can only be a key.
    sure = rest[0] == "：" and (not match["lead"] or re.fullmatch(r"：[ 　]*[|>]?", rest))
    if not sure and match["key"] not in keys and not read_year(match["key"].rstrip("?？末")):
        return None
    if "-" in match["lead"] and not _goes_on(lines, index):
        return None  # an item of a list of texts, which may well hold such a colon
    column = match.start("rest") + 1
    mended = f"{match['lead']}{match['key']}: {rest[1:].strip(' 　	')}"
    if rest.startswith("："):
        return (
            column,
            "fullwidth-colon",
            f"「{match['key']}」のあとの「：」が全角です。",
            "半角の「:」に直し、そのあとに半角の空白を一つ入れてください。",
            mended,
        )
    if re.match(r": *[　\t]", rest) and rest.strip(":　\t "):
        return (
            column + 1,
            "fullwidth-space",
            f"「{match['key']}:」のあとの空白が全角かタブです。",
            "半角の空白一つに直してください。",
            mended,
        )
    if re.match(r":[^\s]", rest):
        return (
            column + 1,
            "colon-space",
            f"「{match['key']}:」のあとに空白がありません。",
            "「:」のあとに半角の空白を一つ入れてください。",
            mended,
        )
    return None


def _goes_on(lines: list[str], index: int) -> bool:
    """Whether the next line is a further key of the record that begins on this one."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return len(re.match(r"[ \t　]*", following)[0]) > 0 and bool(_KEY.match(following))  # type: ignore[index]  # always matches


def _swallowed(lines: list[str], index: int, _keys: Collection[str]) -> _Found | None:
    match = re.match(
        r"^(?P<kept>\s*(?:- +)*(?:[^\"'#]*?: +)?(?P<value>[^\s\"'#|>][^\"]*?)) #",
        lines[index],
    )
    if not match:
        return None
    return (
        match.end("kept") + 2,
        "swallowed-text",
        "「 #」から後ろは覚え書きとみなされ、サイトに載りません。",
        '載せるときは内容全体を " " で囲み、覚え書きのときは # から始まる別の行にしてください。',
        match["kept"],
    )


_RULES: tuple[Callable[[list[str], int, Collection[str]], _Found | None], ...] = (
    _indent,
    _dash,
    _colon,
    _swallowed,
)
