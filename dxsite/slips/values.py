"""What stands behind a key or a dash: bars, quotes, brackets, signs, notes, pasted cells."""

import re

from dxsite.fiscal import read_year
from dxsite.signs import BLANKS, is_forbidden, name_of_blank
from dxsite.slips.line import Found, Line

_START = r"^(?P<lead> *(?:- +)*(?:[^\s\"'\[{#:|>&*!%@`\-][^:\"'#]*: +)?)"
_QUOTED = re.compile(
    _START + r"(?P<value>(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?P<after>.*))$"
)
_BRACKETED = re.compile(
    _START + r"(?P<value>(?P<bracketed>\[[^\[\]\"']*\]|\{[^{}\"']*\})(?P<after>.*))$"
)
_SIGN = re.compile(_START + r"(?P<value>(?P<sign>[\],}%@`]|\?(?=\s)).*)$")
_BAR = re.compile(rf"^(?P<head>.*(?:: +|- +))(?P<bar>[|>｜＞])(?P<blanks>[ {BLANKS}\t]*)$")
_HARMLESS = re.compile(r"\s*(?::|$)|\s+#")
_ESCAPES = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<one>.))"
)
_PLAIN_ESCAPES = frozenset('"\\/ nt')
_CONTROL_ESCAPES = frozenset("0abvferN_LP")
_AROUND = '全体を " " で囲んでください。'


def bar(line: Line) -> Found | None:
    """The bar of a block that is full-width, or followed by blanks that cannot be seen."""
    match = _BAR.match(line.text)
    if not match:
        return None
    mended = f"{match['head']}{'|' if match['bar'] in '|｜' else '>'}"
    if match["bar"] in "｜＞":
        return (
            match.start("bar") + 1,
            "syntax",
            f"「{match['bar']}」が全角です。",
            "半角の「|」に直し、文章は次の行から字下げして書いてください。",
            mended,
        )
    odd = match["blanks"].strip(" \t")
    if not odd:
        return None
    return (
        line.text.index(odd[0], match.start("blanks")) + 1,
        "fullwidth-space",
        f"「{match['bar']}」のあとに{name_of_blank(odd[0])}が残っています。",
        f"「{match['bar']}」のあとの空白を消してください。",
        mended,
    )


def quotes(line: Line) -> Found | None:
    """Text behind quotes or brackets that are already closed."""
    match = _QUOTED.match(line.text) or _BRACKETED.match(line.text)
    if not match or _HARMLESS.match(match["after"]):
        return None
    sign = match["value"][0]
    mended = match["lead"] + _quoted(match["value"])
    if sign in "[{":
        return (
            match.start("value") + 1,
            "syntax",
            f"「{sign}」で始まる内容は、閉じ括弧のあとに続きを書けません。",
            _AROUND,
            mended,
        )
    if re.match(r"\s*[,、，]", match["after"]):
        return (
            match.start("after") + 1,
            "syntax",
            "引用符で囲んだ言葉が、一行にいくつか並んでいます。",
            "一つずつ行を分け、それぞれ「- 」で始めてください。",
            match["lead"] + match["quoted"],
        )
    if match["after"].rstrip().endswith(sign):
        return (
            match.start("after") + 1,
            "syntax",
            f"引用符（{sign}）の中に、同じ引用符があります。",
            "中の引用符を「 」に替えるか、外側の引用符を"
            + ("' '" if sign == '"' else '" "')
            + " に替えてください。",
            mended,
        )
    return (
        match.start("value") + 1,
        "syntax",
        f"引用符（{sign}）で囲んだあとに、文が続いています。",
        "引用符を「 」に替えるか、内容全体を引用符で囲んでください。",
        mended,
    )


def escape(line: Line) -> Found | None:
    r"""A \ between quotes, which turns what follows into another sign or into none."""
    match = re.match(_START + r"(?P<value>\"(?:[^\"\\]|\\.)*)", line.text)
    if not match or "\\" not in match["value"]:
        return None
    start = match.start("value")
    mended = match["lead"] + match["value"].replace("\\", "\\\\") + line.text[match.end() :]
    for found in _ESCAPES.finditer(match["value"]):
        code = next((int(found[name], 16) for name in "xuU" if found[name]), None)
        if found["one"] in _PLAIN_ESCAPES if found["one"] else _is_plain(code):
            continue
        column = start + found.start() + 1
        if (code is not None and _is_letter(code)) or found["one"] in _CONTROL_ESCAPES:
            return (
                column,
                "control-character",
                f"引用符の中の「{found[0]}」は、目に見えない文字になります。",
                "「\\」から始まるこの書き方を消してください。",
                mended,
            )
        return (
            column,
            "syntax",
            f"引用符の中の「{found[0]}」を読み取れません。",
            "「\\」をそのまま載せるときは、囲みの \" \" を ' ' に替えてください。",
            mended,
        )
    return None


def _is_letter(code: int) -> bool:
    return code <= 0x10FFFF and not 0xD800 <= code < 0xE000


def _is_plain(code: int | None) -> bool:
    return code is not None and _is_letter(code) and not is_forbidden(chr(code))


def unquoted_sign(line: Line) -> Found | None:
    """A sign with which no text may begin."""
    match = _SIGN.match(line.text)
    if not match:
        return None
    sign = match["sign"]
    if not match["lead"].strip():  # nothing but a note, or a setting of other programs
        if sign != "%":
            return None
        return (
            match.start("value") + 1,
            "syntax",
            "「%」で始まる行を読み取れません。",
            "覚え書きなら行の初めに # を付け、不要なら消してください。",
            "",
        )
    return (
        match.start("value") + 1,
        "syntax",
        f"「{sign}」で始まる内容を読み取れません。",
        _AROUND,
        match["lead"] + _quoted(match["value"]),
    )


def pasted_cells(line: Line) -> Found | None:
    """A row of a spreadsheet: a tab where the colon should be."""
    match = re.match(
        r"^(?P<lead> *(?:- +)*)(?P<key>[^\s:：\"'#\-][^:：\t]*?) *\t+(?P<rest>.*)$", line.text
    )
    if not match or not (match["key"] in line.keys or read_year(match["key"].rstrip("?？末"))):
        return None
    return (
        match.start("key") + 1,
        "syntax",
        f"「{match['key']}」のあとがタブで区切られています。",
        "タブを消し、半角の「:」と半角の空白一つに直してください。",
        f"{match['lead']}{match['key']}: {match['rest'].strip()}",
    )


def swallowed(line: Line) -> Found | None:
    """What stands behind ` #`, which the reader takes for a note."""
    match = re.match(
        r"^(?P<kept>\s*(?:- +)*(?:[^\"'#]*?: +)?(?P<value>[^\s\"'#|>][^\"]*?))[ \t]#(?P<note>.*)",
        line.text,
    )
    if not match:
        return None
    # Where nothing at all is kept, the text was meant.
    nothing = re.search(r"(?:^ *(?:- +)*-|:)\s*$", match["kept"])
    meant = f" {_quoted(match['note'].strip())}" if nothing and not line.goes_deeper else ""
    return (
        match.end("kept") + 2,
        "swallowed-text",
        "「 #」から後ろは覚え書きとみなされ、サイトに載りません。",
        '載せるときは内容全体を " " で囲み、覚え書きのときは # から始まる別の行にしてください。',
        match["kept"] + meant,
    )


def _quoted(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"
