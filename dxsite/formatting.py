"""Brings a content file into the house form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from dxsite import layout, writing
from dxsite.blocks import Block, Blocks
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Node, Scalar, Sequence
from dxsite.faults import Fault
from dxsite.model import TOP_RECORDS, Measure, Record
from dxsite.positions import Place, Text
from dxsite.sentences import reads_alike
from dxsite.shapes import Line, Prose, Shape
from dxsite.sources import Source

_STARTS_BLANK = re.compile(r"[ \t]*[\r\n]")
_TRAILING = re.compile(r"[ \t]$")
_SWITCHED_OFF = re.compile(r"# ?([^\s:#][^:]*):(?: |$)")


def format_source(source: Source, report: Report) -> bytes | None:
    """The file in the house form; None after a finding.

    1. Every value reads as before, prose letter for letter on its page, and no comment is lost;
       a Fault says that we have a bug where this would not hold.
    2. Formatting what is formatted changes nothing.
    """
    cls = held_by(source, report)
    faults = report.errors
    blocks = read_blocks(source, cls, report) if cls else None
    if cls is None or blocks is None:
        # A file that holds nothing but comments has no form.
        return source.data if cls and report.errors == faults else None
    after = Source(source.path, formatted(blocks).encode())
    if after.data == source.data:
        return after.data
    again = Report()
    changed = read_blocks(after, cls, again)
    if (
        changed is None
        or again.errors
        or not _reads_alike(blocks.root.node, changed.root.node, blocks.shape)
        or sorted(blocks.comments()) != sorted(changed.comments())
    ):
        raise Fault(
            f"「{source.path}」を整えると内容が変わってしまうため、書き換えませんでした。",
            "これはプログラムの誤りです。このファイルを添えて、開発者に知らせてください。",
        )
    return after.data


def formatted(blocks: Blocks) -> str:
    """The text of a file in the house form."""
    return "".join(f"{line}\n" for line in _lines(blocks, blocks.root, blocks.shape))


def held_by(source: Source, report: Report) -> type[Record] | None:
    """What the place of a file in the folder says that it holds."""
    path = PurePosixPath(source.path)
    if path.parent.name == "measures":
        return Measure
    if path.stem in TOP_RECORDS and TOP_RECORDS[path.stem] is not Measure:
        return TOP_RECORDS[path.stem]
    report.error(
        source.place,
        "stray-file",
        "このファイルは決まった置き場所にないため、何のファイルか分かりません。",
        "施策なら「content/自治体/measures/」、計画の説明なら"
        "「content/自治体/plan.yaml」に置いてください。",
    )
    return None


def _reads_alike(before: Node, after: Node, shape: Shape | None) -> bool:
    """Whether both say the same, but for the order of a record's keys."""
    match before, after:
        case Scalar(), Scalar():
            old, new = before.text, after.text
            if isinstance(shape, Prose):
                return reads_alike(old, new)
            return _as_line(old) == _as_line(new) if isinstance(shape, Line) else old == new
        case Sequence(), Sequence():
            inner = layout.part_of(shape, 0)
            return len(before.items) == len(after.items) and all(
                _reads_alike(*pair, inner) for pair in zip(before.items, after.items, strict=True)
            )
        case Mapping(), Mapping():
            names, others = ([str(key) for key, _ in node.entries] for node in (before, after))
            if layout.order_of(shape):
                names, others = sorted(names), sorted(others)
            values = {str(key): value for key, value in after.entries}
            return names == others and all(
                _reads_alike(value, values[key], layout.part_of(shape, key))
                for key, value in before.entries
            )
    return False


def _as_line(text: str) -> str:
    """A text as the reader of one line takes it."""
    return str(Line().read(Scalar(Text(text, Place(""))), Report()))


# ------------------------------------------------------------------ sections


@dataclass(frozen=True, slots=True)
class _Entry:
    """A block, or a comment that stands alone, as lines that begin at its section's edge."""

    lines: list[str]
    rank: int
    before: bool
    """Whether it wants a blank line before it."""
    after: bool
    """Whether it wants one after it."""


def _lines(blocks: Blocks, section: Block, shape: Shape | None) -> list[str]:
    """The blocks of a section in their order, with the comments between and after them."""
    spaced = layout.is_spaced(shape, top=section is blocks.root)
    entries = _entries(blocks, section, shape, keeps_gaps=spaced is None)
    if layout.order_of(shape):
        entries.sort(key=lambda entry: entry.rank)
    parted = [bool(spaced)] * len(entries)
    touches = not _STARTS_BLANK.match(blocks.text[section.close : section.tail])
    for paragraph in _paragraphs(blocks, section.close, section.tail):
        entries.append(_Entry(paragraph, 0, before=not touches, after=True))
        parted.append(False)
        touches = False
    lines: list[str] = []
    wanted = False
    for n, entry in enumerate(entries):
        if n and (wanted or entry.before or parted[n]):
            lines.append("")
        lines += entry.lines
        wanted = entry.after
    return lines


