"""A content file as blocks of lines: each key or item with its comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dxsite.documents import Node
from dxsite.model.records import RecordOf
from dxsite.positions import Text

_REST_OF_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Block:
    """One key or item and all that belongs to it, as offsets into the text of the file.

    start ≤ own ≤ mark < value ≤ close ≤ tail ≤ end. What begins there:

    1. `start`: blank lines and comments that belong to no block;
    2. `own`: the comments right above the block;
    3. `mark`: its key or dash;
    4. `value`: its content;
    5. `close`: comments at the end of its section, indented like the blocks inside;
    6. `tail`: comments that touch it from below, and nothing that follows.
    """

    key: Text | None
    """None for an item of a list."""
    node: Node
    start: int
    own: int
    mark: int
    value: int
    leaf: tuple[int, int]
    """Where its content stands if there are no blocks inside; empty where it has none."""
    inner: "tuple[Block, ...]"
    close: int
    tail: int
    end: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A whole file; `str` gives it as it was read, byte order mark and line ends included."""

    path: str
    text: str
    bom: str
    shape: RecordOf
    """What the file holds."""
    root: Block

    def __str__(self) -> str:
        return self.bom + self.text

    def find(self, path: tuple[str | int, ...]) -> Block | None:
        """The block under keys and indices; None where there is none."""
        block = self.root
        for step in path:
            if isinstance(step, int):
                items = [child for child in block.inner if child.key is None]
                found = items[step] if -len(items) <= step < len(items) else None
            else:
                found = next((child for child in block.inner if child.key == step), None)
            if found is None:
                return None
            block = found
        return block

    def line_start(self, offset: int) -> int:
        """Where its line begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def column(self, block: Block) -> int:
        """How many letters stand before its mark on the line; -1 for the root."""
        return -1 if block is self.root else block.mark - self.line_start(block.mark)

    def shares_line(self, block: Block) -> bool:
        """Whether the first block inside begins on the line of this one's dash."""
        return block is not self.root and (
            bool(block.inner) and self.line_start(block.inner[0].mark) <= block.mark
        )

    def remark(self, block: Block) -> str:
        """The comment that ends the line of its key, dash or value; or nothing."""
        if self.shares_line(block):
            return ""
        raw = self.text[slice(*block.leaf)]
        if raw[:1] in ("|", ">"):
            return "".join(re.findall(r"#.*", raw.splitlines()[0])).strip()
        rest = _REST_OF_LINE.match(self.text, block.value if block.inner else block.leaf[1])
        return rest[0].strip() if rest else ""

    def comments(self, block: Block | None = None) -> Iterator[str]:
        """Every comment inside a block, or in the file, without the blanks around it."""
        block = block or self.root
        if block is not self.root and (remark := self.remark(block)):
            yield remark
        for child in block.inner:
            yield from self.said(child.start, child.mark)
            yield from self.comments(child)
            yield from self.said(child.tail, child.end)
        yield from self.said(block.close, block.tail)

    def said(self, start: int, end: int) -> list[str]:
        """The lines of a stretch without the blanks around them, and without blank lines."""
        lines = (line.strip() for line in self.text[start:end].splitlines())
        return [line for line in lines if line]
