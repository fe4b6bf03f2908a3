"""Prose with one sentence a line, without any change for the reader."""

import re
from itertools import pairwise

from dxsite import markup

_OPENING = frozenset("「『（(【〔［[〈《｛{＜")
_CLOSING = frozenset("」』）)】〕］]〉》｝}＞")
_GOES_ON = re.compile(r"[。！？](?=[^。！？※\s" + re.escape("".join(_CLOSING)) + "])")
# Lists, quotations, tables, headings, code: their lines mean something.
_NO_PARAGRAPH = re.compile(r"^(?:[ \t]|[-*+]\s|\d+[.)]\s|[>|#`~=])", re.MULTILINE)


def one_a_line(prose: str) -> str:
    """`prose` with a line break after each sentence of its paragraphs, and no blanks at line ends.

    Only where the page stays the same to the letter; lists, tables and the like stay as they are.
    """
    tidied = re.sub(r"[ \t]+$", "", prose, flags=re.MULTILINE)
    prose = (tidied if reads_alike(prose, tidied) else prose).strip()
    at = 0
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", prose):
        at = prose.index(paragraph, at)
        ends = [at + end for end in _ends(paragraph)]
        tried = _broken(prose, ends)
        if not reads_alike(prose, tried):  # one of them must not be, perhaps inside code
            ends = [end for end in ends if reads_alike(prose, _broken(prose, [end]))]
            tried = _broken(prose, ends)
        if reads_alike(prose, tried):
            prose = tried
            at += len(ends)
        at += len(paragraph)
    return prose


def reads_alike(prose: str, other: str) -> bool:
    """Whether both make the same page."""
    if prose.strip() == other.strip():
        return True
    return _RENDERED(prose.strip()) == _RENDERED(other.strip())


_RENDERED = markup.Prose(None, str)


def _broken(prose: str, ends: list[int]) -> str:
    bounds = [0, *ends, len(prose)]
    return "\n".join(prose[start:end] for start, end in pairwise(bounds))


def _ends(paragraph: str) -> list[int]:
    """Where a sentence ends on a line, outside brackets; a note's mark stays with its sentence."""
    ends = {found.end() for found in _GOES_ON.finditer(paragraph)}
    if not ends or _NO_PARAGRAPH.search(paragraph):
        return []
    depth = 0
    found: list[int] = []
    for at, sign in enumerate(paragraph):
        if at in ends and not depth:
            found.append(at)
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
    return found
