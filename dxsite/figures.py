"""A figure as a plan prints it: 1,500, 80以上, 150／800, ▲870, 約5, 0※1, or words."""

import re
import unicodedata
from dataclasses import dataclass

from dxsite import numerals, patterns
from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Node, Scalar
from dxsite.misfits import is_blank
from dxsite.numerals import MISGROUPED, NUMBER, to_number
from dxsite.patterns import Schema, told
from dxsite.positions import Place, Text
from dxsite.shapes import DASH, DASHES, Whole

Number = numerals.Number

_BEFORE = r"(?:[▲△]|約|およそ|年間約?|毎年|毎月|[1一][^\d]{1,3}[あ当]たり約?|\d+年ごとに|累計)?"
_AFTER = r"(?:以上|以下|以内|未満|超|程度|減|増|削減|短縮|縮減)?"
_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})(?P<number>{NUMBER})"
    rf"(?:(?P<slash>[／/])(?P<of>{NUMBER}))?(?P<after>{_AFTER})"
)
_MISGROUPED = re.compile(rf"{_BEFORE}{MISGROUPED}(?:[／/](?:{MISGROUPED}|{NUMBER}))?{_AFTER}")
_PLAIN_NUMBER: Schema = {
    "type": ["number", "string"],
    "minimum": 0,
    "exclusiveMaximum": 10**15,
    "pattern": patterns.whole(patterns.NUMBER),
}
_OPERATORS = {"以上": ">=", "以下": "<=", "以内": "<="}
_MARK = re.compile(r"(?<=\S)\s*※\s*(?P<number>\d{0,2})$")
_MARK_WORDS = "計画の注の印があれば「0※1」のように後に付ける"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a plan's figures.

    1. `number` is the positive magnitude, None where the plan has words only.
    2. `of` is the denominator of a printed fraction.
    3. `operator` is `>=` or `<=`, only where the plan prints 以上, 以下 or 以内.
    4. `before`, `number`, `slash` with `of`, `after` make up the print; a figure in words, or
       in a form of its own, keeps its print in `words`.
    5. `footnote` is the mark (`※1`) that leads to one of the measure's footnotes; it is no
       part of the print.
    """

    place: Place
    number: Number | None = None
    of: Number | None = None
    operator: str | None = None
    before: str = ""
    after: str = ""
    slash: str = ""
    words: str | None = None
    explicit: bool = False
    """Whether staff took the print and the number apart themselves (表記 and 数)."""
    footnote: str | None = None

    @property
    def is_dash(self) -> bool:
        """Whether the plan prints `－`: no figure for this year."""
        return self.words == DASH

    def text(self, unit: str | None) -> str:
        """The figure as printed, with its unit where the plan puts it: `80%以上`."""
        if self.words is not None or self.number is None:
            return self.words or ""
        of = f"{self.slash}{grouped(self.of)}{unit or ''}" if self.of is not None else ""
        return f"{self.before}{grouped(self.number)}{unit or ''}{of}{self.after}"


def grouped(number: Number) -> str:
    """1500 → 1,500; 72.5 → 72.5"""
    return f"{number:,}"


_PARTS: Schema = {
    "表記": {
        "title": "表記",
        "description": "計画に印刷されているとおりの書き方",
        "type": ["string", "number"],
        "pattern": patterns.SOMETHING,
        "examples": ["3年ごとに1回"],
    },
    "数": {
        "title": "数",
        "description": "単位や記号を付けない数",
        **_PLAIN_NUMBER,
        "examples": [1],
    },
    "母数": {
        "title": "母数",
        "description": "分数で印刷されているとき、その分母",
        **_PLAIN_NUMBER,
        "examples": [800],
    },
    "比較": {
        "title": "比較",
        "description": "計画が数に付けている言葉",
        "enum": list(_OPERATORS),
        "examples": ["以上"],
    },
}
PARTS = tuple(_PARTS)
"""The keys of a figure that staff took apart."""


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A figure without its unit, or words."""

    words: str = (
        "数だけ（1,500、80以上、150／800、▲870、約5。単位は「単位」に書く）か、言葉。"
        f"変わった書き方は「表記」「数」に分けて書く。{_MARK_WORDS}"
    )

    def read(self, node: Node, report: Report) -> Figure | None:
        if isinstance(node, Mapping):
            return _read_parts(node, report)
        if not isinstance(node, Scalar):
            report.error(
                node.place,
                "wrong-shape",
                "数が一つ書かれるところに、箇条書きがあります。",
                "数か言葉を一つだけ書いてください。",
            )
            return None
        if is_blank(node):
            _report_empty(node, "数か言葉", report)
            return None
        figure = read_figure(node.text)
        if figure.words is not None and _MISGROUPED.fullmatch(_folded(figure.words)):
            _report_number(figure.words, figure.place, report)
        return figure

    def schema(self) -> Schema:
        figure: Schema = {"type": ["string", "number"], "pattern": patterns.FIGURE}
        whole = {"required": ["表記"], "additionalProperties": False}
        parts = {"type": "object", "properties": _PARTS, **whole}
        return {"anyOf": [told(figure, self.words), parts]}


