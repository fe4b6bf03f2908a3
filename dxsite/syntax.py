"""What a YAML reader says, in the words of someone who has never heard of YAML."""

from typing import Any

from dxsite.diagnostics import Report
from dxsite.positions import Place

_SYNTAX = (
    (
        "mapping values are not allowed",
        "一行に「: 」が二つあるか、字下げがずれています。",
        '内容に「: 」を含むときは全体を " " で囲み、字下げは上の行とそろえてください。',
    ),
    (
        "could not find expected ':'",
        "「項目の名前: 内容」の形になっていません。",
        "新しい項目なら名前のあとに半角の「:」と半角の空白を入れ、"
        "上の行の続きなら半角の空白二つで字下げしてください。",
    ),
    (
        "block sequence entries are not allowed",
        "「- 」がここでは使えません。",
        '箇条書きは行を改めて始め、文字として書くときは全体を " " で囲んでください。',
    ),
    (
        "did not find expected comment or line break",
        "「|」や「>」と同じ行に文字があります。",
        '「|」のあとで改行し、次の行から字下げして書いてください。文字としての記号なら全体を " " で囲んでください。',
    ),
    (
        "alphabetic or numeric character",
        "「&」や「*」で始まる内容を読み取れません。",
        '全体を " " で囲んでください。',
    ),
    (
        "a tag",
        "「!」で始まる内容を読み取れません。",
        '全体を " " で囲んでください。',
    ),
    (
        "cannot start any token",
        "記号から始まる内容を読み取れません。",
        '内容が % や @ や ` で始まるときは、全体を " " で囲んでください。',
    ),
    (
        "unexpected end of stream",
        "引用符や括弧が閉じられていません。",
        "始まりの引用符や括弧に合う終わりを書き足してください。",
    ),
    (
        "expected a single document",
        "「---」の行で文書が二つに分かれています。",
        "「---」の行を消してください。",
    ),
    (
        "did not find expected ',' or",
        "「[」や「{」で始まる書き方が閉じられていません。",
        "一項目を一行にして「- 」で始めるか、全体を引用符で囲んでください。",
    ),
)


NO_KEY = (
    "この行を項目の始まりとして読み取れません。",
    "項目なら行の左端から「名前: 内容」の形で書き、覚え書きなら行の初めに # を付けてください。",
)


def report_syntax(error: Exception, path: str, report: Report) -> None:
    """Tell of what the reader could not read."""
    problem = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    mark = getattr(error, "problem_mark", None)
    # For these libyaml stops well after the line that is wrong, and knows where that began.
    if "expected ':'" in problem or "end of stream" in problem or "',' or" in problem:
        mark = getattr(error, "context_mark", None) or mark
    message, hint = next(
        ((message, hint) for sign, message, hint in _SYNTAX if sign in problem),
        (
            "この行の書き方を読み取れません。",
            "字下げ（半角の空白）が前後の行とそろっているか、"
            "「- 」や「: 」の空白が抜けていないか確かめてください。",
        ),
    )
    place = place_of(path, mark) if mark is not None else Place(path)
    report.error(place, "syntax", message, hint)


def place_of(path: str, mark: Any) -> Place:
    """The place at which a mark of the reader stands; marks count from 0."""
    return Place(path, mark.line + 1, mark.column + 1)
