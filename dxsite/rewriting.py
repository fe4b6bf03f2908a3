"""Replaces a content file so that nobody sees half of it; places and removes whole ones."""

import shutil
from pathlib import Path

from dxsite.faults import Fault
from dxsite.sources import Source


def rewrite(root: Path, before: Source, data: bytes) -> None:
    """Put `data` in the place of a file below `root`, at one stroke; its permissions stay.

    A Fault, and the file as it is, where it cannot be written or was saved since it was read.
    """
    path = (root / before.path).resolve()
    new = path.with_name(f".{path.name}.dxsite-new")
    try:
        if path.read_bytes() != before.data:
            raise Fault(
                f"「{before.path}」は、読み込んだあとで書き換えられました。",
                "ほかの人やエディターが保存し終えてから、もう一度実行してください。",
            )
        new.write_bytes(data)
        shutil.copymode(path, new)
        new.replace(path)
    except OSError as error:
        raise Fault(
            f"「{before.path}」に書き込めません（{error.strerror}）。",
            "空き容量と書き込みの権限を確かめて、もう一度実行してください。",
        ) from error
    finally:
        new.unlink(missing_ok=True)


def place(root: Path, name: str, data: bytes) -> None:
    """Put a new file below `root`; a Fault where there is one already or it cannot be written."""
    path = root / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise Fault(
            f"「{name}」を作れません（{error.strerror}）。",
            "同じ名前のファイルがないか、書き込みの権限があるかを確かめてください。",
        ) from error


def remove(root: Path, before: Source) -> None:
    """Take a file away, unless it was saved since it was read."""
    path = root / before.path
    try:
        if path.read_bytes() != before.data:
            raise Fault(
                f"「{before.path}」は、読み込んだあとで書き換えられました。",
                "ほかの人やエディターが保存し終えてから、もう一度実行してください。",
            )
        path.unlink()
    except OSError as error:
        raise Fault(
            f"「{before.path}」を消せません（{error.strerror}）。",
            "書き込みの権限を確かめて、もう一度実行してください。",
        ) from error