def read_figure(text: Text) -> Figure:
    """The figure that `text` writes; anything that is no figure is kept as words."""
    text, mark = without_mark(text)
    if text in DASHES:
        return Figure(text.place, words=DASH, footnote=mark)
    # Only signs and digits are folded: ／ and ▲ stay as printed.
    match = _FIGURE.fullmatch(_folded(text))
    if not match:
        return Figure(text.place, words=str(text), footnote=mark)
    return Figure(
        text.place,
        number=to_number(match["number"]),
        of=to_number(match["of"]) if match["of"] else None,
        operator=_OPERATORS.get(match["after"]),
        before=match["before"],
        after=match["after"],
        slash=match["slash"] or "",
        footnote=mark,
    )


def _folded(text: str) -> str:
    folded = (unicodedata.normalize("NFKC", c) if c not in "／△▲" else c for c in text)
    return "".join(folded).replace(" ", "")


def _report_empty(node: Node, words: str, report: Report) -> None:
    report.error(
        node.place,
        "empty-value",
        "値が空です。",
        f"{words}を書くか、計画に「－」とあれば「－」と書いてください。",
    )


def _report_number(text: str, place: Place, report: Report) -> None:
    report.error(
        place,
        "bad-number",
        f"「{text}」を数として読めません。",
        "数は、半角の「,」で三桁ごとに区切るか、区切らずに書いてください。",
    )


def without_mark(text: Text) -> tuple[Text, str | None]:
    """`0※4` as `0` and the mark `※4`; the mark is None where there is none."""
    plain = text.strip()
    match = _MARK.search(plain)
    if not match:
        return Text(plain, text.place), None
    number = unicodedata.normalize("NFKC", match["number"])
    return Text(plain[: match.start()], text.place), f"※{number}"


def _read_parts(node: Mapping, report: Report) -> Figure | None:
    parts = {str(key): child for key, child in node.entries}
    for key, _ in node.entries:
        if key not in PARTS:
            report.error(
                key.place,
                "unknown-key",
                f"「{key}」という項目はここでは使えません。",
                "使えるのは「表記」「数」「母数」「比較」です。",
            )
    text = parts.get("表記")
    if not isinstance(text, Scalar) or is_blank(text):
        report.error(
            node.place,
            "missing-key",
            "「表記」がありません。",
            "計画に印刷されているとおりの書き方を「表記:」に書いてください。",
        )
        return None
    print_, mark = without_mark(text.text)
    return Figure(
        text.place,
        number=_read_number(parts.get("数"), report),
        of=_read_number(parts.get("母数"), report),
        operator=_read_operator(parts.get("比較"), report),
        words=str(print_),
        explicit=True,
        footnote=mark,
    )


def _read_number(node: Node | None, report: Report) -> Number | None:
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(NUMBER, plain):
        return to_number(plain)
    report.error(
        node.place,
        "bad-number",
        f"「{text}」を数として読めません。",
        "単位や記号を付けず、数だけを書いてください。",
    )
    return None


def _read_operator(node: Node | None, report: Report) -> str | None:
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text in _OPERATORS:
        return _OPERATORS[node.text]
    report.error(
        node.place,
        "unknown-choice",
        f"比較は「{'」「'.join(_OPERATORS)}」のどれかです。",
        "計画に印刷されている言葉を書いてください。",
    )
    return None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of one year; `thousand_yen` is None where the plan prints `－`: nothing is planned."""

    thousand_yen: int | None
    footnote: str | None = None
    """The mark (`※1`) that leads to one of the measure's footnotes."""


@dataclass(frozen=True, slots=True)
class AmountShape:
    """An amount in thousand yen, `－`, either with the mark of a footnote."""

    @property
    def words(self) -> str:
        """What to write."""
        return f"{_AMOUNT.words}。{_MARK_WORDS}"

    def read(self, node: Node, report: Report) -> Amount | None:
        mark = None
        if is_blank(node):
            _report_empty(node, "千円単位の数", report)
            return None
        if isinstance(node, Scalar):
            text, mark = without_mark(node.text)
            node = Scalar(text)
        amount = _AMOUNT.read(node, report)
        if amount is None:
            return None
        return Amount(amount if isinstance(amount, int) else None, mark)

    def schema(self) -> Schema:
        amount = f"(?:{patterns.WHOLE}|{patterns.DASH}){patterns.MARK}"
        return {**_AMOUNT.schema(), "pattern": patterns.whole(amount)}


_AMOUNT = Whole("千円", dash=True)
