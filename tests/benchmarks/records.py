"""Records of towns that do not exist, as many as are wanted: recombined from the real ones.

The same seed gives the same towns. Each town brings words of its own, so that the number of
words grows with the number of towns as it does in life.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dxsite.search.records import Field, Found

SEED = 7
MEASURES, KPIS, PAGES = 30, 30, 8
"""Records of a town; the five real plans have 26, 26 and 20."""
_KANJI = (
    "山川田野木林森石岩沢谷池海島浜津原岡坂里村町東西南北上下中大小高長新古本内外前後松竹梅杉桜"
    "藤菊花葉草米麦泉瀬崎宮寺城橋道門井水火土金月日星雲雪風雨光明清美和平安永富福吉喜寿千万百"
)
_KANA = "あいうえおかきくけこさしすせそたちつてとなにのはひふほまみむめもやゆよわ"
_KINDS = ("市", "市", "町", "町", "村")
_OFFICES = (
    "政策",
    "企画",
    "総務",
    "情報",
    "市民",
    "福祉",
    "子育て",
    "教育",
    "建設",
    "農林",
    "税務",
)
_UNITS = ("課", "課", "課", "室", "係", "推進課", "支援課", "振興課")


@dataclass(frozen=True, slots=True)
class Town:
    """One plan: its slug, its names, its records."""

    slug: str
    name: str
    reading: str
    prefecture: str
    records: tuple[Found, ...]


class Towns:
    """Makes towns out of the lines of real records."""

    def __init__(self, real: Iterable[Found], seed: int = SEED) -> None:
        self._seed = seed
        self._lines: defaultdict[tuple[str, Field], list[str]] = defaultdict(list)
        self._patterns: defaultdict[str, list[Found]] = defaultdict(list)
        for found in real:
            self._patterns[found.kind].append(found)
            for field, text in found.lines:
                self._lines[found.kind, field].append(text)

    def town(self, number: int, *, edited: bool = False) -> Town:
        """One town; `edited`: its first measure has a sentence more."""
        rng = random.Random(f"{self._seed} {number}")
        slug = f"town-{number:04}"
        name = "".join(rng.sample(_KANJI, 2)) + rng.choice(_KINDS)
        own = ["".join(rng.sample(_KANJI, rng.choice((2, 3, 4)))) for _ in range(12)]
        offices = [rng.choice(_OFFICES) + rng.choice(_UNITS) for _ in range(8)]
        kinds = ["measure"] * MEASURES + ["kpi"] * KPIS + ["page"] * PAGES
        records = [
            self._record(rng, kind, f"/{slug}/{at}/", slug, name, own, offices)
            for at, kind in enumerate(kinds)
        ]
        if edited:
            lines = (*records[0].lines, (Field.BODY, "一つの文を書き足した。"))
            records[0] = replace(records[0], lines=tuple(sorted(lines, key=_place)))
        return Town(slug, name, "".join(rng.choices(_KANA, k=4)), "", tuple(records))

    def _record(
        self,
        rng: random.Random,
        kind: str,
        url: str,
        slug: str,
        name: str,
        own: list[str],
        offices: list[str],
    ) -> Found:
        pattern = rng.choice(self._patterns[kind])
        lines: list[tuple[Field, str]] = []
        for field, _ in pattern.lines:
            text = rng.choice(self._lines[kind, field])
            if field is Field.PLACE:
                text = name
            elif field is Field.DEPARTMENT:
                text = rng.choice(offices)
            elif field is Field.BODY and rng.random() < 0.2:
                text = f"{rng.choice(own)}{text}"
            elif field is Field.TITLE and rng.random() < 0.3:
                text = f"{rng.choice(own)}の{text}"
            else:
                text = re.sub(r"[0-9]+", lambda m: str(rng.randrange(1, 10 ** len(m[0]))), text)
            lines.append((field, text))
        departments = tuple(dict.fromkeys(text for f, text in lines if f is Field.DEPARTMENT))
        return replace(pattern, url=url, plans=(slug,), departments=departments, lines=tuple(lines))

    def towns(self, count: int) -> Iterator[Town]:
        """The first `count` towns."""
        return map(self.town, range(count))


def _place(line: tuple[Field, str]) -> int:
    return list(Field).index(line[0])
