"""Where a thing was written."""

from typing import NamedTuple


class Place(NamedTuple):
    """A point in a file of the content folder.

    `path` is relative to the root and uses forward slashes; `line` and `column` count from 1,
    a column being one character, full-width ones included.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Text(str):
    """A string that remembers where it was written.

    It behaves as a plain `str` everywhere; only checks look at `place`.
    """

    __slots__ = ("place",)
    place: Place

    def __new__(cls, value: str, place: Place) -> "Text":
        text = super().__new__(cls, value)
        text.place = place
        return text

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override]  # str has (str,)
        return str(self), self.place
