"""Writes so that no reader sees half a file."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dxsite.assets import Artifact
from dxsite.faults import Fault
from dxsite.spooling import NONE, Spooled, Stamp, spool

MANIFEST = ".dxsite-files"
"""Lists what dxsite put into the output folder; nothing else is ever removed."""
_OWN = ".dxsite-"
_SPOOL = f"{_OWN}new-"
"""Begins the name of a folder with files on their way, one a build: its process number follows."""

Said = Callable[[str], None]
"""Takes what is being done, in words."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files a publication wrote, kept and removed."""

    written: int
    kept: int
    removed: int


class Publication:
    """One publication, from the first file put aside to the last one moved; use with `with`.

    1. Files are put aside in a folder of this process beside the output; the output is touched
       by `publish` only, after everything else succeeded.
    2. Every file is moved to its place as a whole: a reader sees old or new.
    3. Files that an earlier publication made and this one lacks are removed last.
    4. A folder with content that dxsite did not make is refused.
    5. One publication at a time: another one into the same folder waits, and then looks anew.
    """

    def __init__(self, output: Path, said: Said | None = None, *, clean: bool = False) -> None:
        self.output = output
        self.folder = output / f"{_SPOOL}{os.getpid()}"
        self.clean = clean
        self._said = said
        self._before: set[str] = set()
        self._lock: int | None = None

    def __enter__(self) -> "Publication":
        with _told(self.output):
            _check_ours(self.output)
            self._lock = _alone(self.output, self._said)
            self._before = _listed(self.output)
            _clear(self.output, alone=self._lock is not None)
            self.folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)

    def spool(
        self, artifacts: Iterable[Artifact], name: str = "", proven: Mapping[str, Stamp] = NONE
    ) -> Spooled:
        """Put a part aside."""
        with _told(self.output):
            return spool(artifacts, self.output, self.folder, name, proven, clean=self.clean)

    def publish(self, spooled: Spooled) -> Published:
        """Make the output hold exactly these files."""
        with _told(self.output):
            stale = self._before - spooled.files.keys()
            if spooled.aside or stale or not (self.output / MANIFEST).exists():
                # Known before the first move, so that a killed run leaves nothing unaccounted for.
                self._list(self._before | spooled.files.keys())
                _make_folders(spooled.aside, self.output)
                _move(spooled.aside, self.output)
                for path in sorted(stale):
                    _remove(self.output, path)
                self._list(spooled.files.keys())
        written = len(spooled.aside)
        return Published(written, len(spooled.files) - written, len(stale))

    def _list(self, paths: Iterable[str]) -> None:
        new = self.folder / MANIFEST
        new.write_bytes("".join(f"{path}\n" for path in sorted(paths)).encode())
        os.replace(new, self.output / MANIFEST)  # noqa: PTH105


def publish(
    artifacts: Iterable[Artifact], output: Path, said: Said | None = None, *, clean: bool
) -> Published:
    """Make `output` hold exactly these artifacts."""
    with Publication(output, said, clean=clean) as publication:
        return publication.publish(publication.spool(artifacts))


def publish_file(data: bytes, output: Path) -> Published:
    """Make `output` one file; a reader sees the old one or the new one."""
    try:
        if output.is_file() and output.read_bytes() == data:
            return Published(0, 1, 0)
        output.parent.mkdir(parents=True, exist_ok=True)
        begins = f"{output.name}{_SPOOL}"
        for left in output.parent.iterdir():
            if left.name.startswith(begins) and _is_left(left.name.removeprefix(begins)):
                left.unlink(missing_ok=True)
        new = output.with_name(f"{begins}{os.getpid()}")
        try:
            new.write_bytes(data)
            new.replace(output)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise Fault(
            f"「{output}」に書き込めません（{error.strerror}）。",
            "-o にファイルの名前（offline.zip など）を指定して、もう一度実行してください。",
        ) from error
    return Published(1, 0, 0)


@contextmanager
def _told(output: Path) -> Iterator[None]:
    """What the disk refuses is told as a fault of the house."""
    try:
        yield
    except OSError as error:
        raise Fault(
            f"「{error.filename or output}」に書き込めません（{error.strerror}）。",
            "空き容量と書き込みの権限を確かめて、もう一度実行してください。",
        ) from error


def _listed(output: Path) -> set[str]:
    """What an earlier build made, by the list that it left."""
    _check_ours(output)
    manifest = output / MANIFEST
    if not manifest.exists():
        return set()
    lines = manifest.read_text("utf-8", errors="surrogateescape").splitlines()
    return {
        line
        for line in lines
        if line and line.isprintable() and line[0] != "/" and ".." not in line
    }


def _check_ours(output: Path) -> None:
    """Refuse a folder that holds what no build made."""
    if (output / MANIFEST).exists() or not output.exists():
        return
    if not output.is_dir() or list(_strangers(output)):
        raise Fault(
            f"「{output}」には dxsite が作ったものではないファイルがあります。",
            "空のフォルダーを -o で指定するか、中身を別の場所に移してください。",
        )


def _strangers(output: Path) -> Iterator[str]:
    return (path.name for path in output.iterdir() if not path.name.startswith(_OWN))


def _alone(output: Path, said: Said | None) -> int | None:
    """Make the output, and wait until no other process publishes there.

    What is given holds the lock until it is closed or the process ends, however it ends. None
    where the system or the file system has no such locks.
    """
    while True:
        output.mkdir(parents=True, exist_ok=True)
        if os.name == "nt":
            return None
        import fcntl

        folder = os.open(output, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if said:
                    said("同じ場所に書き出している、ほかのビルドが終わるのを待っています…")
                fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:
            os.close(folder)
            return None
        if output.is_dir() and os.path.samestat(os.fstat(folder), output.stat()):
            return folder
        os.close(folder)  # it was taken away, and perhaps made again, while this one waited


def _clear(output: Path, *, alone: bool) -> None:
    """Remove what killed builds left on its way; a build that still runs keeps its own."""
    for folder in output.glob(f"{_SPOOL}*"):
        if alone or _is_left(folder.name.removeprefix(_SPOOL)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(number: str) -> bool:
    """Whether nobody works any more with what was named after a process."""
    return not number.isdecimal() or int(number) == os.getpid() or not _runs(int(number))


def _runs(process: int) -> bool:
    if os.name == "nt":  # where signal 0 is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _make_folders(paths: Iterable[str], output: Path) -> None:
    """Before the first file is moved: after that, a full disk refuses nothing any more."""
    for folder in sorted({os.path.dirname(path) for path in paths}):  # noqa: PTH120
        os.makedirs(os.path.join(output, folder), exist_ok=True)  # noqa: PTH103, PTH118


def _move(aside: Mapping[str, str], output: Path) -> None:
    for path, new in aside.items():
        os.replace(new, os.path.join(output, path))  # noqa: PTH105, PTH118


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
