"""What the search knows of words: spellings, synonyms, readings, names of municipalities."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.model import SearchWords
from dxsite.search.analysis import Noun, hiragana, spoken
from dxsite.search.shared import TermRow
from dxsite.search.words import WordRow, folded

_HUNDRED = 100
_KANJI = "\u3005-\u3007\u4e00-\u9fff"
_LOOKED_UP = re.compile(f"[{_KANJI}A-Za-z]")
_OKURIGANA = re.compile(f"^(?=(?:[^{_KANJI}]*[{_KANJI}]){{2}})(?=.*[ぁ-ゖ])[{_KANJI}ぁ-ゖ]+$")
_JAPANESE = re.compile(f"^(?![ぁ-ゖ]{{1,2}}$)[{_KANJI}ぁ-ゖァ-ヺー]{{2,}}$")
_KATAKANA = re.compile("^(?:ー*[ァ-ヺ]){3,}ー*$")
_UNSETTLED = re.compile("[ーァィゥェォヴヂヅ]")
_SPOKEN = re.compile("[ぁ-ゖー]+")
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


@dataclass(frozen=True, slots=True)
class Limits:
    """What keeps a lexicon small, however many plans there are."""

    plans: int = 3
    """A word stands in so many plans at least: others are found as they are typed."""
    words: int = 1000
    """So many words of each sort at most, the most frequent first."""
    readings: int = 400
    """So many readings a letter at most."""

    @classmethod
    def of(cls, plans: int) -> "Limits":
        """What suits so many plans: where they are not so many, every word counts."""
        return cls(plans=min(3, 1 + plans // _HUNDRED))


def lexicon_of(
    plans: Iterable[tuple[str, str, str, str]],
    rows: Iterable[WordRow],
    terms: Iterable[TermRow],
    asked: SearchWords,
    limits: Limits | None = None,
) -> Lexicon:
    """The lexicon of the words of all plans; without `limits`, of every one of them."""
    rows, terms = tuple(rows), tuple(terms)
    least, most = (limits.plans, limits.words) if limits else (1, None)
    standing: Counter[str] = Counter(w for row in rows for w in row.latin | row.signed)
    spread: Counter[Noun] = Counter(noun for row in rows for noun, _ in row.nouns)
    nouns: Counter[Noun] = Counter()
    for row in rows:
        for noun, count in row.nouns:
            if spread[noun] >= least:
                nouns[noun] += count
    common = {word for word, count in standing.items() if count >= least}
    latin = {word for row in rows for word in row.latin} & common
    signed = {word for row in rows for word in row.signed} & common
    present = frozenset(word for row in rows for word in row.present)
    return Lexicon(
        tuple(plans),
        (*_spellings(nouns, most), *(((word,), ()) for word in sorted(signed))),
        tuple(_present(_same(terms, asked, least), present))[:most],
        tuple(_related(asked, present)),
        tuple(sorted(sorted(latin, key=lambda word: (-standing[word], word))[:most])),
        _readings(nouns, terms, limits.readings if limits else None),
    )


def lexicon_files(lexicon: Lexicon, *, in_letters: bool = False) -> Iterator[Artifact]:
    """The lexicon as the browser loads it: one file at first, one per letter of readings.

    `in_letters`: the municipalities too lie in a file per letter, by name and by reading.
    """
    plans: defaultdict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for number, (slug, name, reading, _) in enumerate(lexicon.plans if in_letters else ()):
        for letter in {name[0], *reading[:1]}:
            plans[letter].append((number, slug, name, reading))
    first = {
        "plans": () if in_letters else lexicon.plans,
        "spellings": lexicon.spellings,
        "same": lexicon.same,
        "related": lexicon.related,
        "latin": lexicon.latin,
        "letters": "".join(lexicon.readings),
    }
    if in_letters:
        first["places"] = "".join(sorted(plans))
    yield Artifact(urls.file_of(urls.SEARCH_LEXICON), _packed(first))
    for letter, readings in lexicon.readings.items():
        yield Artifact(urls.file_of(urls.search_readings(letter)), _packed(readings))
    for letter, some in plans.items():
        yield Artifact(urls.file_of(urls.search_readings(letter, "plans")), _packed(some))


def _packed(value: object) -> bytes:
    """Compressed already: not every host does it, and Pagefind's files are so too."""
    return gzip.compress(as_json(value), mtime=0)


def as_json(value: object) -> bytes:
    """Without needless blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _spellings(nouns: Counter[Noun], most: int | None) -> Iterator[Words]:
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for noun, count in nouns.items():
        if not all(map(_JAPANESE.match, (noun.written, noun.usual))):
            continue
        if noun.written != noun.usual or _is_unsettled(noun.written):
            group = _skeleton(noun.usual)
            groups[group][noun.written] += count
            others[group].add(noun.usual)
    frequent = sorted(groups, key=lambda group: (-groups[group].total(), group))[:most]
    for group in sorted(frequent):
        words = groups[group]
        found = tuple(sorted(words, key=lambda w: (-words[w], w)))
        yield found, tuple(sorted(others[group] - set(found)))


def _is_unsettled(word: str) -> bool:
    return bool(_OKURIGANA.match(word) or (_KATAKANA.match(word) and _UNSETTLED.search(word)))


def _skeleton(word: str) -> str:
    """What is left of a word when everything that people spell differently is taken away."""
    if _KATAKANA.match(word):
        return word.translate(_LARGE)
    return re.sub("[ぁ-ゖ]", "", word) if _OKURIGANA.match(word) else word


def _same(rows: Iterable[TermRow], asked: SearchWords, least: int) -> Iterator[list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    plans: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        names[row.meaning] += row.names
        plans[row.meaning].add(row.plan)
    yield from (some for id_, some in names.items() if len(plans[id_]) >= least)
    yield from ([str(word) for word in group.words] for group in asked.synonyms)


def _related(asked: SearchWords, present: frozenset[str]) -> Iterator[Words]:
    for group in asked.synonyms:
        targets = tuple(str(word) for word in group.related if folded(word) in present)
        if targets:
            yield targets, tuple(map(str, group.words))


def _united(groups: Iterable[list[str]]) -> list[list[str]]:
    """Groups that share a word as one group."""
    united: dict[str, list[str]] = {}
    for group in groups:
        words = dict.fromkeys(group)
        for word in group:
            words |= dict.fromkeys(united.get(folded(word), ()))
        whole = list(words)
        united |= {folded(word): whole for word in whole}
    return list({id(group): group for group in united.values()}.values())


def _present(groups: Iterable[list[str]], present: frozenset[str]) -> Iterator[Words]:
    for words in _united(groups):
        found = tuple(word for word in words if folded(word) in present)
        if found and len(words) > 1:
            yield found, tuple(word for word in words if word not in found)


def _readings(
    nouns: Counter[Noun], terms: Iterable[TermRow], most: int | None
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for noun, count in nouns.items():
        if noun.reading and _LOOKED_UP.search(noun.written):
            found[spoken(noun.reading)][noun.written] += count
    for row in terms:
        if row.reading and _SPOKEN.fullmatch(hiragana(row.reading)):
            found[spoken(hiragana(row.reading))][row.title] += 1
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for reading in found:
        letters[reading[0]].append(reading)
    for letter, readings in letters.items():
        frequent = sorted(readings, key=lambda r: (-found[r].total(), r))[:most]
        letters[letter] = sorted(frequent)
    return {
        letter: {r: tuple(sorted(found[r], key=lambda w: (-found[r][w], w))) for r in readings}
        for letter, readings in sorted(letters.items())
    }
