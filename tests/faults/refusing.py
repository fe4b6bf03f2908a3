"""What a build is refused: room, permissions, more than so many bytes a file."""

import ctypes
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DROP = 24  # PR_CAPBSET_DROP
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root pass by permissions


def as_others() -> None:
    """In a child before it begins: permissions count, for root too."""
    if os.geteuid() == 0:
        for capability in _OVERRIDES:
            if ctypes.CDLL(None).prctl(_DROP, capability, 0, 0, 0):
                raise PermissionError("prctl")


def permissions_count(folder: Path) -> str:
    """Why permissions cannot be tried here; empty where they can."""
    closed = folder / "closed"
    closed.mkdir(mode=0o555)
    command = ["touch", str(closed / "x")]
    try:
        done = subprocess.run(command, preexec_fn=as_others, capture_output=True, check=False)
    except (OSError, subprocess.SubprocessError, AttributeError) as error:
        return f"permissions cannot be enforced here: {error}"
    finally:
        with suppress(OSError):
            (closed / "x").unlink()
        closed.rmdir()
    return "" if done.returncode else "permissions are not enforced here"


def no_file_above(size: int) -> None:
    """In a child before it begins: a write beyond so many bytes fails as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[str]:
    """A disk of its own at `folder`; says why there can be none."""
    folder.mkdir()
    size = f"size={megabytes}m"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        yield f"no disk can be mounted here: {error}"
        return
    if done.returncode:
        yield f"no disk can be mounted here: {done.stderr.strip()}"
        return
    try:
        yield ""
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_but(folder: Path, room: int) -> Path:
    """A file that leaves so many bytes of the disk."""
    ballast = folder / "ballast"
    status = os.statvfs(folder)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - room))
    return ballast
