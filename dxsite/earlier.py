"""What an earlier build made of each part of the site, and from what.

Kept in `.dxsite-cache/`; without it everything comes out the same, only later.
"""

import json
import os
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from dxsite.publishing import Stamp

_FOLDER = Path(".dxsite-cache", "site")
_HEAD, _BODY = ".json", ".part"
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Head:
    """A part that was published: what it was made from, and its files."""

    key: str
    """Names all that went in."""
    files: Mapping[str, Stamp]


class Earlier:
    """The parts that the last build into one output published.

    1. A part has a head, which tells whether it is still good, and a body with all that other
       parts need of it.
    2. What is torn, altered or of another version is not given back.
    3. What cannot be kept is no fault.
    """

    def __init__(self, root: Path, output: Path) -> None:
        name = sha256(os.fsencode(output.resolve())).hexdigest()[:16]
        self.folder = root / _FOLDER / name

    def head(self, name: str) -> Head | None:
        """The head of a part, or None."""
        try:
            told = json.loads((self.folder / f"{name}{_HEAD}").read_bytes())
            files = {path: (size, time) for path, (size, time) in told["files"].items()}
            return Head(str(told["key"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def body(self, name: str, key: str) -> Any:
        """The body of a part whose head has this key, or None."""
        try:
            kept = (self.folder / f"{name}{_BODY}").read_bytes()
        except OSError:
            return None
        digest, data = kept[:_DIGEST], kept[_DIGEST:]
        # Only what this folder's own builds wrote is unpacked: the digest is over the key too.
        return pickle.loads(data) if _digest(key, data) == digest else None

    def keep(self, name: str, head: Head, body: object) -> None:
        """Keep a part that has just been published."""
        data = pickle.dumps(body, pickle.HIGHEST_PROTOCOL)
        told = json.dumps({"key": head.key, "files": head.files}, ensure_ascii=False)
        self._write(f"{name}{_BODY}", _digest(head.key, data) + data)
        self._write(f"{name}{_HEAD}", told.encode())

    def forget(self, names: Iterable[str]) -> None:
        """Forget parts: their files are about to change."""
        for name in names:
            (self.folder / f"{name}{_HEAD}").unlink(missing_ok=True)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget all other parts."""
        kept = {f"{name}{ending}" for name in names for ending in (_HEAD, _BODY)}
        try:
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)
        except OSError:
            return

    def _write(self, name: str, data: bytes) -> None:
        new = self.folder / f"{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            new.replace(self.folder / name)
        except OSError:
            return


def _digest(key: str, data: bytes) -> bytes:
    return sha256(key.encode() + data).digest()
