"""Prose that remembers where each of its lines was written."""

from dxsite.positions import Place, Text


class Passage(Text):
    """A text of several lines; `first` is where line 0 begins, None where lines were joined."""

    __slots__ = ("first",)
    first: Place | None

    @classmethod
    def of(cls, text: str, place: Place, first: Place | None) -> "Passage":
        """`text`, whose lines lie one below the other from `first` on."""
        passage = cls(text, place)
        passage.first = first
        return passage

    def at(self, line: int) -> Place:
        """Where a line, counted from 0, was written."""
        if self.first is None:
            return self.place
        return self.first._replace(line=self.first.line + line)

    def __reduce__(self) -> tuple[object, ...]:
        return Passage.of, (str(self), self.place, self.first)
