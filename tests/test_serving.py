"""The preview builds once for all steps in which an editor saves a file, and soon."""

import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)

from dxsite.assets import Artifact, Files
from dxsite.diagnostics import Finding, Severity
from dxsite.faults import Fault
from dxsite.positions import Place
from dxsite.serving import Edition, Preview, Serving, start
from dxsite.watching import Watcher, watch


class Builder:
    """Counts the builds of a preview that runs beside the test."""

    def __init__(self) -> None:
        self.began: list[float] = []
        self.preview = Preview(self._build, lambda _: None)
        threading.Thread(target=self.preview.run, daemon=True).start()

    def _build(self) -> Edition:
        self.began.append(time.monotonic())
        return Edition({})


def test_the_steps_of_one_saving_are_one_build() -> None:
    builder = Builder()
    for _ in range(10):
        builder.preview.touch()
    assert builder.preview.news_after(0, 10) == 1
    time.sleep(0.3)
    assert builder.preview.version == 1


def test_a_build_waits_until_nothing_changes_any_more() -> None:
    builder = Builder()
    last = 0.0
    for _ in range(5):
        builder.preview.touch()
        last = time.monotonic()
        time.sleep(0.01)
    deadline = last + 30
    while not builder.began or builder.began[-1] < last:
        assert time.monotonic() < deadline, "the last change was never built"
        time.sleep(0.01)


def test_a_file_that_was_closed_is_whole_but_another_may_be_half_written() -> None:
    preview = Preview(lambda: Edition({}), lambda _: None)
    watcher = Watcher(preview.touch)
    for event in (FileCreatedEvent("a"), FileModifiedEvent("a"), FileModifiedEvent("b")):
        watcher.on_any_event(event)
    patient = preview.quiet
    watcher.on_any_event(FileClosedEvent("a"))
    assert preview.quiet == patient
    watcher.on_any_event(FileMovedEvent("b", "c"))
    assert preview.quiet < patient


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a file was closed")
def test_what_a_watched_folder_tells_of_a_saved_file_ends_with_its_being_whole(
    tmp_path: Path,
) -> None:
    told: list[tuple[str, bool]] = []
    (tmp_path / "read.yaml").write_text("there")
    watch([tmp_path, tmp_path / "none"], lambda path, *, whole: told.append((path, whole)))
    saved = tmp_path / "saved.yaml"
    deadline = time.monotonic() + 30
    while (str(saved), True) not in told:
        assert time.monotonic() < deadline, told
        saved.write_text((tmp_path / "read.yaml").read_text())
        time.sleep(0.05)
    assert {path for path, _ in told} == {str(saved)}


def test_a_change_after_a_build_is_built_too() -> None:
    builder = Builder()
    builder.preview.touch()
    assert builder.preview.news_after(0, 10) == 1
    builder.preview.touch()
    assert builder.preview.news_after(1, 10) == 2


def answer(url: str, path: str) -> tuple[int, bytes, str | None]:
    """Status, body, Cache-Control."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}{path}", timeout=10) as answered:
            return answered.status, answered.read(), answered.headers["Cache-Control"]
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers["Cache-Control"]


def running(*editions: Edition) -> Serving:
    """A preview whose builds give these editions, one after the other."""
    coming = iter(editions)
    return start(lambda: next(coming), [], "127.0.0.1", 0, lambda _: None)


def test_a_page_is_made_when_it_is_looked_at() -> None:
    made: list[str] = []

    def page(name: str) -> Artifact:
        return Artifact(f"{name}/index.html", lambda: made.append(name) or b"<p>page</p>")  # type: ignore[func-returns-value]

    server = running(Edition(Files([page("a"), page("b")]), (), lambda _: None))
    assert made == []
    assert b"page" in answer(server.url, "/a/")[1]
    assert made == ["a"]
    server.close()


def test_a_template_s_fault_is_told_over_the_page_as_it_last_was() -> None:
    def broken() -> bytes:
        raise Fault("テンプレート page.html:3 が壊れています", "直してください。")

    last = Edition({"index.html": b"<p>as it was</p>"})
    server = running(last, Edition(Files([Artifact("index.html", broken)]), (), lambda _: None))
    server.preview.rebuild()
    _, page, _ = answer(server.url, "/")
    assert "page.html:3" in page.decode()
    assert b"as it was" in page
    server.close()


def test_only_what_is_named_after_its_content_is_kept_by_the_browser() -> None:
    forever = b"/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    files = {"index.html": b"<p>x</p>", "assets/1/site.css": b"", "_headers": forever}
    server = running(Edition({**files, "404.html": b"lost"}))
    assert answer(server.url, "/")[2] == "no-store"
    assert "immutable" in (answer(server.url, "/assets/1/site.css")[2] or "")
    assert answer(server.url, "/assets/2/site.css")[::2] == (404, "no-store")
    server.close()


def test_what_is_found_later_is_told_over_the_last_good_site() -> None:
    finding = Finding(Place("content/x.yaml"), Severity.ERROR, "dead-link", "先がありません", "")
    good = Edition({"index.html": b"<p>good</p>"})
    server = running(good, Edition({"index.html": b"<p>draft</p>"}, (), lambda _: None))
    later = server.preview.rebuild()
    assert later is not None
    assert b"draft" in answer(server.url, "/")[1]
    version = server.preview.version
    server.preview._finish(lambda _: Edition(None, (finding,)), version)
    assert server.preview.version == version + 1
    _, page, _ = answer(server.url, "/")
    assert b"good" in page
    assert "先がありません" in page.decode()
    server.close()


def test_a_draft_that_became_stale_is_finished_by_nobody() -> None:
    server = running(
        Edition({"index.html": b"1"}), Edition({"index.html": b"2"}, (), lambda _: None)
    )
    old = server.preview.version
    server.preview.rebuild()
    asked: list[bool] = []
    server.preview._finish(lambda stale: asked.append(stale()) or None, old)  # type: ignore[func-returns-value]
    assert asked == []
    assert b"2" in answer(server.url, "/")[1]
    server.close()
