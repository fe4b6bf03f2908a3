"""What a running preview has made before, and need not make again."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """The last result of each pure step, with all that went into it.

    1. A step is one whose result depends on nothing but what it names as having gone in.
    2. A result is taken again only where all of that is equal; so remembering changes no byte.
    3. A round ends when everything was asked for; what it did not ask for is forgotten, so
       nothing grows with time. Where that never comes, a round ends all the same, and what was
       forgotten too early is only made again.
    4. Threads may share it; two that ask for the same step at once may both make it.

    A single build begins with an empty one, and every step is then simply done.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._asked: set[str] = set()

    def recall(self, step: str, went_in: object, make: Callable[[], T]) -> T:
        """What `make` gives; its earlier result where what went in is equal."""
        self._asked.add(step)
        kept = self._kept.get(step)
        if kept is not None and kept[0] == went_in:
            result: T = kept[1]
            return result
        result = make()
        self._kept[step] = (went_in, result)
        return result

    def knows(self, step: str, went_in: object) -> bool:
        """Whether `recall` would take an earlier result."""
        kept = self._kept.get(step)
        return kept is not None and bool(kept[0] == went_in)

    def end_round(self) -> None:
        """Forget what nobody asked for since the last round ended."""
        asked, self._asked = self._asked, set()
        for step in [step for step in tuple(self._kept) if step not in asked]:
            self._kept.pop(step, None)
