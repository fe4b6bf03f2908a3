"""Cuts a content file into blocks."""

import re
from bisect import bisect_right
from dataclasses import replace

from dxsite import documents
from dxsite.blocks import Block, Blocks
from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Node, Scalar, parse_document
from dxsite.model import KNOWN_KEYS, Record
from dxsite.model.records import RecordOf
from dxsite.positions import Place, Text
from dxsite.sources import Source

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COLON = re.compile(r"[ \t]*:(?=[ \t\r\n])")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', re.DOTALL)
_PLAIN = re.compile(r"(?:[ \t]*(?!(?<=[ \t])#)[^ \t\r\n])*")
_FOR_EDITORS = re.compile(r"#\s*yaml-language-server:")
_IN_BRACKETS = re.compile(
    rf"(?<=\s)#[^\r\n]*|(?<=[\[{{,:\s])(?:{_QUOTED.pattern})|(?P<sign>[\[\]{{}}])", re.DOTALL
)


def read_blocks(source: Source, cls: type[Record], report: Report) -> Blocks | None:
    """The blocks of a file that holds a `cls`; None after a finding, or where it holds nothing."""
    faults = report.errors
    document = parse_document(source, KNOWN_KEYS, report)
    if report.errors > faults or document.root is None:
        return None
    text = source.data.decode()
    bom = text[: len(text) - len(text.lstrip("\ufeff"))]
    cutter = _Cutter(text.lstrip("\ufeff"))
    if not isinstance(document.root, Mapping) or cutter.is_in_brackets(document.root):
        report.error(
            document.root.place,
            "wrong-shape",
            "「項目の名前: 内容」の並びが必要なところに、ほかの書き方があります。",
            "行の左端から「名前: 内容」の形で書いてください。",
        )
        return None
    try:
        return Blocks(source.path, cutter.text, bom, RecordOf(cls), cutter.root(document.root))
    except _OddKey as odd:
        report.error(
            odd.place,
            "syntax",
            "この項目は、名前と「:」が一行に並んでいないため、整えられません。",
            "「名前: 内容」の形に書き直してください。",
        )
        return None


