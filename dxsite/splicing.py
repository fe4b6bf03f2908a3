"""The text of a file with other lines in one place; every other byte stays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dxsite import writing
from dxsite.blocks import Block, Blocks
from dxsite.shapes import Shape
from dxsite.writing import Value

_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a section as text, without the indent of its first line."""

    gap: str
    comments: str
    body: str


def pieces_of(blocks: Blocks, section: Block) -> list[Piece]:
    """The entries of a section."""
    text = blocks.text
    return [
        Piece(
            text[child.start : child.own],
            text[child.own : max(child.own, blocks.line_start(child.mark))],
            text[child.mark : child.end],
        )
        for child in section.inner
    ]


def joined(blocks: Blocks, section: Block, pieces: Sequence[Piece]) -> str:
    """The file with these entries in a section; what stands beside a dash has no line above it."""
    first, last = section.inner[0], section.inner[-1]
    pad = " " * blocks.column(first)
    beside_dash = blocks.shares_line(section)
    parts: list[str] = []
    hoisted: list[str] = []
    for n, piece in enumerate(pieces):
        body = piece.body
        if not body.endswith(("\n", "\r")) and (n + 1 < len(pieces) or last.end < len(blocks.text)):
            body += newline(blocks)
        if beside_dash and not n:
            hoisted = [line.strip() for line in (piece.gap + piece.comments).splitlines()]
            parts.append(body)
        else:
            parts.append(f"{piece.gap}{piece.comments}{pad}{body}")
    before = _with_comments(blocks, first.start, [line for line in hoisted if line])
    return before + "".join(parts) + blocks.text[last.end :]


def with_piece(pieces: Sequence[Piece], index: int, body: str, gap: str) -> list[Piece]:
    """The entries with a new one before `index`; comments at the top of the section stay there."""
    after = list(pieces)
    if not index:
        after[0] = replace(after[0], gap=gap)
    elif index < len(after) and gap and not starts_blank(after[index].gap):
        after[index] = replace(after[index], gap=gap + after[index].gap)
    after.insert(index, Piece(gap if index else pieces[0].gap, "", body))
    return after


def without_piece(pieces: Sequence[Piece], index: int) -> list[Piece]:
    """The entries without one and its comments; comments that belong to nobody stay."""
    after = list(pieces)
    gone = after.pop(index)
    if index == len(after):
        kept = gone.gap if gone.gap.strip() else ""
        after[-1] = replace(after[-1], body=after[-1].body + kept)
    elif index and not gone.gap.strip():
        after[index] = replace(after[index], gap=after[index].gap or gone.gap)
    else:
        gap = after[index].gap
        blank = _BLANK_LINES.match(gap)
        after[index] = replace(after[index], gap=gone.gap + gap[blank.end() if blank else 0 :])
    return after


def starts_blank(stretch: str) -> bool:
    """Whether a stretch between entries begins with a blank line."""
    return _BLANK_LINES.match(stretch) is not None


def overwritten(
    blocks: Blocks, block: Block, value: Value, shape: Shape | None, *, quoted: bool
) -> str:
    """The file with another value behind the same key or dash; comments inside move above it."""
    mark = blocks.text[block.mark : block.value]
    lines = writing.entry(mark, value, shape, quoted=quoted)
    comments = list(blocks.comments(replace(block, close=block.tail)))
    remark = blocks.remark(block)
    if remark and len(lines) == 1 and isinstance(value, str):
        # Behind a text without quotes it would be taken for a part of the text.
        lines = [f"{writing.entry(mark, value, shape, quoted=True)[0]} {remark}"]
        comments = comments[1:]
    body = as_body(blocks, lines, blocks.column(block))
    if block.close == len(blocks.text) and not blocks.text.endswith(("\n", "\r")):
        body = body.rstrip("\r\n")
    return _with_comments(blocks, block.mark, comments) + body + blocks.text[block.close :]


def as_body(blocks: Blocks, lines: Sequence[str], column: int) -> str:
    """Lines as they stand behind an indent of `column` letters."""
    first, *others = (f"{line}{newline(blocks)}" for line in lines)
    return first + "".join(" " * column + line if line.strip("\r\n") else line for line in others)


def _with_comments(blocks: Blocks, offset: int, comments: Sequence[str]) -> str:
    """The text before an offset, with comments above the line on which it stands."""
    start = blocks.line_start(offset)
    before = blocks.text[start:offset]
    pad = before[: len(before) - len(before.lstrip(" "))]
    above = "".join(f"{pad}{comment}{newline(blocks)}" for comment in comments)
    return blocks.text[:start] + above + before


def newline(blocks: Blocks) -> str:
    """How the lines of the file end."""
    found = re.search(r"\r\n|\r|\n", blocks.text)
    return found[0] if found else "\n"
