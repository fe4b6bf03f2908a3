"""A repository with two states of its content, and real builds of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dxsite import pipeline
from dxsite.diagnostics import Report
from dxsite.publishing import MANIFEST
from dxsite.site import Limits, areas
from tests.conftest import ROOT, TODAY, Desk
from tests.faults.divided import LIMITS
from tests.towns import fill, measure

Tree = Mapping[str, bytes]
OLD, NEW = "old", "new"
_LONG_AGO = 1_600_000_000
"""Files that changed within the last two seconds are not trusted; ours look older than that."""


@dataclass
class Place:
    """Content in one of two states, an output, and what a clean build makes of each state."""

    folder: Path
    module: str = "dxsite"
    """Which is run for a build."""
    limits: Limits = areas.LIMITS
    jobs: int = 2
    expected: dict[str, Tree] = field(default_factory=dict)
    _time: int = _LONG_AGO

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def output(self) -> Path:
        return self.folder / "public"

    def turn(self, state: str) -> None:
        """Bring the content into a state; what differs gets a new time, long ago."""
        self._time += 10
        wanted = files_of(self.folder / state)
        there = files_of(self.root / "content")
        for path in there.keys() - wanted.keys():
            (self.root / "content" / path).unlink()
        for path, data in wanted.items():
            if there.get(path) != data:
                target = self.root / "content" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                os.utime(target, (self._time, self._time))

    def start(self, *more: str, **options: Any) -> "subprocess.Popen[str]":
        """A build of its own group of processes."""
        arguments = ["build", "-C", self.root, "-o", self.output, "--no-index", "--no-cards"]
        when = ["--date", TODAY.isoformat(), "-j", str(self.jobs)]
        # Python may keep what it compiled: that is a third of a small build.
        ours = {"DXSITE_ROOT": "", "PYTHONDONTWRITEBYTECODE": ""}
        settings = {"start_new_session": True, "env": {**os.environ, **ours}, **options}
        return subprocess.Popen(
            [sys.executable, "-m", self.module, *map(str, arguments), *when, *more],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **settings,
        )

    def build(self, *more: str, **options: Any) -> tuple[int, str]:
        """Exit code, and everything that was said."""
        process = self.start(*more, **options)
        out, err = process.communicate(timeout=300)
        return process.returncode, out + err

    def moved_to(self, folder: Path) -> "Place":
        """A copy of it elsewhere."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def published(self) -> dict[str, bytes]:
        """Every file of the output but what is dxsite's own."""
        return {p: d for p, d in files_of(self.output).items() if not p.startswith(".dxsite-")}

    def torn(self) -> list[str]:
        """What is neither the old nor the new file, or is missing although it is in both."""
        old, new = self.expected[OLD], self.expected[NEW]
        there = self.published()
        wrong = [p for p, data in there.items() if data not in (old.get(p), new.get(p))]
        return wrong + [f"missing: {p}" for p in old.keys() & new.keys() if p not in there]

    def unlike(self, state: str) -> list[str]:
        """What differs from a clean build of a state; what is left over in output and cache."""
        there, wanted = self.published(), self.expected[state]
        wrong = [p for p in there.keys() | wanted.keys() if there.get(p) != wanted.get(p)]
        wrong += [f"left: {p.name}" for p in self.output.glob(".dxsite-*") if p.name != MANIFEST]
        wrong += [
            f"empty: {p}" for p in self.output.rglob("*") if p.is_dir() and not any(p.iterdir())
        ]
        listed = (self.output / MANIFEST).read_text("utf-8").split()
        wrong += [f"listed: {p}" for p in {*listed} ^ {*wanted}]
        site = self.root / ".dxsite-cache/site"
        return wrong + [f"left: {p}" for p in site.rglob("*") if p.suffix[1:].isdecimal()]

    def rebuilt(self, state: str) -> list[str]:
        """What differs from a clean build after the next one."""
        code, said = self.build()
        return [f"exit {code}: {said}"] if code else self.unlike(state)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def small(folder: Path) -> Place:
    """One plan, built by one process."""
    return _place(folder, lambda _: None, Place(folder))


def divided(folder: Path, prefectures: tuple[str, ...] = ("yamagata", "gifu")) -> Place:
    """Few towns as if they were many, built area by area in two processes.

    The first prefecture has two areas, each other one.
    """

    def towns(desk: Desk) -> None:
        fill(desk, {name: 1 if number else 3 for number, name in enumerate(prefectures)}, 1)

    return _place(folder, towns, Place(folder, "tests.faults.divided", LIMITS))


def many(folder: Path) -> Place:
    """So many towns that every build divides them."""

    def towns(desk: Desk) -> None:
        fill(desk, {"yamagata": 2, "tokyo": 24}, 1)

    return _place(folder, towns, Place(folder))


def _place(folder: Path, begin: Callable[[Desk], None], place: Place) -> Place:
    for state in (OLD, NEW):
        desk = Desk(folder / f"desk-{state}")
        shutil.copytree(ROOT / "tests/small/content", desk.root / "content")
        begin(desk)
        if state == NEW:
            _edit(desk)
        (desk.root / "content").rename(folder / state)
        shutil.rmtree(desk.root)
    place.root.mkdir()
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, place.root / name)
    for state in (NEW, OLD):
        place.turn(state)
        report = Report()
        order = pipeline.Order(
            root=place.root, output=place.output, today=TODAY, index=False, cards=False
        )
        made = pipeline.make(replace(order, limits=place.limits), report, lambda _: None)
        assert made, report.findings
        place.expected[state] = {one.path: one.data for one in made.artifacts}
    shutil.rmtree(place.root / ".dxsite-cache", ignore_errors=True)
    alone = replace(order, limits=place.limits, jobs=1)
    assert pipeline.build(alone, Report(), lambda _: None)
    assert place.unlike(OLD) == []
    return place


def _edit(desk: Desk) -> None:
    """A new name of the site, which every page says; a measure comes, a page goes."""
    site = desk.root / "content/site.yaml"
    text = site.read_text("utf-8")
    site.write_text(text.replace("小さなサイト", "新しいサイト"), "utf-8")
    first = min(path for path in (desk.root / "content").iterdir() if (path / "measures").exists())
    desk.write(f"{first.name}/measures/another.yaml", measure(["online-procedures"], 1, 7))
    glossary = first / "glossary.yaml"
    text = glossary.read_text("utf-8")
    glossary.write_text(text.replace("説明: |\n", "説明: |\n      新しい説明です。\n", 1), "utf-8")
