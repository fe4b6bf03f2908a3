"""What an earlier build made of each part of the site, and from what.

Kept in `.dxsite-cache/`; without it everything comes out the same, only later.
"""

import json
import os
import pickle
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from dxsite.assets import Proof
from dxsite.diagnostics import Finding, Severity
from dxsite.faults import Damaged
from dxsite.keeping import CACHE
from dxsite.positions import Place
from dxsite.spooling import Stamp

_FOLDER = CACHE / "site"
_HEAD = ".json"
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Head:
    """A part that was published: what it was made from, its files, what was found wrong."""

    key: str
    """Names all that went in; empty where that may have changed since."""
    mark: str
    """The key of the things that are kept of it."""
    files: Mapping[str, Stamp]
    findings: tuple[Finding, ...] = ()
    plans: Mapping[str, str] = field(default_factory=dict)
    """Plan of the part → a key of its own."""
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Plan of the part → the measures of other parts that its pages name."""
    joined: Mapping[str, tuple[str, Proof]] = field(default_factory=dict)
    """File that is joined of parts → its name, and what proves it."""


class Piece(NamedTuple):
    """Where in a file some bytes lie, and what proves that it is they."""

    start: int
    size: int
    digest: str


class Earlier:
    """The parts that the last build into one output published.

    1. A part has a head, which is written last and tells whether the part is still good, and
       whatever else other parts need of it, each thing under a name and the head's key.
    2. What is torn, altered or of another key is not given back.
    3. What cannot be kept is no fault.
    """

    def __init__(self, root: Path, output: Path) -> None:
        name = sha256(os.fsencode(output.resolve())).hexdigest()[:16]
        self.folder = root / _FOLDER / name

    def head(self, part: str) -> Head | None:
        """The head of a part, or None."""
        try:
            told = json.loads(_whole((self.folder / f"{part}{_HEAD}").read_bytes(), part))
            return Head(
                str(told["key"]),
                str(told["mark"]),
                {path: (size, time) for path, (size, time) in told["files"].items()},
                tuple(_finding(*row) for row in told["findings"]),
                dict(told["plans"]),
                {plan: tuple(names) for plan, names in told["named"].items()},
                {path: (name, Proof(*proof)) for path, (name, proof) in told["joined"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep_head(self, part: str, head: Head) -> None:
        """Say that a part has been published."""
        told = {
            "key": head.key,
            "mark": head.mark,
            "files": head.files,
            "findings": [astuple(finding) for finding in head.findings],
            "plans": head.plans,
            "named": head.named,
            "joined": head.joined,
        }
        data = json.dumps(told, ensure_ascii=False).encode()
        try:
            self._write(self.folder / f"{part}{_HEAD}", _digest(part, data) + data)
        except OSError:
            return

    def thing(self, part: str, name: str, key: str) -> Any:
        """What was kept under a name and a key, or None."""
        try:
            return pickle.loads(_whole(self._file(part, name).read_bytes(), key))
        except (OSError, ValueError):
            return None

    def keep_thing(self, part: str, name: str, key: str, thing: object) -> None:
        """Keep something of a part; for a build that cannot, there is no next time."""
        data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        try:
            self._write(self._file(part, name), _digest(key, data) + data)
        except OSError:
            return

    def keep_pieces(self, part: str, name: str, pieces: Iterable[bytes]) -> list[Piece]:
        """Keep what this build itself cannot go on without, as one file."""
        kept, data = [], b""
        for piece in pieces:
            kept.append(Piece(len(data), len(piece), sha256(piece).hexdigest()))
            data += piece
        self._write(self._file(part, name), data)
        return kept

    def piece(self, part: str, name: str, piece: Piece) -> bytes:
        """A piece that was kept; Damaged where it is not there as it was."""
        try:
            with self._file(part, name).open("rb") as file:
                file.seek(piece.start)
                data = file.read(piece.size)
            if sha256(data).hexdigest() != piece.digest:
                raise ValueError(name)
            return data
        except (OSError, ValueError) as error:
            raise Damaged(
                f"「{CACHE}」に取っておいたファイルを、読み直せませんでした。",
                f"「{CACHE}」フォルダーを消し、もう一度実行してください。",
            ) from error

    def forget(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep_only_files(self, part: str, names: Iterable[str]) -> None:
        """Forget a part's other files."""
        _remove_others(self.folder / part, set(names))

    def keep_only(self, parts: Iterable[str]) -> None:
        """Forget all other parts."""
        names = set(parts)
        _remove_others(self.folder, names | {f"{part}{_HEAD}" for part in names})

    def _file(self, part: str, name: str) -> Path:
        return self.folder / part / name

    def _write(self, path: Path, data: bytes) -> None:
        new = path.with_name(f"{path.name}.{os.getpid()}")
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(data)
        new.replace(path)


def _digest(key: str, data: bytes) -> bytes:
    return sha256(key.encode() + data).digest()


def _whole(kept: bytes, key: str) -> bytes:
    """What lies behind its digest; ValueError where it is torn, altered or of another key."""
    digest, data = kept[:_DIGEST], kept[_DIGEST:]
    if _digest(key, data) != digest:
        raise ValueError(key)
    return data


def _finding(place: list[Any], severity: str, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(*place), Severity(severity), code, message, hint)


def _remove_others(folder: Path, names: set[str]) -> None:
    try:
        for path in folder.iterdir():
            if path.name in names:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    except OSError:
        return
