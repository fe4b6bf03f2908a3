"""What a text may mean.

A shape reads a node into a value, or reports why it cannot and returns None. The same shape
describes itself to the JSON Schema (`schema`) and to the staff guide (`words`).
"""

import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any, Protocol

from dxsite import patterns
from dxsite.diagnostics import Report, did_you_mean
from dxsite.documents import Mapping, Node, Scalar, Sequence
from dxsite.fiscal import normal
from dxsite.misfits import (
    AS_IN_GUIDE,
    is_blank,
    report_dash,
    report_no_text,
    report_shape,
    shortened,
)
from dxsite.numerals import WHOLE, number_with_unit, to_number
from dxsite.passages import Passage
from dxsite.patterns import Schema, told
from dxsite.positions import Place, Text


class Shape(Protocol):
    """A kind of value."""

    @property
    def words(self) -> str:
        """What to write, for staff."""

    def read(self, node: Node, report: Report) -> Any:
        """The value, or None after a finding."""

    def schema(self) -> Schema:
        """The JSON Schema (2020-12) of what an editor may type."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text."""

    words: str = "一行の文字"

    def read(self, node: Node, report: Report) -> Text | None:
        if not isinstance(node, Scalar):
            report_no_text(node, self.words, report)
            return None
        report_dash(node, report)
        text = " ".join(node.text.split("\n")).strip(" 　\t")
        return Text(text, node.place)

    def schema(self) -> Schema:
        return {"type": ["string", "number"], "pattern": patterns.SOMETHING}


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of text in simple Markdown."""

    words: str = "文章（「|」のあとに改行し、字下げして書く。一文ごとに改行）"

    def read(self, node: Node, report: Report) -> Passage | None:
        if not isinstance(node, Scalar):
            report_no_text(node, self.words, report)
            return None
        report_dash(node, report)
        text = node.text.lstrip()
        first = node.block
        if first is not None and len(text) < len(node.text):
            above = node.text[: -len(text)].count("\n") if text else 0
            first = first._replace(line=first.line + above)
        return Passage.of(text.rstrip(), node.place, first)

    def schema(self) -> Schema:
        return {"type": ["string", "number"], "pattern": patterns.SOMETHING}


@dataclass(frozen=True, slots=True)
class Slug:
    """An ASCII name that becomes part of an address."""

    words: str = "半角の英小文字、数字、「-」の名前（ページのアドレスになる）"

    def read(self, node: Node, report: Report) -> Text | None:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        if not SLUG.fullmatch(node.text):
            report_id(node.place, f"「{shortened(node)}」", report, hint_of(node.text, _HINT))
            return None
        return node.text

    def schema(self) -> Schema:
        pattern = patterns.whole(_WORDS)
        return {"type": ["string", "integer"], "pattern": pattern, "minimum": 0}


_WORDS = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DEVICE = r"(?:aux|con|nul|prn|(?:com|lpt)[0-9])"
SLUG = re.compile(rf"(?!{_DEVICE}\Z)(?=.{{1,100}}\Z){_WORDS}")
"""What becomes a folder on every computer; Windows has devices of these names."""


def hint_of(name: str, usual: str) -> str:
    """The next step where a name cannot become part of an address."""
    if re.fullmatch(_WORDS, name):
        return "Windows が使う名前か、100字を超える名前です。別の短い名前に変えてください。"
    return usual


_HINT = "半角の英小文字と数字を「-」でつないで書いてください（例: online-forms）。"


def report_id(place: Place, name: str, report: Report, hint: str = _HINT) -> None:
    """Tell that a name, here already in quotes, cannot become part of an address."""
    message = f"{name}はアドレス（URL）になる名前として使えません。"
    report.error(place, "bad-id", message, hint)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; the value is the one that programs use."""

    options: MappingOf[str, Any]
    """Written word → value."""
    meanings: MappingOf[str, str] = field(default_factory=dict)
    """Written word → what it says, where the word alone does not."""

    @property
    def words(self) -> str:
        """The words to choose from."""
        return "、".join(f"「{word}」" for word in self.options) + "のどれか"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        if node.text in self.options:
            return self.options[node.text]
        report.error(
            node.place,
            "unknown-choice",
            f"「{shortened(node)}」は選べません。",
            did_you_mean(node.text, self.options, f"{self.words}を書いてください。"),
        )
        return None

    def schema(self) -> Schema:
        meanings = [self.meanings.get(word, "") for word in self.options]
        explained = {"enumDescriptions": meanings} if any(meanings) else {}
        return {"type": "string", "enum": list(self.options), **explained}


