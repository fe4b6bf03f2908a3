"""Puts aside, as whole files, what differs from what is published."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dxsite.assets import Artifact

Stamp = tuple[int, int]
"""Size and time of last change (ns) of a file: as long as they stay, so do its bytes."""
NONE: Mapping[str, Stamp] = {}
"""What nobody has proven."""


@dataclass(slots=True)
class Spooled:
    """A part of the site, ready to be published: what differs lies aside, as whole files."""

    files: dict[str, Stamp] = field(default_factory=dict)
    """Every file of the part, by path."""
    aside: dict[str, str] = field(default_factory=dict)
    """Path → where its new bytes lie."""

    def merge(self, other: "Spooled") -> None:
        """Take another part in."""
        self.files |= other.files
        self.aside |= other.aside


def spool(
    artifacts: Iterable[Artifact],
    output: Path,
    folder: Path,
    name: str,
    proven: Mapping[str, Stamp] = NONE,
    *,
    clean: bool,
) -> Spooled:
    """Put aside what differs from the output; `name` is the part's own within `folder`.

    `proven` are files that do not differ as long as they have this stamp. With `clean`, every
    file is put aside.
    """
    spooled = Spooled()
    for number, artifact in enumerate(artifacts):
        # pathlib costs more than the write, hence os.path.
        target = os.path.join(output, artifact.path)  # noqa: PTH118
        if clean or not (_has(target, proven.get(artifact.path)) or _holds(target, artifact)):
            target = os.path.join(folder, f"{name}-{number}")  # noqa: PTH118
            with open(target, "wb") as file:  # noqa: PTH123
                file.writelines(artifact.chunks())
            spooled.aside[artifact.path] = target
        spooled.files[artifact.path] = stamp_of(target)
    return spooled


def stamp_of(path: str | Path) -> Stamp:
    """The stamp of a file that is there."""
    status = os.stat(path)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns


def are_there(files: Mapping[str, Stamp], output: Path) -> bool:
    """Whether every file lies in the output as it was published."""
    folder = f"{output}{os.sep}"  # joined plainly: a large site has hundreds of thousands
    try:
        return all(stamp_of(folder + path) == stamp for path, stamp in files.items())
    except OSError:
        return False


def _has(path: str, stamp: Stamp | None) -> bool:
    """Whether a file is as it was when it got this stamp."""
    try:
        return stamp is not None and stamp_of(path) == stamp
    except OSError:
        return False


def _holds(path: str, artifact: Artifact) -> bool:
    """Whether a file has the artifact's bytes."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return all(file.read(len(c)) == c for c in artifact.chunks()) and not file.read(1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False
