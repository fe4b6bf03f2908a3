"""A publication touches what changed, and nobody ever sees half of it."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dxsite.assets import Artifact
from dxsite.faults import Fault
from dxsite.publishing import MANIFEST, Publication, Published, publish, publish_file
from tests.conftest import Desk


def put(output: Path, *, clean: bool = False, **files: str) -> Published:
    """Publish small files; in their names `__` stands for `/` and `_` for `.`."""
    names = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    return publish([Artifact(n, t.encode()) for n, t in names.items()], output, clean=clean)


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, the manifest aside."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != MANIFEST)
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in files}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_the_folder_holds_exactly_the_artifacts(output: Path) -> None:
    assert put(output, a="1", b__c_html="2") == Published(written=2, kept=0, removed=0)
    assert tree(output) == {"a": "1", "b/c.html": "2"}


def test_a_file_that_did_not_change_is_not_touched(output: Path) -> None:
    put(output, a="1", b="2")
    before = (output / "a").stat()
    assert put(output, a="1", b="3") == Published(written=1, kept=1, removed=0)
    after = (output / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_file_that_changed_is_replaced_as_a_whole(output: Path) -> None:
    """Who still reads the old file reads it to its end."""
    put(output, a="old " * 10_000)
    with (output / "a").open(encoding="utf-8") as reader:
        assert reader.read(4) == "old "
        put(output, a="new")
        assert reader.read() == "old " * 9_999
    assert (output / "a").read_text("utf-8") == "new"


def test_clean_writes_everything_anew(output: Path) -> None:
    put(output, a="1")
    before = (output / "a").stat().st_ino, (output / "a").stat().st_mtime_ns
    assert put(output, clean=True, a="1").written == 1
    assert ((output / "a").stat().st_ino, (output / "a").stat().st_mtime_ns) != before


def test_what_is_no_longer_published_goes_with_its_empty_folders(output: Path) -> None:
    put(output, a="1", b__c__d_html="2", b__e_html="3")
    assert put(output, a="1", b__e_html="3").removed == 1
    assert not (output / "b" / "c").exists()
    put(output, a="1")
    assert [p.name for p in output.iterdir() if p.name != MANIFEST] == ["a"]


def test_what_others_put_there_stays(output: Path) -> None:
    put(output, a="1", b__c="2")
    (output / "b" / "CNAME").write_text("example.org", "utf-8")
    put(output, a="1")
    assert tree(output) == {"a": "1", "b/CNAME": "example.org"}


def test_a_folder_that_dxsite_did_not_make_is_refused_and_left_as_it_is(output: Path) -> None:
    output.mkdir()
    (output / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(Fault, match="dxsite が作ったものではない"):
        put(output, thesis_txt="yours")
    assert tree(output) == {"thesis.txt": "mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(output: Path) -> None:
    output.write_text("mine", "utf-8")
    with pytest.raises(Fault):
        put(output, a="1")
    assert output.read_text("utf-8") == "mine"


def test_an_empty_folder_is_taken(output: Path) -> None:
    output.mkdir()
    assert put(output, a="1").written == 1


@pytest.mark.parametrize("line", ["../victim", "/victim", "a/../../victim", "link/victim"])
def test_a_forged_manifest_removes_nothing_outside(output: Path, line: str) -> None:
    victim = output.parent / "victim"
    victim.write_text("mine", "utf-8")
    put(output, a="1")
    (output / "link").symlink_to(output.parent)
    path = line.replace("/victim", str(victim)) if line == "/victim" else line
    (output / MANIFEST).write_text(f"a\n{path}\n", "utf-8")
    put(output, b="2")
    assert victim.read_text("utf-8") == "mine"
    assert not (output / "a").exists()


def test_a_manifest_of_garbage_is_no_obstacle(output: Path) -> None:
    put(output, a="1")
    (output / MANIFEST).write_bytes(b"\xff\xfe\0\n\n")
    put(output, a="2")
    assert (output / "a").read_text("utf-8") == "2"


@pytest.mark.parametrize("steps", range(6))
def test_a_run_killed_at_any_step_leaves_no_torn_file_and_the_next_one_repairs_the_rest(
    output: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    put(output, a="old", b="old", gone="old")
    real, moves = os.replace, 0

    def killed(new: str, target: str) -> None:
        nonlocal moves
        moves += 1
        if moves > steps:
            raise KeyboardInterrupt
        real(new, target)

    with monkeypatch.context() as power_cut:
        power_cut.setattr(os, "replace", killed)
        try:
            put(output, a="new", b="new", fresh__c="new")
        except KeyboardInterrupt:
            seen = {name: text for name, text in tree(output).items() if "dxsite" not in name}
            assert seen.keys() <= {"a", "b", "gone", "fresh/c"}
            assert set(seen.values()) <= {"old", "new"}
    put(output, a="newer")
    assert tree(output) == {"a": "newer"}


def test_a_first_run_killed_at_once_does_not_lock_the_folder(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: str, __: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power_cut:
        power_cut.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            put(output, a="1")
    put(output, a="1")
    assert tree(output) == {"a": "1"}


def test_what_killed_builds_left_on_its_way_goes(output: Path) -> None:
    """Even where another process has their number by now."""
    put(output, a="1")
    dead, other = output / ".dxsite-new-999999999", output / f".dxsite-new-{os.getppid()}"
    for folder in (dead, other):
        folder.mkdir()
        (folder / "-0").write_text("half", "utf-8")
    put(output, a="2")
    assert [path.name for path in sorted(output.iterdir())] == [MANIFEST, "a"]


def test_two_publications_into_one_folder_come_one_after_the_other(output: Path) -> None:
    """The second looks anew at what the first left, and so it is whole."""
    put(output, a="old", b="old")
    said: list[str] = []
    with ThreadPoolExecutor() as beside:
        with Publication(output) as first:
            spooled = first.spool([Artifact("a", b"1"), Artifact("c", b"1")])
            two = [Artifact("a", b"old"), Artifact("b", b"2")]
            second = beside.submit(publish, two, output, said.append, clean=False)
            while not said:
                time.sleep(0.01)
            first.publish(spooled)
            assert tree(output) == {"a": "1", "c": "1"}
        assert second.result(30) == Published(written=2, kept=0, removed=1)
    assert tree(output) == {"a": "old", "b": "2"}
    assert "待っています" in said[0]


def test_a_folder_that_cannot_be_made_is_told_before_the_first_file_moves(output: Path) -> None:
    put(output, a="old", b="old")
    (output / "c").write_text("in the way", "utf-8")
    with pytest.raises(Fault):
        put(output, a="new", b="new", c__d="new")
    assert tree(output) == {"a": "old", "b": "old", "c": "in the way"}


def test_a_zip_that_a_killed_build_left_half_written_goes(tmp_path: Path) -> None:
    output = tmp_path / "offline.zip"
    (tmp_path / "offline.zip.dxsite-new-999999999").write_bytes(b"half")
    running = tmp_path / f"offline.zip.dxsite-new-{os.getppid()}"
    running.write_bytes(b"half")
    publish_file(b"whole", output)
    assert sorted(tmp_path.iterdir()) == [output, running]


def test_a_full_disk_is_told_as_a_fault_of_the_house(output: Path) -> None:
    output.symlink_to("/proc/self/nowhere" if os.path.exists("/proc") else "/nowhere/at/all")  # noqa: PTH110
    with pytest.raises(Fault) as told:
        put(output, a="1")
    assert "空き容量" in told.value.hint


def test_a_build_with_faults_changes_nothing(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    assert desk.build() is not None
    before = {p: p.stat().st_mtime_ns for p in (desk.root / "public").rglob("*")}
    desk.write("aoi/measures/forms.yaml", "名称：申請")
    assert desk.build() is None
    assert {p: p.stat().st_mtime_ns for p in (desk.root / "public").rglob("*")} == before


def test_a_build_without_changes_writes_nothing(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    built = desk.build()
    assert built is not None
    assert publish(built.artifacts, desk.root / "public", clean=False).written == 0