class _OddKey(Exception):
    """A key that does not stand before its colon on one line."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class _Cutter:
    """Cuts a text that was read without a fault, along the places of its nodes.

    First each block gets its content; then the lines between are given to whom they belong.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.ended = f"{text}\n"
        self.lines: list[str] = _LINE.findall(text)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def root(self, node: Mapping) -> Block:
        """The whole text as a block without a mark."""
        inner = self._keys(node)
        whole = len(self.text)
        raw = Block(None, node, 0, 0, 0, 0, (0, 0), inner, whole, whole, whole)
        inner = self._between(raw, 0, whole, 0, -1)
        return replace(raw, inner=inner, close=inner[-1].end if inner else 0)

    def is_in_brackets(self, node: Node) -> bool:
        """Whether a list or a mapping is written in brackets."""
        return not isinstance(node, Scalar) and self.text[self._offset(node.place)] in "[{"

    # ------------------------------------------------------------------ content

    def _keys(self, node: Mapping) -> tuple[Block, ...]:
        blocks = []
        for key, child in node.entries:
            mark = self._offset(key.place)
            start, end = self.starts[self._line(mark)], self._line_end(mark)
            quoted = _QUOTED.match(self.text, mark)
            find = _COLON.match if quoted else _COLON.search
            colon = find(self.ended, quoted.end() if quoted else mark, end + 1)
            if colon is None or self.text[start:mark].strip(" -"):
                raise _OddKey(key.place)
            blocks.append(self._block(key, child, mark, colon.end()))
        return tuple(blocks)

    def _items(self, node: documents.Sequence) -> tuple[Block, ...]:
        blocks: list[Block] = []
        mark = self._offset(node.place)
        for item in node.items:
            if blocks:
                line = self._line(blocks[-1].close)
                while self._is_blank(line) or self._is_comment(line):
                    line += 1
                mark = self.starts[line] + self._indent(line)
            blocks.append(self._block(None, item, mark, mark + 1))
        return tuple(blocks)

    def _block(self, key: Text | None, node: Node, mark: int, value: int) -> Block:
        """A block with its content; what stands around it is not its own yet."""
        inner: tuple[Block, ...] = ()
        leaf = (value, value)
        if isinstance(node, Mapping) and not self.is_in_brackets(node):
            inner = self._keys(node)
        elif isinstance(node, documents.Sequence) and not self.is_in_brackets(node):
            inner = self._items(node)
        else:
            leaf = self._leaf(node, value, mark - self.starts[self._line(mark)])
        close = inner[-1].close if inner else self._line_end(max(leaf[1], value) - 1)
        return Block(key, node, mark, mark, mark, value, leaf, inner, close, close, close)

    def _leaf(self, node: Node, value: int, column: int) -> tuple[int, int]:
        """Where a value without blocks begins and ends; its lines are indented beyond `column`."""
        start = self._offset(node.place)
        if start <= value:
            return value, value
        sign = self.text[start]
        if sign in "[{":
            return start, self._end_of_brackets(start)
        if quoted := _QUOTED.match(self.text, start):
            return start, quoted.end()
        if sign in "|>":
            return start, self._end_of_block(start, column)
        return start, self._end_of_plain(start, column)

    def _end_of_brackets(self, start: int) -> int:
        depth = 0
        for found in _IN_BRACKETS.finditer(self.text, start):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found["sign"] or "", 0)
            if not depth:
                return found.end()
        raise AssertionError("the reader found the bracket closed")

    def _end_of_plain(self, start: int, column: int) -> int:
        first = self._line(start)
        end = start + len(_PLAIN.match(self.text, start)[0])  # type: ignore[index]  # always matches
        for line in range(first + 1, len(self.lines)):
            at = self.starts[line]
            if self._is_blank(line):
                continue
            if self._indent(line) <= column or self._is_comment(line):
                break
            end = at + len(_PLAIN.match(self.text, at)[0])  # type: ignore[index]  # always matches
        return end

    def _end_of_block(self, start: int, column: int) -> int:
        """The end of a text that follows the bar at `start`."""
        first = self._line(start)
        head = self.text[start : self.starts[first + 1]].rstrip()
        end = start + len(head)
        sign = re.match(r"[|>](?=[+-]?([1-9]?))(?=\d?(\+?))", head)
        assert sign is not None
        below = range(first + 1, len(self.lines))
        deep = next((self._indent(line) for line in below if not self._is_blank(line)), 0)
        least = column + int(sign[1]) if sign[1] else max(column + 1, deep)
        for line in below:
            text = self.lines[line].rstrip("\r\n")
            if text.strip() and self._indent(line) < least:
                break
            if text.strip():
                end = self.starts[line] + len(text)
            elif sign[2]:  # blank lines at the end are kept
                end = self.starts[line + 1]
        return end

    # ------------------------------------------------------------------ what stands between

    def _between(
        self, raw: Block, start: int, limit: int, column: int, outer: int
    ) -> tuple[Block, ...]:
        """The blocks inside `raw` with the lines between them, from `start` and before `limit`.

        The last may only have comments that are indented beyond `outer`.
        """
        settled: list[Block] = []
        for block, following in zip(raw.inner, (*raw.inner[1:], None), strict=True):
            bound = self.starts[self._line(following.mark)] if following else limit
            beyond = column if following else outer
            own = self._own(start, block.mark)
            close = tail = block.close
            inner = block.inner
            if inner:
                beside = self._column(inner[0])
                behind = min(self._line_end(block.value), inner[0].mark)
                inner = self._between(block, behind, bound, beside, beyond)
                close = inner[-1].end
                least = max(beside, self._column(block) + 1, beyond + 1)
                tail = self._end_of_section(close, bound, least)
            end = self._end_below(tail, bound, column) if following else tail
            settled.append(
                Block(
                    *(block.key, block.node, start, own, block.mark, block.value, block.leaf),
                    *(inner, close, tail, end),
                )
            )
            start = end
        return tuple(settled)

    def _own(self, start: int, mark: int) -> int:
        """Where the comments right above a block begin; one for editors is the file's own."""
        line = self._line(mark)
        if start > self.starts[line]:
            return mark  # behind a dash
        while line and self.starts[line - 1] >= start and self._is_comment(line - 1):
            if _FOR_EDITORS.match(self.lines[line - 1]):
                break
            line -= 1
        return self.starts[line]

    def _end_of_section(self, close: int, limit: int, least: int) -> int:
        """The end of the comments at the end of a section, which are indented by `least`."""
        end = close
        for line in range(self._line(close), self._line(limit)):
            if self._is_comment(line) and self._indent(line) >= least:
                end = self.starts[line + 1]
            elif not self._is_blank(line):
                break
        return end

    def _end_below(self, tail: int, limit: int, column: int) -> int:
        """The end of the comments that touch a block above and nothing below."""
        line, last = self._line(tail), self._line(limit)
        while line < last and self._is_comment(line) and self._indent(line) >= column:
            line += 1
        return self.starts[line] if line < last and self._is_blank(line) else tail

    # ------------------------------------------------------------------ lines

    def _is_blank(self, line: int) -> bool:
        return not self.lines[line].strip()

    def _is_comment(self, line: int) -> bool:
        return self.lines[line].lstrip(" \t").startswith("#")

    def _indent(self, line: int) -> int:
        return len(self.lines[line]) - len(self.lines[line].lstrip(" "))

    def _column(self, block: Block) -> int:
        return block.mark - self.starts[self._line(block.mark)]

    def _offset(self, place: Place) -> int:
        return self.starts[place.line - 1] + place.column - 1

    def _line(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _line_end(self, offset: int) -> int:
        return self.starts[self._line(offset) + 1]
