"""Finds the terms of one plan, or of all, in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dxsite.model import Term


@dataclass(frozen=True, slots=True)
class Found:
    """One term at one place: `text[start:end]` is `id`."""

    start: int
    end: int
    id: str


ALL_PLANS = ""
"""Stands for a plan's slug where a page belongs to no single plan."""


class TermFinder:
    """One compiled expression over all spellings of a plan's terms, longest first.

    A Latin spelling counts only where no Latin letter or digit touches it: AI is not in AID.
    `explaining` keeps what the terms mean; the terms of all plans have no one meaning.
    """

    def __init__(self, terms: Iterable[Term], *, explaining: bool = True) -> None:
        ids: dict[str, str] = {}
        self.explanations: dict[str, str] = {}
        """Id → prose."""
        for term in terms:
            target = term.see or term.id
            if explaining and term.text:
                self.explanations[str(term.id)] = str(term.text)
            for spelling in (term.term, *term.aliases):
                ids.setdefault(str(spelling), str(target))
        self._set(ids)

    @classmethod
    def of_spellings(cls, ids: Mapping[str, str]) -> "TermFinder":
        """A finder that knows no more than spelling → term."""
        finder = cls(())
        finder._set(ids)
        return finder

    def _set(self, ids: Mapping[str, str]) -> None:
        self._ids = dict(ids)
        spellings = sorted(self._ids, key=lambda s: (-len(s), s))
        self._pattern = re.compile("|".join(map(_guarded, spellings))) if spellings else None

    def find(self, text: str) -> Iterator[Found]:
        """Every occurrence, left to right, none overlapping."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield Found(match.start(), match.end(), self._ids[match[0]])

    def ids_in(self, text: str) -> set[str]:
        """The terms that a text uses."""
        return {found.id for found in self.find(text)}


def _guarded(spelling: str) -> str:
    before = r"(?<![A-Za-z0-9])" if spelling[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if spelling[-1].isascii() else ""
    return before + re.escape(spelling) + after
