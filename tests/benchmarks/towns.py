"""Synthetic municipalities in three sizes, as real `content/`: seeded, the same bytes every time.

    .venv/bin/python -m tests.benchmarks.projects M FOLDER

writes them, with the templates and assets of this repository, and for other generators of sites.
`dxsite check` takes them without errors. All words are invented (words/*.yaml): the names of
prefectures are real, those of municipalities are numbers, and their codes are none that exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from dxsite.checks.codes import check_digit
from tests.benchmarks.measures import Measure, Place, measures_of, topics_of
from tests.benchmarks.vocabulary import SENTENCES, TERMS, told

SEED = 20261121

PREFECTURES = (
    *(("北海道", 179), ("青森県", 40), ("岩手県", 33), ("宮城県", 35), ("秋田県", 25)),
    *(("山形県", 35), ("福島県", 59), ("茨城県", 44), ("栃木県", 25), ("群馬県", 35)),
    *(("埼玉県", 63), ("千葉県", 54), ("東京都", 62), ("神奈川県", 33), ("新潟県", 30)),
    *(("富山県", 15), ("石川県", 19), ("福井県", 17), ("山梨県", 27), ("長野県", 77)),
    *(("岐阜県", 42), ("静岡県", 35), ("愛知県", 54), ("三重県", 29), ("滋賀県", 19)),
    *(("京都府", 26), ("大阪府", 43), ("兵庫県", 41), ("奈良県", 39), ("和歌山県", 30)),
    *(("鳥取県", 19), ("島根県", 19), ("岡山県", 27), ("広島県", 23), ("山口県", 19)),
    *(("徳島県", 24), ("香川県", 17), ("愛媛県", 20), ("高知県", 34), ("福岡県", 60)),
    *(("佐賀県", 20), ("長崎県", 21), ("熊本県", 45), ("大分県", 18), ("宮崎県", 26)),
    *(("鹿児島県", 43), ("沖縄県", 41)),
)
"""In the order of JIS X 0401, with how many municipalities each has; itself makes one more."""

_KINDS = (("市", "し", 45), ("町", "ちょう", 43), ("村", "そん", 12))
_DIGITS = ("ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_UNUSED = 700
"""Codes of a prefecture that no municipality has begin here."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many plans of so many measures."""

    plans: int
    measures: int

    @property
    def total(self) -> int:
        """All measures."""
        return self.plans * self.measures


SIZES = {"S": Size(5, 27), "M": Size(100, 30), "L": Size(1788, 30)}
"""L is every local government of Japan."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a plan."""

    code: str
    title: str
    parent: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its plan; years are those of Reiwa."""

    slug: str
    name: str
    reading: str
    code: str
    prefecture: str
    title: str
    vision: str
    summary: str
    first: int
    last: int
    updated: str
    structure: tuple[Node, ...]
    chapters: tuple[tuple[str, str, str], ...]
    """Id, heading, text."""
    terms: tuple[str, ...]
    measures: tuple[Measure, ...]


def towns(size: Size) -> Iterator[Town]:
    """All towns of a size, one after the other."""
    for number in range(size.plans):
        yield town_of(number, size)


def town_of(number: int, size: Size) -> Town:
    """One of them; what it is depends on nothing else."""
    return _town(number, _places(size.plans)[number], size)


@cache
def _places(plans: int) -> list[tuple[int, int]]:
    """(prefecture, number within it) per plan: every prefecture where there are plans enough."""
    every = [
        (index, own)
        for index, (_, count) in enumerate(PREFECTURES)
        for own in range(count + 1)  # the prefecture itself first
    ]
    if plans < len(PREFECTURES):
        return [every[number * len(every) // plans] for number in range(plans)]
    first = [place for place in every if place[1] == 0]
    rest = [place for place in every if place[1] > 0]
    more = plans - len(first)
    return sorted([*first, *(rest[number * len(rest) // more] for number in range(more))])


def _town(number: int, place: tuple[int, int], size: Size) -> Town:
    random = _random(number, "plan")
    prefecture, own = place
    ending, reading, _ = random.choices(_KINDS, [weight for *_, weight in _KINDS])[0]
    if own == 0:
        ending, reading = "県", "けん"
    name = f"例示{ending}{number + 1:04}"
    five = f"{prefecture + 1:02}{_UNUSED + own:03}"
    first = random.randint(5, 8)
    last = first + random.randint(2, 5)
    structure = tuple(_structure(random))
    terms = tuple(sorted(random.sample(sorted(TERMS), random.randint(30, 40))))
    leaves = tuple(node.code for node in structure if node.parent)
    return Town(
        slug=_slug(number),
        name=name,
        reading=f"れいじ{reading}" + "".join(_DIGITS[int(d)] for d in f"{number + 1:04}"),
        code=f"{five}{check_digit(five)}",
        prefecture=PREFECTURES[prefecture][0],
        title=name + random.choice(SENTENCES["plan_titles"]),
        vision=random.choice(SENTENCES["visions"]),
        summary="\n".join(told(random, "plan_summary", 3)),
        first=first,
        last=last,
        updated=f"2026-{random.randint(4, 10):02}-{random.randint(1, 28):02}",
        structure=structure,
        chapters=tuple(_chapters(random)),
        terms=terms,
        measures=measures_of(random, _place(number, size, (first, last), leaves, frozenset(terms))),
    )


def _place(
    number: int, size: Size, years: tuple[int, int], leaves: tuple[str, ...], terms: frozenset[str]
) -> Place:
    neighbour = number + 1 if number + 1 < size.plans else number - 1
    return Place(
        slug=_slug(number),
        first=years[0],
        last=years[1],
        leaves=leaves,
        terms=terms,
        topics=_topics(number, size),
        neighbour=_slug(neighbour),
        neighbours_topics=frozenset(_topics(neighbour, size) if neighbour >= 0 else ()),
    )


def _random(number: int, what: str) -> Random:
    return Random(f"{SEED}/{number}/{what}")


def _topics(number: int, size: Size) -> list[str]:
    return topics_of(_random(number, "topics"), size.measures)


def _slug(number: int) -> str:
    return f"town-{number + 1:04}"


def _structure(random: Random) -> Iterator[Node]:
    for top, (title, parts) in enumerate(SENTENCES["structure"], start=1):
        yield Node(str(top), title, None, "\n".join(told(random, "structure_texts", 2)))
        for part, name in enumerate(parts, start=1):
            text = "\n".join(told(random, "structure_texts", 2))
            yield Node(f"{top}-({part})", name, str(top), text)


def _chapters(random: Random) -> Iterator[tuple[str, str, str]]:
    for id_, heading in SENTENCES["chapters"]:
        yield id_, heading, "\n".join(told(random, "chapter_texts", 4))
