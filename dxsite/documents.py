"""A source into texts with places; the only door to yaml.

Values are composed, never constructed: `no`, `0123`, `1:30` and `2025-05-01` stay the texts
that were typed. A broken part of a file is reported and replaced by `Broken`; the rest is read.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from dxsite.decoding import decode
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.positions import Place, Text
from dxsite.slips import find_slips
from dxsite.sources import Source
from dxsite.syntax import NO_KEY, place_of, report_syntax

_DEEPEST = 16  # levels; a plan's structure needs eight
_SAYS_SOMETHING = re.compile(r"(?!---)\s*[^\s#]")
_TOP_KEY = re.compile(r"^[^\s#\-][^\n]*?:(?:\s|$)")
# Only such texts can hold aliases, tags or a nesting that is worth measuring first; what makes
# them stands where a value or a key may begin.
_SUSPICIOUS = re.compile(
    r"(?<![^\s\[{,:\"'])(?:[&*!]|\?[ \t\n])"
    rf"|(?:[\[{{][^\[{{]*){{{_DEEPEST}}}|(?:-[ \t]+){{3}}|^ {{40}}",
    re.MULTILINE,
)


class Scalar(NamedTuple):
    """One text."""

    text: Text
    block: Place | None = None
    """Where the first line begins, for a block (`|`): line n of the text is n lines below."""
    dash: Place | None = None
    """Where a line that continues the text begins as an item of a list would."""

    @property
    def place(self) -> Place:
        """Where the text begins."""
        return self.text.place


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items, in order."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in order; no key twice."""

    entries: "tuple[tuple[Text, Node], ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Broken:
    """A part that could not be read; its fault has been told, so nobody else blames it."""

    place: Place


Node = Scalar | Sequence | Mapping | Broken


@dataclass(frozen=True, slots=True)
class Document:
    """A source as a tree; `root` is None where the file holds nothing at all."""

    path: str
    root: Node | None

    @property
    def place(self) -> Place:
        """Where the file begins."""
        return Place(self.path)


