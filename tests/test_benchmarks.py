"""The benchmark measures what it says: the same towns each time, every process of a tree."""

import sys
import textwrap
from pathlib import Path

import pytest

from tests.benchmarks import processes, projects, tables, tools
from tests.benchmarks.cases import COLD, EDITED, UNCHANGED, Watched
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
        heard, told = os.pipe()
        if os.fork() == 0:
            if os.fork() == 0:
                held = b"x" * 80_000_000
                os.write(told, b"held")
                time.sleep(60)
            os._exit(0)
        os.wait()
        os.read(heard, 4)
        time.sleep(3)
        """
    )
    assert 80 * MB < taken.memory < 110 * MB


def test_what_lasts_too_long_is_ended() -> None:
    taken = run("import time; time.sleep(60)", timeout=0.5)
    assert taken.status == -9
    assert taken.wall < 10


def tool(name: str) -> tools.Tool:
    """One by its name, without asking whether the program is there."""
    ours = {tool.name: tool for tool in tools.our_tools("2026-11-21")}
    return ours.get(name) or tools.peer(name, name, "1.0.0", lambda _: (), lambda *_: (), [])


@pytest.mark.parametrize("name", [projects.FULL, projects.HUGO, projects.ZOLA])
def test_an_edit_adds_one_sentence_or_a_few_words_to_the_title(name: str, tmp_path: Path) -> None:
    projects.lay_out(TINY, tmp_path)
    edited = tool(name)
    place = edited.source.format(plan="town-0001", id="*")
    text = min((tmp_path / name).glob(place)).read_text("utf-8")
    more = edited.say(text, "一文を足します。")
    assert [line for line in more.splitlines() if line.strip() == "一文を足します。"]
    assert len(more.splitlines()) == len(text.splitlines()) + 1
    renamed = edited.rename(text, "（改）").splitlines()
    changed = [line for line, old in zip(renamed, text.splitlines(), strict=True) if line != old]
    assert len(changed) == 1
    assert changed[0].rstrip('"').endswith("（改）")


def taken(wall: float, memory: float) -> list[processes.Taken]:
    return [processes.Taken(wall, wall, int(memory), 0, "")]


def results(size: str, measures: int) -> tables.Results:
    names = (projects.FULL, projects.HUGO)
    return tables.Results(size, size, measures, [tool(name) for name in names], [], "2026-11-21")


def test_bars_are_met_or_missed() -> None:
    small, large = results("M", 3_000), results("L", 53_640)
    small.taken[COLD, projects.FULL] = taken(1, 40e6)
    large.taken = {
        (COLD, projects.FULL): taken(20, 300e6),
        (COLD, projects.HUGO): taken(46, 4.8e9),
        (UNCHANGED, projects.FULL): taken(1.6, 90e6),
        (UNCHANGED, projects.HUGO): taken(40, 4.8e9),
        (EDITED, projects.FULL): taken(1.9, 90e6),
    }
    large.watched[projects.FULL] = Watched([0.05, 0.04], [0.04, 0.03], [0.2], stale=False)
    told = tables.section(large, {"M": small, "L": large})
    rows = [line for line in told.splitlines() if line.endswith(("met |", "missed** |"))]
    assert rows == [
        "| cold, wall, full page ÷ Hugo | ≤ 0.5  | 0.43  | met |",
        "| cold, memory, full page ÷ Hugo | ≤ 0.1  | 0.06  | met |",
        "| nothing changed, fresh process | ≤ 1.5 s | 1.60 s | **missed** |",
        "| nothing changed ÷ Hugo | ≤ 0.03  | 0.04  | **missed** |",
        "| one edit, fresh process | ≤ 2 s | 1.90 s | met |",
        "| one edit inside the preview | ≤ 0.1 s | 0.04 s | met |",
        "| a new title inside the preview, list too | ≤ 0.1 s | 0.20 s | **missed** |",
        "| growth, time per measure, L ÷ M | ≤ 1.2 | 1.12 | met |",
    ]
    assert "| one edit, fresh process ÷ Hugo | ≤ 0.04  | –  | not measured |" in told


def test_a_section_of_the_paper_is_replaced_and_all_else_kept() -> None:
    paper = tables.replaced("# Title\n\nWords\n", "S", "old")
    paper = tables.replaced(paper, "M", "other")
    renewed = tables.replaced(paper, "S", "new")
    assert renewed == paper.replace("old", "new")
    assert renewed.startswith("# Title\n\nWords\n")
