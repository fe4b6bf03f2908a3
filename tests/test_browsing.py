"""A preview of a large catalogue shows what a build of it would publish, and soon."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxsite import browsing, pipeline
from dxsite.browsing import Browsing, Changes, is_large
from dxsite.cli import previewing
from dxsite.cli.options import Talk
from dxsite.diagnostics import Report
from dxsite.shelves import Shelves
from dxsite.site import Limits
from tests.conftest import TODAY, Desk
from tests.towns import fill

LIMITS = Limits(whole=3, area=2)
PREFECTURES = {"yamagata": 3, "gifu": 1}
WAITING = "計画を読んでいます"
JOINED = ("data/", "feed", "themes/", "sitemap", "calendar", "changes/")
"""Where files stand that hold something of all plans, and are no pages."""


@pytest.fixture
def many(small_plan: Callable[[], Desk]) -> Desk:
    desk = small_plan()
    fill(desk, PREFECTURES)
    return desk


class Looking:
    """Somebody who looks at a catalogue while others change it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.browsing = desk, Browsing(lambda _: None)
        self.report = Report()
        self.order = pipeline.Order(
            root=desk.root,
            output=desk.root / "public",
            today=TODAY,
            index=False,
            cards=False,
            jobs=1,
            limits=LIMITS,
        )

    def look(self, *changed: Path) -> Shelves | None:
        self.report = Report()
        changes = Changes.of(self.desk.root, map(str, changed))
        return self.browsing.look(self.order, changes, self.report)

    def seen(self, *changed: Path) -> Shelves:
        shelves = self.look(*changed)
        assert shelves is not None, self.report.findings
        return shelves

    def finished(self, shelves: Shelves) -> Shelves | None:
        self.report = Report()
        return self.browsing.finish(shelves, self.report, lambda: False)

    def whole(self) -> Shelves:
        whole = self.finished(self.seen())
        assert whole is not None, self.report.findings
        return whole

    def built(self) -> dict[str, bytes]:
        report = Report()
        made = pipeline.make(self.order, report, lambda _: None)
        assert made, report.findings
        return {artifact.path: artifact.data for artifact in made.artifacts}


def measure(desk: Desk, plan: str = "town-0") -> Path:
    return desk.root / f"content/{plan}/measures/m0.yaml"


def settle(desk: Desk) -> None:
    """Let all files look as if nobody had written them for long."""
    for path in desk.root.glob("content/*/**/*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def change(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def differences(shelves: Shelves, built: dict[str, bytes]) -> set[str]:
    return {path for path in built if shelves.get(path) != built[path]}


def test_every_page_and_file_of_a_plan_is_that_of_a_build(many: Desk) -> None:
    looking = Looking(many)
    built, shelves = looking.built(), looking.whole()
    missing = differences(shelves, built)
    assert all(path.startswith(JOINED) for path in missing), missing
    assert not {path for path in missing if path.endswith(".html")}
    assert set(shelves) <= built.keys()


def test_before_all_plans_were_read_only_pages_of_all_wait(many: Desk) -> None:
    looking = Looking(many)
    built, shelves = looking.built(), looking.seen()
    waiting = {path for path in built if WAITING.encode() in shelves.get(path, b"")}
    assert waiting == differences(shelves, built) & {p for p in built if p.endswith(".html")}
    assert {"index.html", "themes/index.html", "404.html"} <= waiting
    own = ("town-0/", "prefectures/gifu/", "prefectures/yamagata/1/", "guide/", "about/")
    assert not {path for path in waiting if path.startswith(own)}
    assert 'href="/prefectures/yamagata/1/"' in shelves["index.html"].decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n要約: |\n", "\n要約: |\n  新しい文です。\n"),
        ("名称: ", "名称: 新しい"),
    ],
)
def test_an_edit_shows_wherever_a_build_would_show_it(many: Desk, old: str, new: str) -> None:
    looking = Looking(many)
    looking.whole()
    shelves = looking.seen(change(measure(many), old, new))
    built = looking.built()
    assert "新しい" in shelves["town-0/index.html"].decode(), "in the list of its plan"
    assert not {path for path in differences(shelves, built) if path.endswith((".html", ".svg"))}
    assert shelves["town-0/measures/m0/index.json"] == built["town-0/measures/m0/index.json"]


def test_plans_and_measures_come_and_go(many: Desk) -> None:
    looking = Looking(many)
    looking.whole()
    content = many.root / "content"
    (content / "town-1").rename(content / "other")
    new = content / "town-0/measures/new.yaml"
    new.write_text(measure(many).read_text("utf-8"), "utf-8")
    gone = measure(many, "town-2")
    gone.unlink()
    shelves = looking.seen(content / "town-1", content / "other", new, gone)
    built = looking.built()
    assert "other/measures/m0/index.html" in built
    assert "town-0/measures/new/index.html" in built
    assert not {path for path in differences(shelves, built) if path.endswith((".html", ".svg"))}
    assert set(shelves) <= built.keys()


