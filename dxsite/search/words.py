"""The words of some records: small rows, of which a lexicon is made."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache

from dxsite.model import SearchWords
from dxsite.search.analysis import Analyser, Noun
from dxsite.search.records import Field, Found
from dxsite.tokens import keys_of

NAMING = frozenset({Field.TITLE, Field.DEPARTMENT, Field.HEADING, Field.SOURCE_WORDS})
"""Where the words stand that a plan is about; a fifth of its text."""

_SIGNED = re.compile(r"\b[A-Za-z]+(?:[-‐‑–−][A-Za-z]+)+\b")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_FIRST_JAPANESE = "\u3005"
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class WordRow:
    """The words of one plan, or of several."""

    nouns: tuple[tuple[Noun, int], ...]
    """Each with how often it stands."""
    signed: frozenset[str]
    """Latin words with a hyphen in them."""
    latin: frozenset[str]
    """Latin words of four letters and more, in lower case."""
    present: frozenset[str]
    """Those of the words that were asked for that stand in the text, folded."""


class Reader:
    """Reads the words of records; `asked` are words of which it says whether they stand there."""

    def __init__(self, words: SearchWords, asked: Iterable[str]) -> None:
        self._analyser = Analyser({str(r.word): str(r.reading) for r in words.readings})
        self._asked = {folded(word): _needed(word) for word in asked}
        # Names of offices and headings are the same in many plans.
        self._nouns = lru_cache(_REMEMBERED)(lambda text: tuple(self._analyser.nouns(text)))

    def row(
        self,
        records: Iterable[Found],
        *,
        keys: Container[str] | None = None,
        fields: frozenset[Field] = frozenset(Field),
        but: Iterable[str] = (),
    ) -> WordRow:
        """The words of records; nouns of certain fields only; none of the lines in `but`.

        `keys`: those of the records, where they are known.
        """
        records = tuple(records)
        # Each line once: what many records say needs no second look.
        lines = Counter(text for found in records for _, text in found.lines)
        naming = Counter(text for r in records for field, text in r.lines if field in fields)
        for line in but:
            lines.pop(line, None)
            naming.pop(line, None)
        nouns: Counter[Noun] = Counter()
        for text, count in naming.items():
            for noun in self._nouns(text):
                nouns[noun] += count
        whole = width("\n".join(lines))
        bare = folded(whole)
        if keys is None:
            keys = {key for some in keys_of(tuple(lines)) for key in some}
        return WordRow(
            tuple(nouns.items()),
            frozenset(_SIGNED.findall(whole)),
            frozenset(word.lower() for word in _LATIN.findall(whole)),
            frozenset(
                w
                for w, need in self._asked.items()
                if all(key in keys for key in need) and w in bare
            ),
        )


def written(row: WordRow) -> bytes:
    """A row as bytes, to be kept."""
    nouns = sorted((n.written, n.reading or "", n.usual, count) for n, count in row.nouns)
    others = [sorted(words) for words in (row.signed, row.latin, row.present)]
    return json.dumps([nouns, *others], ensure_ascii=False).encode()


def read(data: bytes) -> WordRow:
    """What `written` wrote."""
    nouns, *others = json.loads(data)
    counts = ((Noun(w, reading or None, usual), count) for w, reading, usual, count in nouns)
    signed, latin, present = map(frozenset, others)
    return WordRow(tuple(counts), signed, latin, present)


def asked_of(words: SearchWords) -> frozenset[str]:
    """The words of content/search.yaml."""
    return frozenset(str(w) for group in words.synonyms for w in (*group.words, *group.related))


def width(text: str) -> str:
    """Text in its usual width."""
    return unicodedata.normalize("NFKC", text)


def folded(text: str) -> str:
    """What two spellings of a word share."""
    return re.sub("[ ・]", "", width(text)).lower()


def _needed(word: str) -> frozenset[str]:
    """Keys without which a word does not stand in a text: it looks them up before it reads."""
    [keys] = keys_of([word])
    pairs = {key for key in keys if key[1:] and key[0] >= _FIRST_JAPANESE}
    return frozenset(pairs)
