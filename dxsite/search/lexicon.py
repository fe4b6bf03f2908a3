"""What the search knows of words: spellings, synonyms, readings, names of municipalities."""

import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.search.analysis import Analyser, Noun, hiragana, spoken
from dxsite.search.records import Found

_KANJI = "\u3005-\u3007\u4e00-\u9fff"
_LOOKED_UP = re.compile(f"[{_KANJI}A-Za-z]")
_OKURIGANA = re.compile(f"^(?=(?:[^{_KANJI}]*[{_KANJI}]){{2}})(?=.*[ぁ-ゖ])[{_KANJI}ぁ-ゖ]+$")
_JAPANESE = re.compile(f"^(?![ぁ-ゖ]{{1,2}}$)[{_KANJI}ぁ-ゖァ-ヺー]{{2,}}$")
_KATAKANA = re.compile("^(?:ー*[ァ-ヺ]){3,}ー*$")
_UNSETTLED = re.compile("[ーァィゥェォヴヂヅ]")
_SPOKEN = re.compile("[ぁ-ゖー]+")
_SIGNED = re.compile(r"\b[A-Za-z]+(?:[-‐‑–−][A-Za-z]+)+\b")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_LARGE = str.maketrans("ァィゥェォヴヂヅ", "アイウエオブジズ", "ー")

Words = tuple[tuple[str, ...], tuple[str, ...]]
"""Words that the content has, and others that lead to them."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the search loads before it understands a query, and what it loads then.

    1. `plans`: slug, name, reading, prefecture.
    2. `spellings`, `same`: one word in several spellings; several words of one meaning.
    3. `related`: words, and what they also lead to.
    4. `latin`: words in Latin letters, to guess what was meant.
    5. `readings`: letter → reading without voicing → words, the most frequent first.
    """

    plans: tuple[tuple[str, str, str, str], ...]
    spellings: tuple[Words, ...]
    same: tuple[Words, ...]
    related: tuple[Words, ...]
    latin: tuple[str, ...]
    readings: dict[str, dict[str, tuple[str, ...]]]


def lexicon_of(catalog: Catalog, records: Iterable[Found]) -> Lexicon:
    """The lexicon of a catalogue and of the records that can be found."""
    analyser = Analyser({str(r.word): str(r.reading) for r in catalog.search_words.readings})
    # Each line once: what many records say needs no second look.
    lines = Counter(text for found in records for _, text in found.lines)
    for plan in catalog.plans:
        for term in plan.terms:
            lines.pop(str(term.reading), None)  # a reading is no other spelling
    whole = "\n".join(lines)
    nouns: Counter[Noun] = Counter()
    for text, count in lines.items():
        for noun in analyser.nouns(text):
            nouns[noun] += count
    return Lexicon(
        tuple(
            (p.slug, str(p.file.municipality), str(p.file.reading), str(p.file.prefecture))
            for p in catalog.plans
        ),
        tuple(_spellings(nouns, whole)),
        tuple(_present(_same(catalog), _folded(whole))),
        tuple(_related(catalog, _folded(whole))),
        tuple(sorted({word.lower() for word in _LATIN.findall(_width(whole))})),
        _readings(nouns, catalog),
    )


def lexicon_files(lexicon: Lexicon) -> Iterator[Artifact]:
    """The lexicon as the browser loads it: one file at first, one per letter of readings."""
    first = {
        "plans": lexicon.plans,
        "spellings": lexicon.spellings,
        "same": lexicon.same,
        "related": lexicon.related,
        "latin": lexicon.latin,
        "letters": "".join(lexicon.readings),
    }
    yield Artifact(urls.file_of(urls.SEARCH_LEXICON), _packed(first))
    for letter, readings in lexicon.readings.items():
        yield Artifact(urls.file_of(urls.search_readings(letter)), _packed(readings))


def _packed(value: object) -> bytes:
    """Compressed already: not every host does it, and Pagefind's files are so too."""
    return gzip.compress(as_json(value), mtime=0)


def as_json(value: object) -> bytes:
    """Without needless blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _spellings(nouns: Counter[Noun], text: str) -> Iterator[Words]:
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for noun, count in nouns.items():
        if not all(map(_JAPANESE.match, (noun.written, noun.usual))):
            continue
        if noun.written != noun.usual or _is_unsettled(noun.written):
            group = _skeleton(noun.usual)
            groups[group][noun.written] += count
            others[group].add(noun.usual)
    for group, words in sorted(groups.items()):
        found = tuple(sorted(words, key=lambda w: (-words[w], w)))
        yield found, tuple(sorted(others[group] - set(found)))
    for word in sorted(set(_SIGNED.findall(_width(text)))):
        yield (word,), ()


def _is_unsettled(word: str) -> bool:
    return bool(_OKURIGANA.match(word) or (_KATAKANA.match(word) and _UNSETTLED.search(word)))


def _skeleton(word: str) -> str:
    """What is left of a word when everything that people spell differently is taken away."""
    if _KATAKANA.match(word):
        return word.translate(_LARGE)
    return re.sub("[ぁ-ゖ]", "", word) if _OKURIGANA.match(word) else word


def _same(catalog: Catalog) -> Iterator[list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for plan in catalog.plans:
        for term in plan.terms:
            spelled = (term.term, term.long_form, *term.aliases)
            names[str(term.see or term.id)] += [str(word) for word in spelled if word]
    yield from names.values()
    yield from ([str(word) for word in group.words] for group in catalog.search_words.synonyms)


def _related(catalog: Catalog, whole: str) -> Iterator[Words]:
    for group in catalog.search_words.synonyms:
        targets = tuple(str(word) for word in group.related if _folded(word) in whole)
        if targets:
            yield targets, tuple(map(str, group.words))


def _united(groups: Iterable[list[str]]) -> list[list[str]]:
    """Groups that share a word as one group."""
    united: dict[str, list[str]] = {}
    for group in groups:
        words = dict.fromkeys(group)
        for word in group:
            words |= dict.fromkeys(united.get(_folded(word), ()))
        whole = list(words)
        united |= {_folded(word): whole for word in whole}
    return list({id(group): group for group in united.values()}.values())


def _present(groups: Iterable[list[str]], whole: str) -> Iterator[Words]:
    for words in _united(groups):
        found = tuple(word for word in words if _folded(word) in whole)
        if found and len(words) > 1:
            yield found, tuple(word for word in words if word not in found)


def _width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _folded(text: str) -> str:
    return re.sub("[ ・]", "", _width(text)).lower()


def _readings(nouns: Counter[Noun], catalog: Catalog) -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for noun, count in nouns.items():
        if noun.reading and _LOOKED_UP.search(noun.written):
            found[spoken(noun.reading)][noun.written] += count
    for plan in catalog.plans:
        for term in plan.terms:
            if term.reading and _SPOKEN.fullmatch(hiragana(term.reading)):
                found[spoken(hiragana(term.reading))][str(term.term)] += 1
    letters: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for reading, words in sorted(found.items()):
        ordered = sorted(words, key=lambda w: (-words[w], w))
        letters[reading[0]][reading] = tuple(ordered)
    return dict(letters)
