"""What a YAML reader says, in the words of someone who has never heard of YAML."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from dxsite.diagnostics import Report
from dxsite.positions import Place


class _Saying(NamedTuple):
    """What libyaml says (a part of it), and what is told instead."""

    sign: str
    message: str
    hint: str
    at_beginning: bool = False
    """Whether the place is where the unreadable part begins; libyaml stops well behind it."""


_AROUND = '全体を " " で囲んでください。'
_SYNTAX = (
    _Saying(
        "mapping values are not allowed",
        "一行に「: 」が二つあるか、字下げがずれています。",
        '内容に「: 」を含むときは全体を " " で囲み、字下げは上の行とそろえてください。',
    ),
    _Saying(
        "could not find expected ':'",
        "「項目の名前: 内容」の形になっていません。",
        "新しい項目なら名前のあとに半角の「:」と半角の空白を入れ、"
        "上の行の続きなら半角の空白二つで字下げしてください。",
        at_beginning=True,
    ),
    _Saying(
        "block sequence entries are not allowed",
        "「- 」がここでは使えません。",
        f"箇条書きは行を改めて始め、文字として書くときは{_AROUND}",
    ),
    _Saying(
        "did not find expected comment or line break",
        "「|」や「>」と同じ行に文字があります。",
        f"「|」のあとで改行し、次の行から字下げして書いてください。文字としての記号なら{_AROUND}",
        at_beginning=True,
    ),
    _Saying(
        "alphabetic or numeric character",
        "「{letter}」で始まる内容を読み取れません。",
        _AROUND,
        at_beginning=True,
    ),
    _Saying("a tag", "「!」で始まる内容を読み取れません。", _AROUND, at_beginning=True),
    _Saying("cannot start any token", "「{letter}」で始まる内容を読み取れません。", _AROUND),
    _Saying(
        "escape character",
        "引用符の中の「\\」を読み取れません。",
        "「\\」をそのまま載せるときは、囲みの \" \" を ' ' に替えてください。",
    ),
    _Saying(
        "unexpected end of stream",
        "引用符や括弧が閉じられていません。",
        "始まりの引用符や括弧に合う終わりを書き足してください。",
        at_beginning=True,
    ),
    _Saying(
        "did not find expected ',' or",
        "「[」や「{{」で始まる書き方が閉じられていません。",
        "一項目を一行にして「- 」で始めるか、全体を引用符で囲んでください。",
        at_beginning=True,
    ),
)
_OTHERWISE = _Saying(
    "",
    "この行の書き方を読み取れません。",
    "字下げ（半角の空白）が前後の行とそろっているか、"
    "「- 」や「: 」の空白が抜けていないか確かめてください。",
)

NO_KEY = (
    "この行を項目の始まりとして読み取れません。",
    "項目なら行の左端から「名前: 内容」の形で書き、覚え書きなら行の初めに # を付けてください。",
)


def report_syntax(error: Exception, path: str, lines: Sequence[str], report: Report) -> None:
    """Tell of what the reader could not read; `lines` are those of the file."""
    problem = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    saying = next((saying for saying in _SYNTAX if saying.sign in problem), _OTHERWISE)
    mark = getattr(error, "problem_mark", None)
    begin = getattr(error, "context_mark", None)
    if begin is not None and saying.at_beginning and _letters(lines, begin) not in ("| ", "> "):
        mark = begin  # a bar and a blank are right; wrong is the text behind them
    if mark is None:
        report.error(Place(path), "syntax", saying.message, saying.hint)
        return
    message = saying.message.format(letter=_letters(lines, mark)[:1])
    report.error(place_of(path, mark), "syntax", message, saying.hint)


def _letters(lines: Sequence[str], mark: Any) -> str:
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 2]


def place_of(path: str, mark: Any) -> Place:
    """The place at which a mark of the reader stands; marks count from 0."""
    return _PLACE((path, mark.line + 1, mark.column + 1))


_PLACE: Callable[[tuple[str, int, int]], Place] = partial(tuple.__new__, Place)
"""Place(…) without asking which of its values were given."""
