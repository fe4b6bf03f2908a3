"""What is changed in the program of the editing screen before it is published."""

import re
from collections.abc import Mapping

from dxsite.faults import Fault

_REPAIRS = {
    # A year is no place in a list: of `2021: 10` in a KPI it would make 2,022 items.
    r"isNaN\(n\)\|\|e\.indexOf\(`\.`\)!==-1\|\|t\.object\?e:n": (
        "isNaN(n)||n>999||e.indexOf(`.`)!==-1||t.object?e:n"
    ),
    # The years inside every item of a list are none of a key that is called `*`.
    r"else if\(t\?\.widget===`keyvalue`\)d\[e\]=\{\}": (
        "else if(t?.widget===`keyvalue`&&!e.includes(`*`))d[e]={}"
    ),
    # A value in parts (`値` with `表記` and `数`) is nothing to throw away, though its input is empty.
    r"(xI\(r,n\),r\[n\]=t\}else) return xI\(r,n\),!1\}": r"\1 return!0}",
    # What is empty of itself and has parts is not written over them.
    r"(t\.some\(e=>!Y0\.test\(e\)&&!_I\(r\[e\]\)\)\?)i\[e\]=s:": r"\1void 0:",
}
"""Faults of this version that lose content: pattern → what stands there instead."""


def changed(program: bytes, moved: Mapping[str, str]) -> bytes:
    """The program with its repairs, asking this site where it would ask others.

    A Fault where a place is not found exactly once, as may be after a change of the lock.
    """
    text = program.decode()
    for pattern, instead in {**moved, **_REPAIRS}.items():
        text, count = re.subn(pattern, instead, text)
        if count != 1:
            raise Fault(
                f"編集画面の部品の中に、書き換える場所（{pattern}）が{count}か所あります。",
                "これはプログラムの誤りです。開発者に知らせてください。",
            )
    return text.encode()
