"""A large catalogue, built area by area in several processes, is what one process makes of it."""

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dxsite import pipeline, spooling
from dxsite.assets import Artifact, Joined
from dxsite.diagnostics import Report
from dxsite.publishing import MANIFEST
from dxsite.site import Limits
from tests.conftest import TODAY, Desk
from tests.towns import fill, keep_revision

LIMITS = Limits(whole=3, area=2)
PREFECTURES = {"yamagata": 3, "gifu": 1}


def order(desk: Desk, **options: object) -> pipeline.Order:
    settings = {
        "index": False,
        "cards": False,
        "limits": LIMITS,
        "today": TODAY,
        "jobs": 1,
        **options,
    }
    return pipeline.Order(root=desk.root, output=desk.root / "public", **settings)  # type: ignore[arg-type]


def published(desk: Desk, **options: object) -> dict[str, bytes]:
    """What a build leaves in the output."""
    report = Report()
    assert pipeline.build(order(desk, **options), report, lambda _: None), report.findings
    output = desk.root / "public"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def in_memory(desk: Desk, **options: object) -> dict[str, bytes]:
    """What one process makes of it, without anything from earlier."""
    report = Report()
    built = pipeline.make(order(desk, **options), report, lambda _: None)
    assert built, report.findings
    return {artifact.path: artifact.data for artifact in built.artifacts}


@pytest.fixture
def many(small_plan: Callable[[], Desk]) -> Desk:
    desk = small_plan()
    fill(desk, PREFECTURES)
    return desk


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_is_what_one_process_makes(many: Desk, jobs: int) -> None:
    assert differences(published(many, jobs=jobs), in_memory(many)) == set()


def test_a_plan_that_moved_is_followed_at_both_addresses(many: Desk) -> None:
    published(many)
    entry = "改名:\n  - 以前のID: old-town\n    今のID: town-0\n    種類: 計画\n"
    many.write("addresses.yaml", entry)
    files = published(many)
    assert differences(files, in_memory(many)) == set()
    for name in ("feed.xml", "calendar.ics", "changes/feed.json", "measures/m0/index.json"):
        assert files[f"old-town/{name}"] == files[f"town-0/{name}"], name


class Clock:
    """Lets a file look as if it had been written long ago, each time a little less long."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = 1_700_000_000
        self.settle()

    def settle(self) -> None:
        """A file that changed a moment ago could change again unnoticed; none did."""
        self.now += 10
        for path in self.desk.root.rglob("content/**/*"):
            if path.is_file() and path.stat().st_mtime > self.now:
                os.utime(path, (self.now, self.now))


def change(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert old in text, (path, old)
    file.write_text(text.replace(old, new, 1), "utf-8")


def first_plan(desk: Desk) -> Path:
    return min((desk.root / "content").glob("town-*"))


def in_a_measure(desk: Desk, old: str, new: str) -> None:
    path = first_plan(desk) / "measures/m0.yaml"
    change(desk, path.relative_to(desk.root).as_posix(), old, new)


def test_nothing_is_made_again_where_nothing_changed(many: Desk) -> None:
    Clock(many)
    before = published(many)
    outcome = pipeline.build(order(many), Report(), lambda _: None)
    assert outcome
    assert (outcome.published.written, outcome.published.removed) == (0, 0)
    assert outcome.pages == sum(path.endswith(".html") for path in before)


def rename_measure(desk: Desk) -> None:
    path = first_plan(desk) / "measures/m1.yaml"
    path.rename(path.with_name(f"renamed-{len(list(path.parent.iterdir()))}.yaml"))
    shutil.copy(path.with_name("m0.yaml"), path)


def name_none(desk: Desk) -> None:
    """So that no plan that goes is missed."""
    for path in (desk.root / "content").glob("*/measures/*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^関連:\n(?:  - .*\n)+\n", "", text, flags=re.MULTILINE), "utf-8")


def remove_plan(desk: Desk) -> None:
    name_none(desk)
    shutil.rmtree(max((desk.root / "content").glob("town-*")))


def move_plan(desk: Desk) -> None:
    name_none(desk)
    first_plan(desk).rename(desk.root / "content/town-moved")


def name_another(desk: Desk) -> None:
    """A measure of the first plan names one of the last, in another prefecture."""
    last = max((desk.root / "content").glob("town-*")).name
    in_a_measure(desk, "本文:", f"関連:\n  - {last}/m0\n\n本文:")


def title_of_the_named(desk: Desk) -> None:
    path = max((desk.root / "content").glob("town-*")) / "measures/m0.yaml"
    change(desk, path.relative_to(desk.root).as_posix(), "名称: ", "名称: 新しい")


def edit_revision(desk: Desk) -> None:
    """Any plan's: the first may have been moved away."""
    path = min((desk.root / "content").glob("town-*/revisions/old/measures/m0.yaml"))
    change(desk, path.relative_to(desk.root).as_posix(), "R9: 50以上", "R9: 55以上")


