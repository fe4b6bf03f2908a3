"""Words of Japanese texts, their readings and usual spellings; the only door to sudachipy."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sudachipy import Dictionary, SplitMode

_NOUNS = {"名詞", "接頭辞", "接尾辞"}
_NOTHING = {"数詞", "助動詞語幹"}
_SPEAKABLE = re.compile("[ぁ-ゖァ-ヺー]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as written, in hiragana, and as a dictionary would write it.

    `reading` is None where it has signs that nobody speaks.
    """

    written: str
    reading: str | None
    usual: str


class Analyser:
    """Finds the nouns of texts; `readings` corrects the dictionary: written → hiragana."""

    def __init__(self, readings: dict[str, str]) -> None:
        self._tokenizer = Dictionary(dict="small").tokenizer(mode=SplitMode.C)
        self._readings = readings

    def nouns(self, text: str) -> Iterator[Noun]:
        """The nouns of a text in order, affixes included."""
        for morpheme in self._tokenizer.tokenize(unicodedata.normalize("NFKC", text)):
            kind, detail, *_ = morpheme.part_of_speech()
            if kind in _NOUNS and detail not in _NOTHING:
                written = morpheme.surface()
                spoken = self._readings.get(written) or hiragana(morpheme.reading_form())
                reading = spoken if _SPEAKABLE.fullmatch(spoken) else None
                yield Noun(written, reading, morpheme.normalized_form())


def hiragana(text: str) -> str:
    """Katakana as hiragana; the long mark stays."""
    return text.translate(_TO_HIRAGANA)


def spoken(reading: str) -> str:
    """A reading as it is looked up: without voicing, which compounds change (所: しょ, じょ)."""
    parts = unicodedata.normalize("NFD", reading)
    return "".join(c for c in parts if not unicodedata.combining(c))
