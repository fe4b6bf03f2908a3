"""A day of saves in fast motion: the preview lives on, and does not grow.

    .venv/bin/python -m tests.faults.saving [SAVES [SEED]]

Half of the saves come without a moment of calm between them, so no site is ever finished; in the
other half there is some calm now and then. What it holds is looked at ten times in each half.
"""

import gc
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from dxsite import pipeline
from dxsite.cli.options import Talk
from dxsite.cli.previewing import _Editions
from dxsite.serving import Later, Preview
from tests.conftest import ROOT, TODAY, Desk
from tests.towns import measure

_QUIET = Talk(-1)
_MEASURES = 30
"""So many new files lie there at most; the oldest goes when another comes."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a preview holds after so many saves."""

    saves: int
    files: int
    """New files that lie there at the moment."""
    steps: int
    """Results in its memory."""
    asked: int
    """Names of steps that it counts."""
    blocks: int
    """Pieces of memory that Python has in use."""
    resident: int
    """Bytes of the process, as the system counts them."""

    def __str__(self) -> str:
        return (
            f"{self.saves} saves: {self.files} new files, {self.steps} steps, {self.asked} asked, "
            f"{self.blocks} blocks, {self.resident / 2**20:.1f} MB"
        )


@dataclass
class Saving:
    """A preview and somebody who saves files all the time."""

    desk: Desk
    chance: random.Random
    saves: int = 0
    builds: int = 0
    kept: dict[Path, bytes] = field(default_factory=dict)
    """What each file that people edit says where nobody edited it."""
    new: list[Path] = field(default_factory=list)
    faulty: int = 0

    def __post_init__(self) -> None:
        order = pipeline.Order(
            root=self.desk.root,
            output=self.desk.root / "public",
            today=TODAY,
            base_url="/",
            index=False,
            cards=False,
            gallery=True,
        )
        self.editions = _Editions(order, lambda: TODAY, _QUIET)
        self.preview = Preview(self.editions.next, lambda _: None)
        names = ("content/aoi/measures/forms.yaml", "content/aoi/plan.yaml", "content/site.yaml")
        more = ("templates/measure.html", "templates/base.html", "assets/css/base.css")
        for name in (*names, *more):
            path = self.desk.root / name
            self.kept[path] = path.read_bytes()

    def save(self, *, calm: bool = False) -> None:
        """One save, one build, one look at a page; with `calm` everything is made then."""
        self.saves += 1
        self._edit()
        with StringIO() as nobody, redirect_stderr(nobody):
            self._build(calm=calm)
            assert "Traceback" not in nobody.getvalue(), nobody.getvalue()

    def _build(self, *, calm: bool) -> None:
        later: Later | None = self.preview.rebuild()
        self.faulty += bool(self.preview.findings)
        pages = [name for name in self.preview.files if name.endswith(".html")]
        for name in (*self.chance.sample(pages, k=2), "index.html"):
            assert self.preview.read(name) or self.preview.findings, name
        if calm and later:
            self.preview._finish(later, self.preview.version)

    def _edit(self) -> None:
        path, text = self.chance.choice(list(self.kept.items()))
        match self.chance.randrange(8):
            case 0:
                self._add()
            case 1 if self.new:
                self.new.pop(0).unlink()
            case 2:  # half of it was saved
                path.write_bytes(text[: self.chance.randrange(len(text))])
            case 3 if path.suffix == ".yaml":
                path.write_bytes(text + f"知らない項目{self.saves}: x\n".encode())
            case 4 | 5:
                self.mend()
            case _:
                notes = {".html": "{{# {} #}}", ".css": "/* {} */", ".yaml": "# {}"}
                note = notes[path.suffix].format(self.saves)
                path.write_bytes(text.rstrip() + f"\n{note}\n".encode())

    def mend(self) -> None:
        """Take all edits of old files back."""
        for path, data in self.kept.items():
            path.write_bytes(data)

    def _add(self) -> None:
        path = self.desk.root / f"content/aoi/measures/new-{self.saves}.yaml"
        summary = f"{self.saves}番目に作りました。"
        path.write_text(measure(["online-procedures"], 1, self.saves, summary), "utf-8")
        self.new.append(path)
        if len(self.new) > _MEASURES:
            self.new.pop(0).unlink()

    def held(self) -> Held:
        """What there is after everything that nobody needs is collected."""
        gc.unfreeze()
        gc.collect()
        memory = self.editions.memory
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        resident = pages * resource.getpagesize()
        return Held(
            self.saves,
            len(self.new),
            len(memory._kept),
            len(memory._asked),
            sys.getallocatedblocks(),
            resident,
        )


def half(saving: Saving, saves: int, calm: int) -> Iterator[Held]:
    """So many saves, after every `calm`th of them a moment of calm; 0: never."""
    for number in range(1, saves + 1):
        saving.save(calm=bool(calm) and number % calm == 0)
        if number % max(saves // 10, 1) == 0:
            yield saving.held()


def main(arguments: list[str]) -> int:

    saves, seed = [*map(int, arguments), *(10_000, 20261122)[len(arguments) :]]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("templates", "assets"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copytree(ROOT / "tests/small/content", root / "content")
        saving = Saving(Desk(root), random.Random(seed))
        started = time.monotonic()
        for name, calm in (("without calm", 0), ("with calm", 50)):
            print(name)
            for held in half(saving, saves // 2, calm):
                print(f"  {held}", flush=True)
    print(f"{saving.faulty} saves were told to be faulty, {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