EDITS: dict[str, Callable[[Desk], None]] = {
    "a sentence": lambda desk: in_a_measure(desk, "要約: |\n", "要約: |\n  新しい文です。\n"),
    "a title": lambda desk: in_a_measure(desk, "名称: ", "名称: 新"),
    "another is named": name_another,
    "the named one's title": title_of_the_named,
    "a term": lambda desk: change(
        desk, f"content/{first_plan(desk).name}/glossary.yaml", "名称: RPA", "名称: 窓口"
    ),
    "a template": lambda desk: change(desk, "templates/measure.html", "何が変わるか", "何が変わる"),
    "a setting": lambda desk: change(desk, "content/site.yaml", "小さなサイト", "別のサイト"),
    "a theme": lambda desk: change(desk, "content/themes.yaml", "オンライン化", "電子化"),
    "a measure's name": rename_measure,
    "a plan's folder": move_plan,
    "a plan goes": remove_plan,
    "an earlier revision": edit_revision,
    "a revision more": lambda desk: keep_revision(desk, first_plan(desk).name, "older", "2020-03"),
    "a figure is reported": lambda desk: in_a_measure(
        desk, "      R9: 60以上\n", "      R9: 60以上\n    実績:\n      R6: 45\n"
    ),
}


def hold(desk: Desk, clock: Clock, chance: random.Random, steps: int) -> None:
    """After each of so many random edits, what changed gives what everything gives."""
    published(desk)
    for name in chance.sample(list(EDITS), k=min(steps, len(EDITS))):
        EDITS[name](desk)
        clock.settle()
        assert differences(published(desk), in_memory(desk)) == set(), name


def test_random_edits_give_what_a_clean_build_gives(many: Desk) -> None:
    """`python -m tests.random_edits` does the same for as long as one likes."""
    hold(many, Clock(many), random.Random(20261121), 6)


def test_an_edit_of_one_plan_makes_no_page_of_another_again(many: Desk) -> None:
    clock = Clock(many)
    before = published(many)
    stamps = {p: p.stat().st_mtime_ns for p in (many.root / "public").rglob("*.html")}
    EDITS["a sentence"](many)
    clock.settle()
    after = published(many)
    changed = differences(before, after)
    slug = first_plan(many).name
    assert f"{slug}/measures/m0/index.html" in changed
    others = {path.name for path in (many.root / "content").glob("town-*")} - {slug}
    assert {path for path in changed if path.split("/")[0] in others} == set()
    written = {p for p, stamp in stamps.items() if p.stat().st_mtime_ns != stamp}
    assert {p.relative_to(many.root / "public").as_posix() for p in written} <= changed


def test_files_of_all_plans_are_read_again_only_where_a_part_of_them_changed(
    many: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(many)
    published(many)
    EDITS["a sentence"](many)
    clock.settle()
    compared: list[str] = []
    holds = spooling._holds

    def watched(path: str, artifact: Artifact) -> bool:
        if isinstance(artifact, Joined):
            compared.append(artifact.path)
        return holds(path, artifact)

    monkeypatch.setattr(spooling, "_holds", watched)
    published(many)
    # The plan has an earlier revision, from which it differs now in one more thing.
    told = {f"data/{name}" for name in ("catalog.json", "measures.csv", "changes.json")}
    assert set(compared) == {*told, "data/changes.csv"}


def test_what_is_gone_from_the_output_comes_back(many: Desk) -> None:
    Clock(many)
    before = published(many)
    slug = first_plan(many).name
    for path in (f"{slug}/index.html", "index.html", "data/catalog.json"):
        (many.root / "public" / path).unlink()
    (many.root / "public/about/index.html").write_text("torn", "utf-8")
    assert differences(published(many), before) == set()


def test_a_fault_anywhere_leaves_everything_as_it_was(many: Desk) -> None:
    clock = Clock(many)
    before = published(many)
    in_a_measure(many, "要約:", "要約：")
    clock.settle()
    report = Report()
    assert pipeline.build(order(many), report, lambda _: None) is None
    assert [finding.code for finding in report.findings if finding.severity == "error"]
    output = many.root / "public"
    assert {p: (output / p).read_bytes() for p in before} == before
    in_a_measure(many, "要約：", "要約:")
    assert differences(published(many), before) == set()


def test_findings_are_the_same_as_of_one_process(many: Desk) -> None:
    name_another(many)
    shutil.rmtree(max((many.root / "content").glob("town-*")))
    one, several = Report(), Report()
    assert pipeline.make(order(many), one, lambda _: None) is None
    assert pipeline.build(order(many), several, lambda _: None) is None
    assert several.findings == one.findings
    assert one.findings


def test_warnings_are_told_again_where_nothing_changed(many: Desk) -> None:
    in_a_measure(many, "要約: |\n", "要約: |\n  " + "とても長い文です、" * 20 + "。\n")
    Clock(many)
    told = []
    for _ in range(2):
        report = Report()
        assert pipeline.build(order(many), report, lambda _: None)
        told.append(report.findings)
    assert told[0] == told[1]
    assert told[0]


@pytest.mark.parametrize("what", ["torn", "gone", "of another version"])
def test_a_cache_that_is_no_good_changes_only_the_time(many: Desk, what: str) -> None:
    clock = Clock(many)
    published(many)
    for path in (many.root / ".dxsite-cache").rglob("*"):
        if path.is_file() and what == "gone":
            path.unlink()
        elif path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] if what == "torn" else b"x" + data)
    EDITS["a sentence"](many)
    clock.settle()
    assert differences(published(many), in_memory(many)) == set()


def test_its_search_is_that_of_one_process(many: Desk) -> None:
    clock = Clock(many)
    assert differences(published(many, index=True), in_memory(many, index=True)) == set()
    EDITS["a sentence"](many)
    clock.settle()
    assert differences(published(many, index=True), in_memory(many, index=True)) == set()
