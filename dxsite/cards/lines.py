"""Breaks a text into lines as Japanese is set: kinsoku, whole words, phrases where possible."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

NEVER_FIRST = frozenset(
    "、。，．,.・：；:;！？!?）」』】〕〉》”’)]}"
    "ー～〜…‥％%℃゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
"""Signs that begin no line (行頭禁則)."""
NEVER_LAST = frozenset("（「『【〔〈《“‘([{￥¥＄$＃#")
"""Signs that end no line (行末禁則)."""
_CLOSING = frozenset("）」』】〕〉》")
_PAUSES = _CLOSING | frozenset("、。，・！？ 　")
_APART = 0.6
"""What a break inside a phrase costs, as the share of a line that may stay empty instead."""
_WORDS_APART = 0.25
"""What a break between kanji and katakana costs: オンライン｜申請."""
ELLIPSIS = "…"


def broken(text: str, width: float, advance: Callable[[str], float]) -> tuple[str, ...]:
    """As few lines as hold `text`, as even as phrases allow; `advance`: the width of a sign.

    1. A break stands where kinsoku allows one and no word is cut, unless one word fills a line.
    2. Every line fits; a blank at a break is left out.
    """
    text = text.strip()
    ends = [0.0]
    for sign in text:
        ends.append(ends[-1] + advance(sign))
    places = [i for i in range(1, len(text)) if _may_break(text, i)]
    if any(ends[b] - ends[a] > width for a, b in pairwise([0, *places, len(text)])):
        places = list(range(1, len(text)))
    breaks = _best(text, ends, places, width)
    return tuple(text[a:b].strip() for a, b in pairwise([0, *breaks, len(text)]) if b > a)


def clamped(
    lines: Sequence[str], most: int, width: float, advance: Callable[[str], float]
) -> tuple[str, ...]:
    """The first `most` lines; the last of them ends with … where something is left out."""
    if len(lines) <= most:
        return tuple(lines)
    last = "".join(lines[most - 1 :])
    while last and sum(map(advance, last + ELLIPSIS)) > width:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip("、。・　 ") + ELLIPSIS)


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before in NEVER_LAST or after in NEVER_FIRST:
        return False
    one, other = _script(before), _script(after)
    return one != other or one not in ("latin", "katakana")


def _cost(text: str, place: int) -> float:
    """How much a reader stumbles over a break."""
    before, after = text[place - 1], text[place]
    one, other = _script(before), _script(after)
    if before in _CLOSING and other == "hiragana":
        return _APART
    if before in _PAUSES or after in NEVER_LAST or after in " 　":
        return 0.0
    if one == "hiragana" and other != "hiragana" and before not in "おごぉ":
        return 0.0
    return _WORDS_APART if one != other and "hiragana" not in (one, other) else _APART


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if name.startswith("HIRAGANA"):
        return "hiragana"
    if "KATAKANA" in name:
        return "katakana"
    if name.startswith("CJK"):
        return "kanji"
    return "latin" if sign.isalnum() or sign in "./-+&'" else "sign"


def _best(text: str, ends: Sequence[float], places: Sequence[int], width: float) -> list[int]:
    """The breaks of the fewest lines; among these, the most even and least stumbling ones."""
    stops = [0, *places, len(text)]
    costs = [0.0, *(_cost(text, place) for place in places), 0.0]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    """At each stop: lines so far, what they cost, the stop before."""
    for to in range(1, len(stops)):
        ways = []
        for start in range(to - 1, -1, -1):
            room = width - (ends[stops[to]] - ends[stops[start]])
            if room < 0 and start < to - 1:
                break
            lines, cost, _ = best[start]
            ways.append((lines + 1, cost + costs[to] + (max(room, 0.0) / width) ** 2, start))
        best.append(min(ways))
    breaks = []
    at = len(stops) - 1
    while (at := best[at][2]) > 0:
        breaks.append(stops[at])
    return breaks[::-1]
