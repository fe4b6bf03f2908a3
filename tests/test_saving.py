"""A preview in which people save all the time neither grows nor ends; see faults/saving.py."""

import random
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from dxsite import pipeline
from dxsite.cli import previewing
from dxsite.cli.options import Talk
from dxsite.diagnostics import Report
from tests.conftest import ROOT, Desk
from tests.faults.saving import Saving


@pytest.fixture
def saving(tmp_path: Path) -> Saving:
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests/small/content", tmp_path / "content")
    return Saving(Desk(tmp_path), random.Random(20261122))


def numbers(saving: Saving) -> set[int]:
    """Of the new files, those of which the memory still holds something."""
    memory = saving.editions.memory
    names = " ".join((*memory._kept, *memory._asked))
    return {int(number) for number in re.findall(r"new-(\d+)", names)}


def test_what_is_gone_is_forgotten_though_no_moment_is_calm(
    saving: Saving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "_ROUND", 10)
    for _ in range(60):
        saving.save()
    made = len(list((saving.desk.root / "content/aoi/measures").glob("new-*")))
    for path in saving.new:
        path.unlink()
    saving.new.clear()
    assert made
    assert numbers(saving)
    for _ in range(24):  # to the end of this round, then a whole one
        saving.saves += 1
        saving.preview.rebuild()
    assert numbers(saving) == set()


def test_after_many_saves_the_preview_shows_what_a_clean_build_makes(saving: Saving) -> None:
    for number in range(40):
        saving.save(calm=number % 8 == 7)
    saving.mend()
    later = saving.preview.rebuild()
    assert not saving.preview.findings
    assert later
    saving.preview._finish(later, saving.preview.version)
    built = pipeline.make(saving.editions.order, Report(), lambda _: None)
    assert built
    assert {a.path: a.data for a in built.artifacts} == dict(saving.preview.files)


def test_a_fault_of_ours_is_told_and_the_preview_lives_on(
    saving: Saving, capsys: pytest.CaptureFixture[str]
) -> None:
    def never() -> date:
        raise ZeroDivisionError("our own")

    editions = previewing._Editions(saving.editions.order, never, Talk(-1))
    assert "ZeroDivisionError: our own" in editions.next().findings[0].message
    assert "Traceback" in capsys.readouterr().err
    editions.today = saving.editions.today
    assert editions.next().files
