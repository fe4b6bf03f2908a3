"""Keeps bytes between builds; without them everything comes out the same, only later."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

CACHE = Path(".dxsite-cache")
_DIGEST = 32


class Store:
    """A folder of bytes by what decides them; each lies behind its own digest.

    What cannot be kept is no fault, what was torn or altered is not given back.
    """

    def __init__(self, folder: Path, ending: str) -> None:
        self._folder = folder
        self._ending = ending

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, whole, or None."""
        try:
            kept = self._path(key).read_bytes()
        except OSError:
            return None
        digest, data = kept[:_DIGEST], kept[_DIGEST:]
        return data if sha256(data).digest() == digest else None

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        path = self._path(key)
        new = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(sha256(data).digest() + data)
            new.replace(path)
        except OSError:
            return

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all others: the store is never larger than what is asked of it.

        What killed builds left on its way goes too.
        """
        names = {self._path(key).name for key in keys}
        try:
            for path in self._folder.iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{self._ending}"
