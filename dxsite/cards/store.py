"""Keeps pictures between builds; without it everything comes out the same, only later."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

FOLDER = Path(".dxsite-cache", "cards")
_DIGEST = 32
_ENDING = ".card"


class Store:
    """Pictures by what decides their bytes; each lies behind its own digest.

    A picture that cannot be kept is no fault, one that was torn or altered is not given back.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER

    def get(self, key: str) -> bytes | None:
        """The picture kept under a key, whole, or None."""
        try:
            kept = self._path(key).read_bytes()
        except OSError:
            return None
        digest, picture = kept[:_DIGEST], kept[_DIGEST:]
        return picture if sha256(picture).digest() == digest else None

    def put(self, key: str, picture: bytes) -> None:
        """Keep a picture."""
        path = self._path(key)
        new = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(sha256(picture).digest() + picture)
            new.replace(path)
        except OSError:
            return

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all other pictures: the store is never larger than what the site shows."""
        names = {self._path(key).name for key in keys}
        try:
            for path in self._folder.glob(f"*{_ENDING}"):
                if path.name not in names:
                    path.unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_ENDING}"