YES_NO = Choice({"はい": True, "いいえ": False})


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number; thousands commas and full-width digits are fine."""

    unit: str = ""
    dash: bool = False
    """Whether `－`, meaning "none printed", is a value; it is read as the text `－`."""

    @property
    def words(self) -> str:
        """What to write."""
        dash = "。何も計上されていない年は「－」" if self.dash else ""
        return f"数（単位は{self.unit}、数だけを書く{dash}）" if self.unit else f"数{dash}"

    def read(self, node: Node, report: Report) -> int | str | None:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        plain = normal(node.text)
        if self.dash and plain in DASHES:
            return DASH
        if re.fullmatch(WHOLE, plain):
            return int(to_number(plain))
        number, unit = number_with_unit(plain) or ("", "")
        report.error(
            node.place,
            "bad-number",
            f"「{shortened(node)}」を数として読めません。",
            f"単位を付けず、数だけを書いてください（例: {number}）。"
            if unit and ("円" not in self.unit or unit == self.unit)  # 円 are not 千円
            else f"{self.words}を書いてください。",
        )
        return None

    def schema(self) -> Schema:
        pattern = f"{patterns.WHOLE}|{patterns.DASH}" if self.dash else patterns.WHOLE
        bounds = {"minimum": 0, "maximum": 10**15 - 1}
        return {"type": ["integer", "string"], **bounds, "pattern": patterns.whole(pattern)}


DASH = "－"
DASHES = frozenset("－-−—–ー")


@dataclass(frozen=True, slots=True)
class Url:
    """An address of the public web."""

    words: str = "https:// で始まるアドレス（URL）"

    def read(self, node: Node, report: Report) -> Text | None:
        if isinstance(node, Scalar) and re.fullmatch(patterns.ADDRESS, node.text):
            return node.text
        report_shape(node, self.words, report)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": patterns.whole(patterns.ADDRESS)}


class Torn(tuple[Any, ...]):
    """A list of which some items could not be read; that has been told."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """Items of one shape, in order."""

    item: Shape
    least: int = 0
    most: int | None = None

    @property
    def words(self) -> str:
        """What each item is."""
        return f"箇条書き（一行ずつ「- 」で始める）。一つひとつは{self.item.words}"

    def read(self, node: Node, report: Report) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            words = "箇条書き（一行ずつ「- 」で始めたもの）"
            hint = "一つでも、行の初めに「- 」を付けてください。"
            report_shape(node, words, report, hint if isinstance(node, Scalar) else AS_IN_GUIDE)
            return None
        size = len(node.items)
        if size < self.least or (self.most is not None and size > self.most):
            bounds = f"{self.least}個以上" + (f"{self.most}個以下" if self.most else "")
            report.error(
                node.place,
                "wrong-count",
                f"{size}個書かれています。",
                f"{bounds}にしてください。",
            )
        for item in node.items:
            if is_blank(item):
                report.error(
                    item.place,
                    "empty-value",
                    "「-」のあとが空です。",
                    "内容を書くか、この行を消してください。",
                )
        values = (self.item.read(item, report) for item in node.items if not is_blank(item))
        read = tuple(value for value in values if value is not None)
        return read if len(read) == size else Torn(read)

    def schema(self) -> Schema:
        bounds = {"minItems": self.least} if self.least else {}
        if self.most is not None:
            bounds["maxItems"] = self.most
        items = told(self.item.schema(), self.item.words)
        return {"type": "array", "items": items, **bounds}


@dataclass(frozen=True, slots=True)
class Headed:
    """Headings with their prose, in order."""

    item: Shape = field(default_factory=Prose)
    words: str = "「見出し: |」のあとに文章"

    def read(self, node: Node, report: Report) -> tuple[tuple[Text, Text], ...] | None:
        if not isinstance(node, Mapping):
            report_shape(node, "「見出し: |」と文章の並び", report)
            return None
        pairs = ((key, self.item.read(child, report)) for key, child in node.entries)
        return tuple((key, text) for key, text in pairs if text)

    def schema(self) -> Schema:
        text = patterns.optional(self.item.schema(), self.item.words, "見出し")
        return {"type": "object", "additionalProperties": text}
