"""How wide letters are, before anybody draws them.

The reader's own font is unknown. Estimates are on the wide side: what fits by them fits.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WIDTHS = {
    **dict.fromkeys("!',.:;|ijlI ", 0.36),
    **dict.fromkeys("()[]-/frt", 0.46),
    **dict.fromkeys("%@&WMmw", 0.98),
}
_CAPITAL, _OTHER = 0.74, 0.61
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〉》〕］｝ーっゃゅょッャュョぁぃぅぇぉァィゥェォ々％%),."
)
_NEVER_LAST = frozenset("（「『【〈《〔［｛(")


def width_of(text: str, size: float) -> float:
    """About how wide a line is; a Japanese letter is as wide as high."""
    return size * sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER)


def wrapped(text: str, room: float, size: float) -> tuple[str, ...]:
    """The text in lines no wider than `room`.

    Short notes in brackets, then numbers and Latin words stay whole where they fit into a line.
    """
    lines: list[str] = []
    line = ""
    width = 0.0  # of the line, in letters
    for piece in _fitting(text, room, size):
        longer = sum(map(_width, piece), width)
        if line and size * longer > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
            width = sum(map(_width, line))
        else:
            line += piece
            width = longer
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


@lru_cache(maxsize=4096)  # what stands in one chart stands in most of its plan's
def balanced(text: str, room: float, size: float) -> tuple[str, ...]:
    """Wrapped into as few lines, of about the same length: no letter stands alone at the end."""
    lines = wrapped(text, room, size)
    least = width_of(text, size) / max(len(lines), 1)
    while len(lines) > 1 and room > least:
        room -= size / 2
        closer = wrapped(text, room, size)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


_NOTE = re.compile(r"(（[^（）]{1,8}）)")


def _fitting(text: str, room: float, size: float) -> Iterator[str]:
    """Pieces as large as they may be."""
    for piece in _pieces(text, notes=True):
        if width_of(piece, size) <= room:
            yield piece
            continue
        for part in _pieces(piece, notes=False):
            yield from [part] if width_of(part, size) <= room else part


def _pieces(text: str, *, notes: bool) -> list[str]:
    """Stretches between which a line may end; with `notes` a short note in brackets is one."""
    pieces: list[str] = []
    whole = {
        n for note in _NOTE.finditer(text) for n in range(note.start() + 1, note.end()) if notes
    }
    for n, letter in enumerate(text):
        if pieces and (
            n in whole
            or letter in _NEVER_FIRST
            or pieces[-1][-1] in _NEVER_LAST
            or (_is_latin(letter) and _is_latin(pieces[-1][-1]))
        ):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return letter != " " and unicodedata.east_asian_width(letter) not in "WFA"