def test_what_all_plans_share_changes(many: Desk) -> None:
    looking = Looking(many)
    looking.whole()
    templates = many.root / "templates"
    if templates.is_symlink():
        there = templates.resolve()
        templates.unlink()
        shutil.copytree(there, templates)
    theme = change(many.root / "content/themes.yaml", "名称: ", "名称: 新")
    footer = change(templates / "base.html", "<body", '<body data-new="1"')
    shelves = looking.seen(theme, footer)
    built = looking.built()
    assert b'data-new="1"' in shelves["town-0/measures/m0/index.html"]
    assert not {path for path in differences(shelves, built) if path.endswith(".html")}


def test_a_fault_is_told_at_once_and_once_mended_it_is_gone(many: Desk) -> None:
    looking = Looking(many)
    looking.whole()
    path = change(measure(many), "名称: ", "名前: ")
    assert looking.look(path) is None
    assert {f.place.path for f in looking.report.findings} == {"content/town-0/measures/m0.yaml"}
    assert looking.look(measure(many, "town-1")) is None, "it is still there"
    shelves = looking.seen(change(path, "名前: ", "名称: "))
    assert "town-0/measures/m0/index.html" in shelves


def test_a_fault_elsewhere_is_told_and_stops_nobody(many: Desk) -> None:
    change(measure(many, "town-1"), "名称: ", "名前: ")
    looking = Looking(many)
    shelves = looking.seen()
    assert b"m0" in shelves["town-0/index.html"]
    assert looking.browsing.opened == []
    shelves.get("town-1/index.html")
    assert {f.place.path for f in looking.browsing.opened} == {"content/town-1/measures/m0.yaml"}
    again = Looking(many)
    assert again.finished(again.seen()) is None or again.report.errors
    assert {f.place.path for f in again.report.findings} == {"content/town-1/measures/m0.yaml"}


def test_a_link_that_leads_nowhere_in_an_open_plan_is_told(many: Desk) -> None:
    change(measure(many), "\n要約: |\n", "\n要約: |\n  [ここ](/town-0/nowhere/)です。\n")
    looking = Looking(many)
    shelves = looking.seen()
    shelves.get("town-0/measures/m0/index.html")
    looking.finished(shelves)
    assert [f.code for f in looking.report.findings] == ["dead-link"]


def test_what_was_read_once_is_kept_for_the_next_preview(many: Desk) -> None:
    settle(many)
    Looking(many).whole()
    later = Looking(many)
    shelves = later.seen()
    assert WAITING.encode() not in shelves["index.html"]
    assert later.finished(shelves) is None, "there is nothing more to read"
    change(measure(many), "名称: ", "名称: 新しい")
    after = Looking(many)
    assert WAITING.encode() in after.seen()["index.html"], "one plan is not as it was"


def test_nothing_is_kept_of_what_may_have_changed_while_it_was_read(many: Desk) -> None:
    settle(many)
    measure(many).touch()
    Looking(many).whole()
    assert WAITING.encode() in Looking(many).seen()["index.html"]


def test_only_what_was_looked_at_last_stays_in_memory(many: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(browsing, "_OPEN", 2)
    looking = Looking(many)
    shelves = looking.seen()
    for plan in ("town-0", "town-1", "town-2"):
        shelves.get(f"{plan}/index.html")
    assert list(looking.browsing.rooms) == ["town-1", "town-2"]


def test_from_how_many_plans_on_a_catalogue_is_large(many: Desk) -> None:
    assert is_large(many.root, LIMITS)
    assert not is_large(many.root, Limits(whole=4))


def test_the_preview_tells_what_changed(many: Desk) -> None:
    """As `serve` does it: the watcher notes paths, each build takes them."""
    looking = Looking(many)
    order = replace(looking.order, jobs=2)
    editions = previewing._Editions(order, lambda: TODAY, Talk(-1))
    edition = editions.next()
    assert edition.files is not None
    assert edition.later is not None
    whole = edition.later(lambda: False)
    assert whole is not None
    assert whole.files is not None
    assert whole.is_news
    path = change(measure(many), "名称: ", "名称: 新しい")
    editions.changed.append(str(path))
    files = editions.next().files
    assert files is not None
    assert "新しい" in files["town-0/index.html"].decode()
    assert editions.changed == []
    editions.changed.append(str(change(path, "名称: ", "名前: ")))
    assert editions.next().files is None
