"""Reads the history of the content: one pass for all files."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

from dxsite.provenance import UNKNOWN, Past, Provenance, Revision
from dxsite.revisions import git_says
from dxsite.sources import CONTENT

_JAPAN = timezone(timedelta(hours=9))
_HEAD = "\x01"
"""Begins a commit in the log: no path begins so."""


def read_provenance(root: Path, revision: str | None = None) -> Provenance:
    """What git tells of `root/content`, as it lies there or as of a revision.

    1. The history is that of the branch itself: what a merge brought counts as changed by the
       merge, so that what came and went within a proposal was never there.
    2. Of a shallow clone, the oldest commits seem to have made all that they hold; a file of which
       only they tell has no revision.
    3. Where there is no repository, nothing is asked of git at all; with one, four questions are
       for all files together.
    """
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        return UNKNOWN
    where = git_says(root, "rev-parse", "--git-path", "shallow")
    log = _log(root, revision or "HEAD")
    if where is None or log is None:  # no commit yet, or git is not there
        return UNKNOWN
    changed = None
    if revision is None:
        changed = git_says(root, "status", "--porcelain=v1", "-z", "-uall", "--", f"{CONTENT}/")
    prefix = git_says(root, "rev-parse", "--show-prefix") or b""
    touched = set(_touched(changed or b"", os.fsdecode(prefix.strip())))
    shallow = _lines(root / os.fsdecode(where.strip()))
    return _provenance(_entries(os.fsdecode(log)), touched, shallow)


def _log(root: Path, revision: str) -> bytes | None:
    """Every commit with the files that it touched; those that only moved are found by likeness, or
    where a partial clone holds too little for that, by being the same."""
    for like in ("-M", "-M100%"):
        log = git_says(
            root,
            *("-c", "diff.renameLimit=2000", "log", "--first-parent", "-m", "--name-status", "-z"),
            *(like, "--relative", f"--format={_HEAD}%H %ct", revision, "--", f"{CONTENT}/"),
        )
        if log is not None:
            return log
    return None


def _lines(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text("ascii").split())
    except OSError:  # the whole history is there
        return frozenset()


def _touched(status: bytes, prefix: str) -> Iterator[str]:
    """The files that differ from the last commit; git names them from the repository's root."""
    fields = iter(os.fsdecode(status).split("\0"))
    for field in fields:
        if len(field) > 3:
            yield field[3:].removeprefix(prefix)
            if field[0] in "RC":
                yield next(fields, "").removeprefix(prefix)


def _entries(log: str) -> Iterator[tuple[Revision, str, str, str]]:
    """(revision, what was done, to which file, what it is called since); the newest first."""
    revision = Revision("", "")
    fields = iter(log.split("\0"))
    for field in fields:
        sign = field.lstrip("\n")
        if sign.startswith(_HEAD):
            commit, _, seconds = sign[1:].partition(" ")
            moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(_JAPAN)
            revision = Revision(commit, moment.date().isoformat())
        elif sign:
            path = next(fields, "")
            yield revision, sign[0], path, next(fields, "") if sign[0] in "RC" else path


def _provenance(
    entries: Iterator[tuple[Revision, str, str, str]], touched: set[str], shallow: frozenset[str]
) -> Provenance:
    revisions: dict[str, dict[str, Revision]] = {}
    gone: dict[str, dict[str, str | None]] = {}
    moved: dict[str, str] = {}
    seen: set[str] = set()
    for revision, sign, path, now in entries:
        slug, name = _split(now)
        if slug and now not in seen:
            seen.add(now)
            if sign != "D" and now not in touched and revision.commit not in shallow:
                revisions.setdefault(slug, {})[name] = revision
        if sign in "DR":
            (slug, name), (folder, new) = _split(path), _split(now)
            seen.add(path)
            same = sign == "R" and folder == slug
            gone.setdefault(slug, {}).setdefault(name, new if same else None)
            if sign == "R" and name == new == "plan.yaml":
                moved.setdefault(slug, folder)
    return Provenance(
        {
            slug: Past(revisions.get(slug, {}), gone.get(slug, {}), moved.get(slug))
            for slug in sorted({*revisions, *gone} - {""})
        }
    )


def _split(path: str) -> tuple[str, str]:
    """(folder of a plan, file below it); no folder where a file belongs to no plan."""
    parts = PurePosixPath(path).parts
    if len(parts) < 3 or parts[0] != CONTENT or parts[1] == "pages" or parts[1][0] in ".~":
        return "", path
    return parts[1], "/".join(parts[2:])