def _entries(
    blocks: Blocks, section: Block, shape: Shape | None, *, keeps_gaps: bool
) -> list[_Entry]:
    """What stands in a section as it was read.

    A comment that stands alone has the rank of what it follows, or of the key that it switches
    off; the first of the file stays first.
    """
    order = layout.order_of(shape)
    entries: list[_Entry] = []
    rank = -1
    for child in section.inner:
        for paragraph in _paragraphs(blocks, child.start, child.own):
            if entries or section is not blocks.root:
                rank = _switched_off(paragraph, order, rank)
            entries.append(_Entry(paragraph, rank, before=True, after=True))
        name = 0 if child.key is None else str(child.key)
        rank = order.index(name) if name in order else rank
        below = blocks.said(child.tail, child.end)
        lines = [
            *blocks.said(child.own, child.mark),
            *_block(blocks, child, layout.part_of(shape, name)),
            *below,
        ]
        gap = keeps_gaps and bool(_STARTS_BLANK.match(blocks.text[child.start : child.own]))
        entries.append(_Entry(lines, rank, before=gap, after=bool(below)))
    return entries


def _paragraphs(blocks: Blocks, start: int, end: int) -> Iterator[list[str]]:
    """Comments, cut at blank lines."""
    lines: list[str] = []
    for line in blocks.text[start:end].splitlines():
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _switched_off(paragraph: list[str], order: tuple[str, ...], otherwise: int) -> int:
    """The rank of the key that a comment switches off (`# 番号:`)."""
    names = (match[1] for line in paragraph if (match := _SWITCHED_OFF.match(line)))
    return next((order.index(name) for name in names if name in order), otherwise)


# ------------------------------------------------------------------ blocks


def _block(blocks: Blocks, block: Block, shape: Shape | None) -> list[str]:
    """A block without the comments around it; a comment that loses its line comes first."""
    mark = blocks.text[block.mark : block.value]
    if block.key is not None:
        mark = mark[:-1].rstrip(" \t") + ":"
    remark = blocks.remark(block)
    if not block.inner:
        lines = _leaf(blocks, block, mark, shape)
        if remark and len(lines) == 1:
            return [f"{lines[0]} {remark}"]
        return [remark, *lines] if remark else lines
    lines = _lines(blocks, block, shape)
    if block.key is not None:
        return [f"{mark} {remark}" if remark else mark, *writing.indented(lines)]
    hoisted = [remark] if remark else []
    while not lines[0] or lines[0].startswith("#"):
        line, *lines = lines
        hoisted += [line] if line else []
    return [*hoisted, f"- {lines[0]}", *writing.indented(lines[1:])]


def _leaf(blocks: Blocks, block: Block, mark: str, shape: Shape | None) -> list[str]:
    """A key or dash with its value, spelled as it was where that fits the house."""
    raw = blocks.text[slice(*block.leaf)]
    if not raw:
        return [mark]
    lines = raw.splitlines()
    try:
        if isinstance(block.node, Scalar):
            if isinstance(shape, Prose) or len(lines) > 1:
                return _text(block.node.text, lines, mark, shape, blocks.column(block))
        elif "#" not in raw and writing.plain(block.node):
            return writing.entry(mark, writing.plain(block.node), shape)
    except ValueError:
        pass  # a sign that only quotes can spell: it stays in them
    return [f"{mark} {lines[0]}", *writing.indented([line.strip(" \t") for line in lines[1:]])]


def _text(text: str, lines: list[str], mark: str, shape: Shape | None, column: int) -> list[str]:
    """Prose, or a text that was written on several lines."""
    below_bar = lines[0][0] in "|>"
    if isinstance(shape, Prose):
        if text.strip():
            return writing.entry(mark, text, shape)
        return [f"{mark} {'|' if below_bar else lines[0]}"]
    if isinstance(shape, Line):
        text = _as_line(text)
    if not text:
        return [mark]
    if "\n" not in text:
        return writing.entry(mark, text, quoted=not below_bar and lines[0][0] in "\"'")
    if below_bar and "+" not in lines[0].split()[0] and not any(map(_TRAILING.search, lines)):
        return _moved(lines, mark, column, ends=text.endswith("\n"))
    return writing.entry(mark, text, quoted=True)


def _moved(lines: list[str], mark: str, column: int, *, ends: bool) -> list[str]:
    """A text below a bar, moved to the indent of the house; `ends` if its last line does."""
    sign, *_ = lines[0].split()
    digit = re.search(r"[1-9]", sign)
    depths = (len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" "))
    depth = column + int(digit[0]) if digit else next(depths, 0)
    if digit:
        sign = sign.replace(digit[0], "2")
    if not ends and "-" not in sign:  # the file stopped short of a line break
        sign += "-"
    return [f"{mark} {sign}", *writing.indented([line[depth:] for line in lines[1:]])]
