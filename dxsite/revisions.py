"""Reads the content of a git revision or of a folder."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dxsite.calling import command
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.positions import Place
from dxsite.sources import CONTENT, Source, is_ours, is_small, read_sources, shown

_FILES = frozenset({"100644", "100755"})
_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What a hook sets for its own repository; the folder named by -C decides instead."""


_Done = subprocess.CompletedProcess[bytes]


@dataclass(frozen=True, slots=True)
class _Blob:
    """One file of a revision, not yet read."""

    path: str
    mode: str
    oid: str
    size: int


def read_side(name: str | None, root: Path, report: Report) -> tuple[Source, ...]:
    """The content that `name` means, by path.

    A folder that holds `content/` is read as it lies there; any other name is a revision of the
    repository at `root`, read from its objects: nothing is checked out or written. None means
    the files at `root` as they are now.
    """
    if name is None:
        return read_sources(root, report)
    if name and (Path(name) / CONTENT).is_dir():
        return read_sources(Path(name), report)
    return _read_revision(name, root, report)


def git_says(root: Path, *arguments: str) -> bytes | None:
    """What git answers to a question that it may be unable to answer; None then.

    What a partial clone left out is not fetched: nothing asks the network during a build.
    """
    try:
        done = _git(root, "-c", "protocol.allow=never", *arguments)
    except Fault:
        return None
    return None if done.returncode else done.stdout


def _read_revision(name: str, root: Path, report: Report) -> tuple[Source, ...]:
    oid = _resolved(name, root)
    blobs = [blob for blob in _listed(oid, root) if _is_ours(blob, report)]
    return tuple(_read(blobs, root))


def _resolved(name: str, root: Path) -> str:
    """The folder of files that a revision names; a name that begins with - can name none."""
    if not name or name.startswith("-"):
        raise _unknown(name, root)
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if done.returncode == 0:
        tree = f"{done.stdout.decode().strip()}^{{tree}}"
        done = _git(root, "rev-parse", "--verify", "--quiet", tree)
    if done.returncode == 0:
        return done.stdout.decode().strip()
    if _git(root, "rev-parse", "--git-dir").returncode == 0:
        raise _unknown(name, root)
    raise Fault(
        f"「{shown(name)}」は、content を含むフォルダーではありません。"
        f"「{root}」は git のリポジトリとして読めません。{_words_of_git(done)}",
        "content を含むフォルダーを二つ指定するか、-C でリポジトリのフォルダーを指定してください。",
    )


def _unknown(name: str, root: Path) -> Fault:
    if ".." in name:
        parts = " ".join(part for part in name.replace("...", "..").split("..") if part)
        hint = f"「{command('diff', shown(parts))}」のように、空白で分けてください。"
    elif Path(name).is_dir():
        hint = f"フォルダーを比べるには、中に {CONTENT} があるフォルダーを指定してください。"
    elif _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        hint = (
            "このリポジトリには新しい履歴しかありません。「git fetch --unshallow」で残りを取ってから、"
            "もう一度実行してください（GitHub Actions では checkout に fetch-depth: 0）。"
        )
    else:
        hint = "コミット、ブランチ、タグの名前か、content を含むフォルダーを指定してください。"
    return Fault(f"「{shown(name)}」という版もフォルダーも見つかりません。", hint)


def _listed(oid: str, root: Path) -> Iterator[_Blob]:
    """The files below `content/`, in the order of their names; folders are not followed out."""
    done = _git(root, "ls-tree", "-r", "-z", "-l", oid, "--", f"{CONTENT}/")
    if done.returncode:
        raise _broken(done)
    for line in done.stdout.split(b"\0"):
        if line:
            facts, _, path = line.partition(b"\t")
            mode, _, oid_, size = facts.decode().split()
            bytes_ = int(size) if size.isdecimal() else 0
            yield _Blob(os.fsdecode(path), mode, oid_, bytes_)


def _is_ours(blob: _Blob, report: Report) -> bool:
    """Whether a file counts; by the rules of `sources`, so that both sides are read alike."""
    link = blob.mode not in _FILES
    if not is_ours(PurePosixPath(blob.path), report, link=link):
        return False
    if link:
        report.error(
            Place(blob.path),
            "unreadable-file",
            "ファイルを開けません（ほかの場所を指すリンクです）。",
            "リンクではなく、ファイルそのものを置いてください。",
        )
        return False
    return is_small(Place(blob.path), blob.size, report)


def _read(blobs: list[_Blob], root: Path) -> Iterator[Source]:
    """The bytes of all files, asked for at once; sorted as the files of a folder are."""
    asked = "".join(f"{blob.oid}\n" for blob in blobs).encode()
    done = _git(root, "cat-file", "--batch", given=asked)
    if done.returncode:
        raise _broken(done)
    rest, found = done.stdout, []
    for blob in blobs:
        head, _, rest = rest.partition(b"\n")
        if not head.endswith(f" blob {blob.size}".encode()):
            raise Fault(
                f"「{blob.path}」の中身が、このリポジトリにありません。",
                "「git fetch --refetch」で履歴を取り直してから、もう一度実行してください。",
            )
        found.append(Source(blob.path, rest[: blob.size]))
        rest = rest[blob.size + 1 :]
    yield from sorted(found, key=lambda source: PurePosixPath(source.path).parts)


def _git(root: Path, *arguments: str, given: bytes = b"") -> _Done:
    """What git answers about the repository at `root`; only commands that read."""
    environment = {k: v for k, v in os.environ.items() if k not in _HOOKS}
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise Fault(
            "git がありません。版を比べるには git が必要です。",
            "git をインストールするか、content を含むフォルダーを二つ指定してください。",
        ) from None


def _words_of_git(done: _Done) -> str:
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"（git: {said[0]}）" if said else ""


def _broken(done: _Done) -> Fault:
    return Fault(
        f"git で内容を読めません。{_words_of_git(done)}",
        "リポジトリが壊れていないか、「git fsck」で確かめてください。",
    )
