"""Turns assets/ into fingerprinted artifacts."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin

from dxsite import urls
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.stylesheets import looks_of

_FIRST = ("tokens.css", "base.css", "layout.css")
_LAST = "print.css"
_COMPONENT = re.compile(r"css/components/[^/]+\.css")
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"'(]*["']\./([^"']+)["']""", re.MULTILINE)


class Proof(NamedTuple):
    """SHA-256 of a file in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class Artifact:
    """One file of the finished site; `path` is relative to the output folder.

    Its bytes are given, or made when they are first asked for: a build asks for every file, a
    preview for those that somebody looks at.
    """

    __slots__ = ("_content", "path")

    def __init__(self, path: str, content: bytes | Callable[[], bytes]) -> None:
        self.path = path
        self._content = content

    @property
    def data(self) -> bytes:
        """The bytes, made once."""
        if not isinstance(self._content, bytes):
            self._content = self._content()
        return self._content

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces, none of them kept."""
        yield self.data

    def make(self) -> None:
        """Have the bytes ready."""
        _ = self.data

    @property
    def proof(self) -> Proof:
        """What proves that the file arrived as it was made; it is never in memory for this."""
        digest, size = sha256(), 0
        for chunk in self.chunks():
            digest.update(chunk)
            size += len(chunk)
        return Proof(digest.hexdigest(), size)

    def __repr__(self) -> str:
        return f"Artifact({self.path!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Artifact):
            return NotImplemented
        return self.path == other.path and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.path)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file, made or read when it is asked for."""

    make: Callable[[], bytes]
    digest: str = ""
    """Of its bytes, where that is known before they are there."""


class Joined(Artifact):
    """A file that is joined of parts, which are never in memory together."""

    __slots__ = ("_foot", "_head", "_parts", "_proof", "_seam")

    def __init__(
        self, path: str, head: bytes, parts: Sequence[Part], seam: bytes = b"", foot: bytes = b""
    ) -> None:
        super().__init__(path, self._whole)
        self._head, self._parts, self._seam, self._foot = head, parts, seam, foot
        self._proof: Proof | None = None

    @property
    def name(self) -> str:
        """Another for other bytes, known before they are there; empty where it is not."""
        if not all(part.digest for part in self._parts):
            return ""
        digests = ",".join(part.digest for part in self._parts)
        return sha256(repr((self._head, self._seam, self._foot, digests)).encode()).hexdigest()

    @property
    def proof(self) -> Proof:
        """As of any file, worked out once."""
        if self._proof is None:
            self._proof = super().proof
        return self._proof

    def take_for_proven(self, proof: Proof) -> None:
        """Take over what an earlier build worked out for the same name."""
        self._proof = proof

    def chunks(self) -> Iterator[bytes]:
        yield self._head
        for number, part in enumerate(self._parts):
            if number and self._seam:
                yield self._seam
            yield part.make()
        yield self._foot

    def _whole(self) -> bytes:
        return b"".join(self.chunks())


class Files(Mapping[str, bytes]):
    """Artifacts by path, each made when it is first asked for."""

    def __init__(self, artifacts: Iterable[Artifact]) -> None:
        self._artifacts = {artifact.path: artifact for artifact in artifacts}

    def __getitem__(self, path: str) -> bytes:
        return self._artifacts[path].data

    def __iter__(self) -> Iterator[str]:
        return iter(self._artifacts)

    def __len__(self) -> int:
        return len(self._artifacts)

    def __contains__(self, path: object) -> bool:
        return path in self._artifacts


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets under one folder that is named after their content.

    One fingerprint for all lets scripts import each other by relative names.
    """

    artifacts: tuple[Artifact, ...]
    addresses: Mapping[str, str]
    """Name (`site.css`, `search.js`) → path from the site's root."""
    imports: Mapping[str, tuple[str, ...]]
    """Script → the scripts that it imports before it runs."""
    looks: Mapping[str, Mapping[str, str]]
    """What a chart that is a file wears: look → presentation attributes."""

    def needed_by(self, *names: str) -> tuple[str, ...]:
        """These scripts and all that they import, directly or not, each once."""
        needed = list(names)
        for name in needed:
            needed += [other for other in self.imports.get(name, ()) if other not in needed]
        return tuple(needed)


def read_files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Every file below a folder by its path there, with forward slashes, and its bytes."""
    return tuple(_files(str(folder), "")) if folder.is_dir() else ()


def _files(folder: str, below: str) -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            elif entry.is_file():
                yield below + entry.name, Path(entry.path).read_bytes()


def read_assets(root: Path, memory: Memory | None = None) -> Assets:
    """Join the styles into site.css; keep every other file under its own name.

    Styles and scripts lose comments and blanks: a third of what a reader's phone would load.
    """
    folder = root / "assets"
    if not folder.is_dir():
        raise Fault(
            f"「{folder}」フォルダーが見つかりません。",
            "リポジトリのいちばん上のフォルダーで実行してください。",
        )
    there = read_files(folder)
    return (memory or Memory()).recall("assets", there, partial(_assets, there))


def _assets(there: Sequence[tuple[str, bytes]]) -> Assets:
    files = {"site.css": _joined_styles(dict(there))}
    imports = {}
    for path, data in there:
        name = path.rpartition("/")[2]
        if name.endswith(".css") or name.startswith("."):
            continue
        files[name] = data
        if name.endswith(".js"):
            imports[name] = tuple(_IMPORT.findall(text_of(name, data)))
            files[name] = jsmin(data)
    digest = sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    place = f"{urls.ASSETS}{digest.hexdigest()[:16]}/"
    return Assets(
        tuple(Artifact(urls.file_of(place + name), data) for name, data in files.items()),
        {name: place + name for name in files},
        imports,
        looks_of(text_of("assets/css", files["site.css"]), "dx-chart__"),
    )


def text_of(name: str, data: bytes) -> str:
    """The text of a file of templates/ or assets/, which may be cut off while it is saved."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Fault(
            f"「{name}」の文字を読み取れません。",
            "UTF-8 で保存し直してください。",
        ) from error


def _joined_styles(files: Mapping[str, bytes]) -> bytes:
    """Tokens, base and layout first, then components by name, print last."""
    components = (path for path in files if _COMPONENT.fullmatch(path))
    names = [f"css/{name}" for name in _FIRST] + sorted(components) + [f"css/{_LAST}"]
    joined: bytes = cssmin(b"\n".join(files[name] for name in names if name in files))
    return joined
