"""Makes all cards of a site, beside everything else that a build does."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dxsite import urls
from dxsite.assets import Artifact, text_of
from dxsite.cards.store import Store
from dxsite.crew import Crew
from dxsite.faults import Fault
from dxsite.site.pages import Card

if TYPE_CHECKING:
    from dxsite.cards.drawing import Colours

_TOKENS = Path("assets", "css", "tokens.css")
_COLOURS = ("--dx-white", "--dx-blue-900", "--dx-gray-900", "--dx-gray-700")
_FEW = 24
"""So many cards are drawn before a second process would have started."""
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Pictures:
    """The cards of a site, some kept by an earlier build, some still being drawn."""

    cards: Sequence[Card]
    keys: Sequence[str]
    """What decides the bytes of each."""
    store: Store
    kept: dict[str, bytes]
    new: Iterator[bytes]
    """What is not kept, in the order of the cards."""

    def artifacts(self) -> Iterator[Artifact]:
        """One picture per card, in the order of the cards."""
        for card, key in zip(self.cards, self.keys, strict=True):
            if key not in self.kept:
                self.kept[key] = next(self.new)
                self.store.put(key, self.kept[key])
            yield Artifact(urls.file_of(card.url), self.kept[key])


def keep_only(keys: Sequence[str], root: Path) -> None:
    """Forget all pictures but these; a build without pictures leaves those of others alone."""
    if keys:
        Store(root).keep_only(keys)


def pictures_of(cards: Sequence[Card], root: Path, crew: Crew | None = None) -> Pictures:
    """Begin to draw the cards that no earlier build kept; with a crew, beside this process.

    The bytes are the same whoever draws.
    """
    store = Store(root)
    if not cards:
        return Pictures((), (), store, {}, iter(()))
    from dxsite.cards.drawing import drawn, engine  # late: see unknown_in

    colours = _colours(root)
    made_with = f"{engine()} {colours}"
    keys = [_key(card, made_with) for card in cards]
    kept = {key: picture for key in keys if (picture := store.get(key))}
    missing = {k: card for k, card in zip(keys, cards, strict=True) if k not in kept}
    draw = partial(drawn, colours=colours)
    if crew is None or len(missing) < _FEW:
        return Pictures(cards, keys, store, kept, map(draw, missing.values()))
    new = crew.beside(draw, list(missing.values()), _BATCH)
    return Pictures(cards, keys, store, kept, new)


def _key(card: Card, made_with: str) -> str:
    """Everything that decides the bytes; the address of a card does not."""
    said = {**asdict(card), "url": None}
    return sha256(f"{made_with} {json.dumps(said)}".encode()).hexdigest()


def _colours(root: Path) -> "Colours":
    """The colours of the site's look, where they are spelled."""
    text = text_of(_TOKENS.as_posix(), (root / _TOKENS).read_bytes())
    found = []
    for name in _COLOURS:
        match = re.search(rf"^\s*{name}:\s*#([0-9a-f]{{6}});", text, re.MULTILINE)
        if match is None:
            raise Fault(
                f"「{_TOKENS.as_posix()}」に {name} の色がありません。",
                "「--dx-blue-900: #0017c1;」のように、# と6桁で書いてください。",
            )
        found.append(bytes.fromhex(match[1]))
    page, key, words, quiet = found
    return page, key, words, quiet
