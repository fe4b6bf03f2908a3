"""Finds the counterpart of each item of a list."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from dxsite.changes.change import Json, Step

Pair = tuple[int | None, int | None]
"""Positions in the earlier and in the later list; None where there is no counterpart."""

FEASIBLE = 250_000
"""More pairs are not looked at; no plan that was ever printed has as many."""
_SAME = 0.5
"""From this likeness on, two items are taken for the same."""


def identified(
    before: Sequence[Json], after: Sequence[Json], key: Callable[[Json], str] | None
) -> tuple[list[Step], list[Step]]:
    """The names of all items: by `key` where it tells them apart in both lists, else positions."""
    if key is not None:
        old, new = [key(item) for item in before], [key(item) for item in after]
        if len(set(old)) == len(old) and len(set(new)) == len(new):
            return [*old], [*new]
    return [*range(len(before))], [*range(len(after))]


def paired(
    before: Sequence[Json],
    after: Sequence[Json],
    old: Sequence[Step],
    new: Sequence[Step],
    near: Callable[[Json, Json], float] | None,
) -> list[Pair]:
    """Every item once, in the order of the later list; what is gone follows its old neighbour."""
    by_name = all(isinstance(name, str) for name in (*old, *new))
    found = _same(old, new) if by_name else _same(*([repr(i) for i in x] for x in (before, after)))
    if near is not None:
        found |= _alike(before, after, found, near)
    partners = {j: i for i, j in found.items()}
    gone: defaultdict[int, list[int]] = defaultdict(list)
    place = -1
    for i in range(len(before)):
        if i in found:
            place = found[i]
        else:
            gone[place].append(i)
    pairs: list[Pair] = [(i, None) for i in gone[-1]]
    for j in range(len(after)):
        pairs.append((partners.get(j), j))
        pairs += [(i, None) for i in gone[j]]
    return pairs


def _same(before: Sequence[Step], after: Sequence[Step]) -> dict[int, int]:
    """Earlier position → later position of what is the same; repeated things in their order."""
    places: defaultdict[Step, list[int]] = defaultdict(list)
    for j in reversed(range(len(after))):
        places[after[j]].append(j)
    return {i: places[thing].pop() for i, thing in enumerate(before) if places[thing]}


def _alike(
    before: Sequence[Json],
    after: Sequence[Json],
    found: dict[int, int],
    near: Callable[[Json, Json], float],
) -> dict[int, int]:
    """More pairs, among the items that have none: the most alike first."""
    taken = set(found.values())
    if (len(before) - len(found)) * (len(after) - len(found)) > FEASIBLE:
        return {}
    candidates = [
        (-likeness, abs(i - j), i, j)
        for i, a in enumerate(before)
        if i not in found
        for j, b in enumerate(after)
        if j not in taken and (likeness := near(a, b)) >= _SAME
    ]
    more: dict[int, int] = {}
    for _, _, i, j in sorted(candidates):
        if i not in more and j not in taken:
            more[i] = j
            taken.add(j)
    return more


def likeness(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1: pairs of neighbouring letters, counted once."""
    if one == other:
        return 1.0
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset(text)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
