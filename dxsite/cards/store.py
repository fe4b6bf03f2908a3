"""Keeps pictures between builds."""

from pathlib import Path

from dxsite.keeping import CACHE
from dxsite.keeping import Store as _Store

FOLDER = CACHE / "cards"
_ENDING = ".card"


class Store(_Store):
    """Pictures by what decides their bytes."""

    def __init__(self, root: Path) -> None:
        super().__init__(root / FOLDER, _ENDING)
