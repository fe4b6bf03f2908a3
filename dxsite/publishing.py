"""Writes so that no reader sees half a file."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dxsite.assets import Artifact
from dxsite.faults import Fault

MANIFEST = ".dxsite-files"
"""Lists what dxsite put into the output folder; nothing else is ever removed."""
_NEW = ".dxsite-new"
"""The one file that may be half written; a killed run leaves it for the next to write over."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files a publication wrote, kept and removed."""

    written: int
    kept: int
    removed: int


def publish(artifacts: Iterable[Artifact], output: Path, *, clean: bool) -> Published:
    """Make `output` hold exactly these artifacts.

    1. A file whose bytes did not change is not touched; with `clean`, all are written anew.
    2. Every other file is written aside, then moved to its place: a reader sees old or new.
    3. Files that an earlier publication wrote and this one lacks are removed last.
    4. A folder with content that dxsite did not make is refused.
    """
    files = {artifact.path: artifact.data for artifact in artifacts}
    try:
        before = _listed(output)
        output.mkdir(parents=True, exist_ok=True)
        # Known before the first write, so that a killed run leaves nothing unaccounted for.
        _replace(output, MANIFEST, _manifest(before | files.keys()))
        written = _write(files, output, clean=clean)
        stale = before - files.keys()
        for path in sorted(stale):
            _remove(output, path)
        _replace(output, MANIFEST, _manifest(files.keys()))
    except OSError as error:
        raise Fault(
            f"「{error.filename or output}」に書き込めません（{error.strerror}）。",
            "空き容量と書き込みの権限を確かめて、もう一度実行してください。",
        ) from error
    return Published(written, len(files) - written, len(stale))


def publish_file(data: bytes, output: Path) -> Published:
    """Make `output` one file; a reader sees the old one or the new one."""
    try:
        if output.is_file() and output.read_bytes() == data:
            return Published(0, 1, 0)
        output.parent.mkdir(parents=True, exist_ok=True)
        new = output.with_name(output.name + _NEW)
        new.write_bytes(data)
        new.replace(output)
    except OSError as error:
        raise Fault(
            f"「{output}」に書き込めません（{error.strerror}）。",
            "-o にファイルの名前（offline.zip など）を指定して、もう一度実行してください。",
        ) from error
    return Published(1, 0, 0)


def _listed(output: Path) -> set[str]:
    manifest = output / MANIFEST
    if manifest.exists():
        lines = manifest.read_text("utf-8", errors="surrogateescape").splitlines()
        return {
            line
            for line in lines
            if line and line.isprintable() and line[0] != "/" and ".." not in line
        }
    if output.exists() and (not output.is_dir() or {p.name for p in output.iterdir()} - {_NEW}):
        raise Fault(
            f"「{output}」には dxsite が作ったものではないファイルがあります。",
            "空のフォルダーを -o で指定するか、中身を別の場所に移してください。",
        )
    return set()


def _manifest(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def _write(files: Mapping[str, bytes], output: Path, *, clean: bool) -> int:
    written = 0
    made: set[str] = set()
    for path, data in files.items():
        target = os.path.join(output, path)  # noqa: PTH118 - pathlib costs more than the write
        folder = os.path.dirname(target)  # noqa: PTH120
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            made.add(folder)
        if clean or _read(target) != data:
            _replace(output, path, data)
            written += 1
    return written


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _replace(output: Path, path: str, data: bytes) -> None:
    new = output / _NEW
    new.write_bytes(data)
    new.replace(output / path)


def _remove(output: Path, path: str) -> None:
    """Remove a file, then the folders that became empty; nothing that a link leads out to."""
    target = output / path
    if target.is_dir() or not target.parent.resolve().is_relative_to(output.resolve()):
        return
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == output or (folder.is_dir() and any(folder.iterdir())):
            break
        if folder.is_dir():
            folder.rmdir()
