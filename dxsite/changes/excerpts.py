"""Shows what changed in a text, not the whole text."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dxsite.changes.change import Kind
from dxsite.changes.differences import Difference, Names, Said, Say
from dxsite.changes.pairing import FEASIBLE, likeness
from dxsite.changes.words import arrow, nothing, plain, quoted, shown, turned

_SHOWN = 2
"""Pieces of one text that are quoted; further ones are counted."""
_CONTEXT = 8
"""Letters around a changed word that are quoted with it."""
_QUOTE = 48
_SENTENCE = re.compile(r"[^。\n]*(?:。[」』）)]*|\n|$)")
_WORD = re.compile(
    r"[一-龯々〆]+|[ぁ-ん]+|[ァ-ヴー・]+|[A-Za-z]+|[\d０-９][\d０-９,.，．]*|.", re.DOTALL
)

Piece = tuple[str, str]
"""Words before and after; one of them may be empty."""


def prose(label: str) -> Say:
    """Tell a text by the words that changed in it."""

    def say(difference: Difference, _: Names) -> Said:
        before, after = difference.before, difference.after
        if nothing(before) or nothing(after) or not _texts(before, after):
            text = f"{label} {arrow(shown(before), shown(after))}"
            return Said(turned(before, after, Kind.REWORDED), text.strip())
        told = f"{label} {told_pieces(pieces(before, after))}".strip()
        return Said(Kind.REWORDED, told, f"{label}の書き換え" if label else "書き換え")

    return say


def sentences(label: str) -> Say:
    """Tell a list of sentences: which came, which went, what changed in the others."""

    def say(difference: Difference, _: Names) -> Said:
        before, after = difference.before or [], difference.after or []
        found = list(_between(before, after))
        if not found:
            return Said(Kind.REORDERED, f"{label}の並びを変更")
        reworded = any(old and new for old, new in found)
        kind = turned(before, after, Kind.REWORDED if reworded else Kind.CHANGED)
        return Said(kind, f"{label} {told_pieces(found)}", f"{label}の変更")

    return say


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def told_pieces(found: Sequence[Piece]) -> str:
    """The first pieces in words, and how many there are beside them."""
    if not found:
        return "改行や空白だけを変更"
    rest = len(found) - _SHOWN
    told = "、".join(_told(*piece) for piece in found[:_SHOWN])
    return f"{told}、ほか{rest}か所" if rest > 0 else told


def _told(before: str, after: str) -> str:
    if not before:
        return f"{quoted(after, _QUOTE)}を追加"
    if not after:
        return f"{quoted(before, _QUOTE)}を削除"
    return arrow(quoted(before, _QUOTE), quoted(after, _QUOTE))


def pieces(before: str, after: str) -> list[Piece]:
    """What changed between two texts, sentence by sentence; breaks of lines do not count."""
    old, new = ([s for s in map(plain, _SENTENCE.findall(text)) if s] for text in (before, after))
    if len(old) * len(new) > FEASIBLE:
        return [(before, after)]
    found: list[Piece] = []
    for tag, i, k, j, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            found += _between(old[i:k], new[j:m])
        elif tag != "equal":
            found.append(("".join(old[i:k]), "".join(new[j:m])))
    return found


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """What came, went or changed; sentences that share half their letters are the same one."""
    old_ones, new_ones = set(before), set(after)
    gone = [text for text in before if text not in new_ones]
    come = [text for text in after if text not in old_ones]
    scores = sorted(
        (-score, i, j)
        for i, old in enumerate(gone)
        for j, new in enumerate(come)
        if len(gone) * len(come) <= FEASIBLE and (score := likeness(old, new)) >= 0.5
    )
    partner: dict[int, int] = {}
    for _, i, j in scores:
        if i not in partner and j not in partner.values():
            partner[i] = j
    lonely_old = [i for i in range(len(gone)) if i not in partner]
    lonely_new = [j for j in range(len(come)) if j not in partner.values()]
    if len(lonely_old) == len(lonely_new) == 1:
        partner[lonely_old[0]] = lonely_new.pop()
    for i, old in enumerate(gone):
        if i in partner:
            yield from _words(old, come[partner[i]])
        else:
            yield old, ""
    yield from (("", come[j]) for j in lonely_new)


def _words(before: str, after: str) -> Iterator[Piece]:
    """The changed words of one sentence with a little around them."""
    if likeness(before, after) < 0.3 or max(len(before), len(after)) <= 2 * _CONTEXT:
        yield before, after
        return
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > FEASIBLE:
        yield before, after
        return
    for i, k, j, m in _stretches(old, new):
        yield _quoted(old, i, k), _quoted(new, j, m)


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Where words differ, as ranges of both; ranges whose surroundings would meet are one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, i, k, j, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and sum(map(len, old[found[-1][1] : i])) <= 2 * _CONTEXT:
            found[-1] = (found[-1][0], k, found[-1][2], m)
        else:
            found.append((i, k, j, m))
    return found


def _quoted(words: Sequence[str], start: int, end: int) -> str:
    """Words with some neighbours, whole words only, and … where the sentence goes on."""
    first, last = start, end
    while first > 0 and sum(map(len, words[first - 1 : start])) <= _CONTEXT:
        first -= 1
    while last < len(words) and sum(map(len, words[end : last + 1])) <= _CONTEXT:
        last += 1
    before, after = "…" if first else "", "…" if last < len(words) else ""
    return f"{before}{''.join(words[first:last])}{after}"
