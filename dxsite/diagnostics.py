"""One finding, its place, the next step."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from dxsite.positions import Place


class Severity(StrEnum):
    """How much a finding matters: an error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong at one place.

    `code` is kebab-case ASCII and never changes its meaning; `message` says what was read and
    what was expected; `hint` is the next step. Both are Japanese sentences.
    """

    place: Place
    severity: Severity
    code: str
    message: str
    hint: str


class Report:
    """Collects findings while a build reads on; each fault is kept once."""

    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}

    def add(self, finding: Finding) -> None:
        """Note a finding as it is."""
        self._findings[finding] = None

    def error(self, place: Place, code: str, message: str, hint: str) -> None:
        """Note a fault that must be mended before anything is published."""
        self.add(Finding(place, Severity.ERROR, code, message, hint))

    def warning(self, place: Place, code: str, message: str, hint: str) -> None:
        """Note something odd that may nevertheless be right."""
        self.add(Finding(place, Severity.WARNING, code, message, hint))

    def withdraw(self, path: str, code: str) -> bool:
        """Take back a file's warnings of one code; whether there were any."""
        told = [
            f
            for f in self._findings
            if f.place.path == path and f.code == code and f.severity is Severity.WARNING
        ]
        for finding in told:
            del self._findings[finding]
        return bool(told)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings by path, line and column."""
        return tuple(sorted(self._findings))

    @property
    def errors(self) -> int:
        """How many findings stop publishing."""
        return sum(f.severity is Severity.ERROR for f in self._findings)

    @property
    def warnings(self) -> int:
        """How many findings do not."""
        return len(self._findings) - self.errors


_NO_NAMES: Mapping[str, str] = {}


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The one candidate that `word` was probably meant to be, or None.

    The cutoff lies above 0.5 because Japanese keys are short: 名称 is half of 名前.
    """
    meant: dict[str, str] = {}
    for candidate in candidates:
        meant.setdefault(folded(candidate), candidate)
    plain = folded(word)
    if plain in meant:
        return meant[plain]
    found = get_close_matches(plain, list(meant), n=2, cutoff=0.55)
    return meant[found[0]] if found else None


def folded(word: str) -> str:
    """A word as people take it to be the same: ＫＰＩ = kpi, 費用（千円） = ■費用 = 費用."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return _ORNAMENT.sub("", plain) or plain


# A note in brackets holds a word; 1-(1) is something else.
_ORNAMENT = re.compile(r"(?<=.)\([^()]*[^\x00-\x7f()][^()]*\)$|[\s・■□◆◇●○◎▶「」『』【】\[\]]")


def quotable(word: str) -> str:
    """What was read, as long as a message can quote it."""
    plain = word.strip()
    return plain if len(plain) <= 20 else plain[:19] + "…"


def did_you_mean(
    word: str, candidates: Iterable[str], otherwise: str, *, names: Mapping[str, str] = _NO_NAMES
) -> str:
    """A hint that names the nearest candidate, or `otherwise`.

    `names` are other words for candidates: name → candidate.
    """
    guess = nearest(word, [*candidates, *names])
    guess = names.get(guess, guess) if guess else None
    return f"「{guess}」のことでしたら、そのように書き直してください。" if guess else otherwise
