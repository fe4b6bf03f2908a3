"""The same towns as four projects: dxsite with its full and its smaller page, Hugo, Zola.

.venv/bin/python -m tests.benchmarks.projects M FOLDER
"""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.content import Content
from tests.benchmarks.peercontent import HugoContent, ZolaContent
from tests.benchmarks.towns import SIZES, Size, towns
from tests.conftest import ROOT

FULL, SMALL, HUGO, ZOLA = "dxsite", "dxsite-small", "hugo", "zola"
_PEERS = Path(__file__).resolve().parent / "peers"
_OWN = ("themes.yaml", "site.yaml", "search.yaml", "pages")
"""What of the repository's own `content/` is of no plan."""


def lay_out(size: Size, folder: Path, told: Callable[[int], None] = lambda _: None) -> None:
    """All four below `folder`; `told` hears of the number of each plan as it is written."""
    content = folder / FULL / "content"
    writers = (
        Content(content),
        HugoContent(folder / HUGO / "content"),
        ZolaContent(folder / ZOLA / "content"),
    )
    for number, town in enumerate(towns(size), start=1):
        for writer in writers:
            writer.write(town)
        told(number)
    for name in _OWN:
        _copy(ROOT / "content" / name, content / name)
    _copy(ROOT / "templates", folder / FULL / "templates")
    _copy(ROOT / "assets", folder / FULL / "assets")
    _lay_out_small(folder / SMALL, content)
    for name in (HUGO, ZOLA):
        shutil.copytree(_PEERS / name, folder / name, dirs_exist_ok=True)
        (folder / name / "static").mkdir()
        _copy(_PEERS / "site.css", folder / name / "static" / "site.css")


def lay_out_own(folder: Path) -> None:
    """The repository's own content, for dxsite only."""
    for name in ("content", "templates", "assets"):
        _copy(ROOT / name, folder / FULL / name)


def _lay_out_small(project: Path, content: Path) -> None:
    """The same content with smaller templates; a page that peers do not have is a bare frame."""
    shutil.copytree(_PEERS / FULL, project / "templates")
    for template in (ROOT / "templates").glob("*.html"):
        own = project / "templates" / template.name
        if not own.exists():
            own.write_text('{% extends "base.html" %}\n', "utf-8")
    _copy(ROOT / "assets", project / "assets")
    (project / "content").symlink_to(content)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


class Telling:
    """Says on stderr how many plans are written, twice a second."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._started = self._said = time.monotonic()

    def __call__(self, number: int) -> None:
        """`number` plans are written."""
        now = time.monotonic()
        if now - self._said >= 0.5 or number == self._size.plans:
            self._said = now
            text = f"  {number} of {self._size.plans} plans, {now - self._started:.0f} s"
            print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Write the projects of a size."""
    size = SIZES[sys.argv[1]]
    lay_out(size, Path(sys.argv[2]), Telling(size))


if __name__ == "__main__":
    main()