class _Loader(getattr(yaml, "CLoader", yaml.Loader)):  # type: ignore[misc]  # no stub knows CLoader as a base
    """libyaml's parser with no implicit types: every plain scalar is a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - yaml's own protocol

    # Nobody asks for a tag, so none is looked up, once a node.
    def resolve(self, *_: object) -> str:
        return ""

    descend_resolver = ascend_resolver = resolve


def parse_document(source: Source, known_keys: Collection[str], report: Report) -> Document:
    """`source` as a tree of texts with places.

    `known_keys` are the words that stand before a colon anywhere in content files; they tell a
    full-width colon that is a slip from one that is prose.
    """
    if not yaml.__with_libyaml__:
        raise Fault(
            "PyYAML が libyaml なしで入っています。",
            ".venv フォルダーを消してから python3 build.py をもう一度実行してください。",
        )
    text = decode(source, report)
    if text is None:
        return Document(source.path, Broken(source.place))
    slips, text = find_slips(text, known_keys)
    for slip in slips:
        place = Place(source.path, slip.line, slip.column)
        report.error(place, slip.code, slip.message, slip.hint)
    if _SUSPICIOUS.search(text) and not _is_harmless(text, source.path, report):
        return Document(source.path, Broken(source.place))
    reader = _Reader(source.path, text.split("\n"), frozenset(s.line for s in slips), report)
    return Document(source.path, reader.read(text))


def _is_harmless(text: str, path: str, report: Report) -> bool:
    """Look at the events only, which cannot grow or recurse, before anything is composed."""
    depth = 0
    loader = _Loader(text)
    try:
        while True:
            event = loader.get_event()
            if event is None:
                return True
            place = place_of(path, event.start_mark)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                report.error(
                    place,
                    "alias",
                    "「&」や「*」で始まる書き方は使えません。",
                    '記号を文字として書くときは、全体を " " で囲んでください。',
                )
                return False
            if getattr(event, "tag", None):
                report.error(
                    place,
                    "tag",
                    "「!」で始まる書き方は使えません。",
                    '記号を文字として書くときは、全体を " " で囲んでください。',
                )
                return False
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                report.error(
                    place,
                    "too-deep",
                    f"字下げが{_DEEPEST}段を超えています。",
                    "字下げのずれや、括弧の閉じ忘れがないか確かめてください。",
                )
                return False
    except yaml.YAMLError:
        return True  # composing tells it better
    finally:
        loader.dispose()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns one text into nodes; `slipped` are the lines whose slips have been told."""

    path: str
    lines: list[str]
    slipped: frozenset[int]
    report: Report

    def read(self, text: str) -> Node | None:
        """The whole text, or what can be read of it; None where it holds nothing."""
        try:
            node = _compose_node(text)
        except yaml.YAMLError as error:
            chunks = list(_top_level_chunks(text))
            if len(chunks) < 2:
                if not self.slipped:
                    report_syntax(error, self.path, self.lines, self.report)
                return Broken(Place(self.path))
            return self._read_chunks(chunks, error)
        if node is None or (
            isinstance(node, yaml.ScalarNode) and not node.style and not node.value
        ):
            return None
        return self._convert(node)

    def _read_chunks(self, chunks: list[tuple[int, str]], fault: yaml.YAMLError) -> Mapping:
        """Read what can be read of a broken file, one top-level key at a time.

        `fault` is why the whole could not be read; a slip in the same chunk explains a fault.
        """
        entries: dict[Text, Node] = {}
        explained = bool(self.slipped)
        for start, chunk in chunks:
            slipped = any(line in self.slipped for line in _lines_of(start, chunk))
            if not slipped and not _TOP_KEY.match(chunk):
                self.report.error(Place(self.path, start + 1), "syntax", *NO_KEY)
                explained = True
            try:
                node = _compose_node("\n" * start + chunk)
            except yaml.YAMLError as error:
                if not slipped:
                    report_syntax(error, self.path, self.lines, self.report)
                explained = True
                key = Text(chunk.partition(":")[0].strip(), Place(self.path, start + 1))
                entries[key] = Broken(key.place)
                continue
            part = None if node is None else self._convert(node)
            for key, value in part.entries if isinstance(part, Mapping) else ():
                if key in entries:
                    _report_repeated(key, next(k for k in entries if k == key), self.report)
                entries.setdefault(key, value)
        if not explained:
            report_syntax(fault, self.path, self.lines, self.report)
        return Mapping(tuple(entries.items()), Place(self.path))

    def _convert(self, node: yaml.Node) -> Node:
        place = place_of(self.path, node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return self._convert_scalar(node, place)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple([self._convert(item) for item in node.value]), place)
        entries: dict[Text, Node] = {}
        for key_node, value_node in node.value:
            key = self._convert(key_node)
            if not isinstance(key, Scalar):
                self.report.error(
                    key.place,
                    "odd-key",
                    "項目の名前を読み取れません。",
                    "「名前: 内容」の形になっているか確かめてください。",
                )
                continue
            value = self._convert(value_node)
            if key.text in entries:
                _report_repeated(key.text, next(k for k in entries if k == key.text), self.report)
                continue
            entries[key.text] = value
        return Mapping(tuple(entries.items()), place)

    def _convert_scalar(self, node: yaml.ScalarNode, place: Place) -> Scalar:
        value = node.value
        if place.line == node.end_mark.line + 1:
            return Scalar(Text(value, place))
        below = range(place.line, min(node.end_mark.line + 1, len(self.lines)))
        if node.style == "|":
            line = next((self.lines[n] for n in below if self.lines[n].strip()), "")
            column = len(line) - len(line.lstrip(" ")) + 1
            return Scalar(Text(value, place), Place(self.path, place.line + 1, column))
        dashes = (n for n in below if not node.style and self.lines[n].lstrip(" ").startswith("- "))
        dash = next((Place(self.path, n + 1, self.lines[n].index("-") + 1) for n in dashes), None)
        return Scalar(Text(value, place), dash=dash)


def _lines_of(start: int, chunk: str) -> range:
    return range(start + 1, start + chunk.count("\n") + 1)


def _compose_node(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _top_level_chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text cut before each key at the left edge, with the number of lines before it.

    What stands before the first such key comes first.
    """
    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _TOP_KEY.match(line)]
    if not starts:
        return
    if head := [n for n in range(starts[0]) if _SAYS_SOMETHING.match(lines[n])]:
        starts.insert(0, head[0])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, "".join(lines[start:end])


def _report_repeated(key: Text, first: Text, report: Report) -> None:
    report.error(
        key.place,
        "repeated-key",
        f"「{key}」が二度書かれています（はじめは{first.place.line}行目）。",
        "どちらか一方を消すか、内容を一つにまとめてください。",
    )
