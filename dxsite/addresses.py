"""Where an address leads that was published once."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite.model import Addresses, Removed
from dxsite.positions import Text


@dataclass(frozen=True, slots=True)
class Former:
    """An id that was published once, and what became of it in the end."""

    id: str
    now: str
    """The last id that it got; its own where it got no other."""
    removed: Removed | None = None
    """What is said where that is no longer published either."""


def formers(addresses: Addresses, kind: str = "measure") -> Iterator[Former]:
    """Every id of a kind that was given up; renamings in a circle are left out."""
    ways, gone = ways_of(addresses, kind), gone_of(addresses, kind)
    for id_ in (*ways, *(id_ for id_ in gone if id_ not in ways)):
        now = last(id_, ways)
        if now is not None:
            yield Former(id_, now, gone.get(now))


def names_before(id_: str, addresses: Addresses, kind: str = "measure") -> tuple[str, ...]:
    """Every id that leads to this one; the one that it had first, first."""
    ways = ways_of(addresses, kind)
    before: dict[str, str] = {}
    for old, new in ways.items():
        before.setdefault(new, old)
    names: list[str] = []
    name = before.get(id_)
    while name is not None and name != id_ and name not in names:
        names.insert(0, name)
        name = before.get(name)
    return (*names, *(old for old in ways if old not in names and last(old, ways) == id_))


def first_name(id_: str, addresses: Addresses, kind: str = "measure") -> str:
    """The id that it had first, by which others may still know it."""
    return next(iter(names_before(id_, addresses, kind)), id_)


def ways_of(addresses: Addresses, kind: str) -> dict[str, str]:
    """Renamed id → the id that it got then."""
    return {str(r.id): str(r.now) for r in addresses.renamed if r.kind == kind}


def gone_of(addresses: Addresses, kind: str) -> dict[str, Removed]:
    """Id → what is said of what was removed."""
    return {str(r.id): r for r in addresses.removed if r.kind == kind}


def given_up(addresses: Addresses, kind: str) -> Iterator[Text]:
    """Every id of a kind that may never be used again, as often as it is written."""
    yield from (entry.id for entry in addresses.renamed if entry.kind == kind)
    yield from (entry.id for entry in addresses.removed if entry.kind == kind)


def last(id_: str, ways: dict[str, str]) -> str | None:
    """Where a chain of renamings ends; None in a circle."""
    seen = {id_}
    while id_ in ways:
        id_ = ways[id_]
        if id_ in seen:
            return None
        seen.add(id_)
    return id_
