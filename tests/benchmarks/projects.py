"""The same towns as projects: dxsite with its full and its smaller page, Hugo, Zola.

.venv/bin/python -m tests.benchmarks.projects M FOLDER
"""

import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.content import Content
from tests.benchmarks.peercontent import HugoContent, ZolaContent
from tests.benchmarks.towns import SIZES, Size, town_of
from tests.conftest import ROOT

Writer = Content | HugoContent | ZolaContent

FULL, SMALL, INDEXED, HUGO, ZOLA = "dxsite", "dxsite-small", "dxsite-index", "hugo", "zola"
_PEERS = Path(__file__).resolve().parent / "peers"
_OWN = ("themes.yaml", "site.yaml", "search.yaml", "pages")
"""What of the repository's own `content/` is of no plan."""


_MANY = 50
"""Plans from which on it is worth starting processes."""


def lay_out(size: Size, folder: Path, told: Callable[[int], None] = lambda _: None) -> None:
    """All of them below `folder`; `told` hears of the number of each plan as it is written."""
    write_towns(size, folder, told)
    dress(folder)


def write_towns(size: Size, folder: Path, told: Callable[[int], None]) -> None:
    """The content of every project, as many towns at a time as there are processors."""
    content = folder / FULL / "content"
    writers = (
        Content(content),
        HugoContent(folder / HUGO / "content"),
        ZolaContent(folder / ZOLA / "content"),
    )
    write = partial(_write_town, size, writers)
    if size.plans < _MANY:
        for number in range(size.plans):
            write(number)
            told(number + 1)
    else:
        with get_context("spawn").Pool() as pool:
            for done, _ in enumerate(pool.imap_unordered(write, range(size.plans), 8), start=1):
                told(done)
    for name in (SMALL, INDEXED):  # the same files: what is remembered of them lies elsewhere
        (folder / name).mkdir()
        (folder / name / "content").symlink_to(content.resolve())


def _write_town(size: Size, writers: tuple[Writer, ...], number: int) -> None:
    town = town_of(number, size)
    for writer in writers:
        writer.write(town)


def dress(folder: Path) -> None:
    """Everything but the towns, as it is in the repository now."""
    for name in _OWN:
        _copy(ROOT / "content" / name, folder / FULL / "content" / name)
    for project in (FULL, SMALL, INDEXED):
        _copy(ROOT / "assets", folder / project / "assets")
    for project in (FULL, INDEXED):
        _copy(ROOT / "templates", folder / project / "templates")
    _copy_small(folder / SMALL / "templates")
    for project in (HUGO, ZOLA):
        for source in (_PEERS / project).iterdir():
            _copy(source, folder / project / source.name)
        _copy(_PEERS / "site.css", folder / project / "static" / "site.css")


def lay_out_own(folder: Path) -> None:
    """The repository's own content, for dxsite only."""
    for project in (FULL, INDEXED):
        for name in ("content", "templates", "assets"):
            _copy(ROOT / name, folder / project / name)


def _copy_small(templates: Path) -> None:
    """The smaller templates; a page that peers do not have is a bare frame."""
    _copy(_PEERS / FULL, templates)
    for template in (ROOT / "templates").glob("*.html"):
        own = templates / template.name
        if not own.exists():
            own.write_text('{% extends "base.html" %}\n', "utf-8")


def _copy(source: Path, target: Path) -> None:
    """`target` becomes what `source` is, whatever was there before."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


class Telling:
    """Says on stderr how many plans are written, every other second."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._started = self._said = time.monotonic()

    def __call__(self, number: int) -> None:
        """`number` plans are written."""
        now = time.monotonic()
        if now - self._said >= 2 or number == self._size.plans:
            self._said = now
            text = f"  {number} of {self._size.plans} plans, {now - self._started:.0f} s"
            print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Write the projects of a size."""
    size = SIZES[sys.argv[1]]
    lay_out(size, Path(sys.argv[2]), Telling(size))


if __name__ == "__main__":
    main()
