"""One line of a file, with as much around it as a rule has to know."""

from collections.abc import Collection
from dataclasses import dataclass

ALL_BLANKS = " \t\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
COLONS = ":：﹕∶"
"""The half-width colon, which is right, and those that are not."""

Found = tuple[int, str, str, str, str]
"""Column, code, message, hint, the line as it was probably meant."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; `line` and `column` count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside blocks of long text."""

    lines: list[str]
    index: int
    keys: Collection[str]
    """The words that stand before a colon anywhere in content files."""
    beside_keys: bool
    """Whether what stands above at the same column is a key: then this must be one too."""

    @property
    def text(self) -> str:
        """The line itself, as far as it is mended."""
        return self.lines[self.index]

    @property
    def following(self) -> str:
        """The next line that holds anything; "" at the end."""
        below = (line for line in self.lines[self.index + 1 :] if line.strip(ALL_BLANKS))
        return next(below, "")

    @property
    def goes_deeper(self) -> bool:
        """Whether the following line belongs to this one."""
        mine = len(self.text) - len(self.text.lstrip(" "))
        theirs = len(self.following) - len(self.following.lstrip(ALL_BLANKS))
        return theirs > mine or (theirs == mine and self.following[theirs:].startswith("- "))


def key_column(line: str) -> int:
    """Where the key of a line begins, behind blanks and dashes; counts from 0."""
    return len(line) - len(line.lstrip(" -"))
