"""The benchmark measures what it says: the same towns each time, every process of a tree."""

import sys
import textwrap
from pathlib import Path

from tests.benchmarks import processes, projects
from tests.benchmarks.towns import PREFECTURES, SIZES, Size, towns
from tests.conftest import ROOT

TINY = Size(2, 3)
MB = 1_000_000


def run(script: str, *, timeout: float = 60) -> processes.Taken:
    command = [sys.executable, "-c", textwrap.dedent(script)]
    return processes.run(command, Path.cwd(), timeout=timeout)


def tree_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_towns_come_out_every_time(tmp_path: Path) -> None:
    projects.lay_out(TINY, tmp_path / "one")
    projects.lay_out(TINY, tmp_path / "other")
    one = tree_of(tmp_path / "one")
    assert len([path for path in one if path.startswith("dxsite/content/town-")]) == 2 * (2 + 3)
    assert one == tree_of(tmp_path / "other")


def test_towns_lie_in_every_prefecture_under_codes_of_their_own() -> None:
    assert sum(count for _, count in PREFECTURES) + len(PREFECTURES) == SIZES["L"].plans
    found = list(towns(Size(100, 1)))
    assert {town.prefecture for town in found} == {name for name, _ in PREFECTURES}
    assert len({town.code for town in found}) == len({town.name for town in found}) == 100


def test_the_towns_build_with_both_pages_and_nothing_is_found(tmp_path: Path) -> None:
    projects.lay_out(TINY, tmp_path)
    for name in (projects.FULL, projects.SMALL):
        command = [sys.executable, "-m", "dxsite", "build", "-C", str(tmp_path / name)]
        command += ["--no-index", "--no-cards", "--strict", "--date", "2026-11-21"]
        taken = processes.run(command, ROOT, timeout=100)
        assert taken.status == 0, taken.said
        pages = tmp_path / name / "public" / "town-0001" / "measures"
        assert len(list(pages.glob("*/index.html"))) == 3


def test_a_run_knows_the_memory_and_the_time_of_all_processes() -> None:
    """A parent and two children hold 60 MB each; the pages that they share count once."""
    taken = run(
        """
        import os, time
        shared = b"x" * 60_000_000
        children = []
        for _ in range(2):
            if (child := os.fork()) == 0:
                own = b"x" * 60_000_000
                ended = time.process_time() + 0.3
                while time.process_time() < ended: pass
                time.sleep(1)
                os._exit(0)
            children.append(child)
        for child in children: os.waitpid(child, 0)
        print("ended")
        """
    )
    assert taken.status == 0
    assert taken.said == "ended\n"
    assert 180 * MB < taken.memory < 215 * MB
    assert taken.processor > 0.6


def test_a_process_that_leaves_its_parent_still_counts() -> None:
    taken = run(
        """
        import os, time
        if os.fork() == 0:
            if os.fork() == 0:
                held = b"x" * 80_000_000
                time.sleep(30)
            os._exit(0)
        os.wait()
        time.sleep(1.5)
        """
    )
    assert 80 * MB < taken.memory < 110 * MB


def test_what_lasts_too_long_is_ended() -> None:
    taken = run("import time; time.sleep(60)", timeout=0.5)
    assert taken.status == -9
    assert taken.wall < 10
