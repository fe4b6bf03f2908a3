"""`dxsite serve`: the page follows the files, and a fault is shown over the last good site."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
MEASURE = (ROOT / "tests/small/content/aoi/measures/forms.yaml").read_text("utf-8")
PATIENCE = 15_000  # milliseconds


class Desk(Protocol):
    """What the fixture `small_plan` of tests/conftest.py makes."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Put a file under `content/`."""


class Preview(NamedTuple):
    """A running preview of a desk."""

    desk: Desk
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def serve(desk: Desk, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dxsite", "serve", "-C", str(desk.root), "-a", address]
    return subprocess.Popen(
        [*command, "--no-index", "--date", "2026-11-20"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def preview(small_plan: Callable[[], Desk]) -> Iterator[Preview]:
    desk = small_plan()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = serve(desk, f"127.0.0.1:{port}")
    try:
        assert process.stdout is not None
        assert f"127.0.0.1:{port}" in process.stdout.readline()
        yield Preview(desk, port)
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def reader(chromium: Browser, preview: Preview) -> Iterator[Page]:
    """A reader who looks at the measure."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{preview.url}/aoi/measures/forms/")
        expect(page.locator("h1")).to_have_text("オンライン申請の拡充")
        yield page


def test_the_page_follows_an_edit(preview: Preview, reader: Page) -> None:
    preview.desk.write("aoi/measures/forms.yaml", MEASURE.replace("申請の拡充", "申請の推進"))
    expect(reader.locator("h1")).to_have_text("オンライン申請の推進", timeout=PATIENCE)


def test_what_the_reader_opened_and_where_she_stands_stays(preview: Preview, reader: Page) -> None:
    reader.evaluate("document.querySelector('details').open = true; window.first = true")
    place = reader.evaluate("scrollTo({ top: 200, behavior: 'instant' }), scrollY")
    preview.desk.write("aoi/measures/forms.yaml", MEASURE.replace("申請の拡充", "申請の推進"))
    expect(reader.locator("h1")).to_have_text("オンライン申請の推進", timeout=PATIENCE)
    expect(reader).to_have_title(re.compile("オンライン申請の推進"))
    kept = "[window.first, document.querySelector('details').open, scrollY]"
    assert reader.evaluate(kept) == [True, True, place]
    assert place == 200


def test_edits_in_a_row_leave_what_a_load_would_show(preview: Preview, reader: Page) -> None:
    edits = [
        MEASURE.replace("申請の拡充", "申請の推進"),
        re.sub(r"^KPI:\n(?:[ \n].*\n)*", "", MEASURE, flags=re.MULTILINE),
        MEASURE.replace("窓口に来る", "人が足りません。\n\n    窓口に来る"),
        MEASURE.replace("申請の拡充", "申請の最後"),
    ]
    for number, text in enumerate(edits):
        expect(reader.locator("script[data-version]")).to_have_attribute(
            "data-version", str(number + 1), timeout=PATIENCE
        )
        preview.desk.write("aoi/measures/forms.yaml", text)
    expect(reader.locator("h1")).to_have_text("オンライン申請の最後", timeout=PATIENCE)
    shown = reader.locator("main").inner_text()
    reader.reload()
    assert reader.locator("main").inner_text() == shown


def test_a_page_with_another_script_is_loaded_anew(preview: Preview, reader: Page) -> None:
    reader.evaluate("window.first = true")
    template = preview.desk.root / "templates" / "measure.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("<h1", "<button hidden>x</button><h1", 1), "utf-8")
    expect(reader.locator("h1 ~ button, button + h1")).to_have_count(1, timeout=PATIENCE)
    assert reader.evaluate("window.first") is None


def test_a_fault_is_shown_with_its_place_until_it_is_mended(preview: Preview, reader: Page) -> None:
    preview.desk.write("aoi/measures/forms.yaml", MEASURE.replace("担当課:", "担当課："))
    panel = reader.get_by_role("alert")
    expect(panel).to_contain_text("content/aoi/measures/forms.yaml:11:4", timeout=PATIENCE)
    expect(panel).to_contain_text("半角の「:」に直し")
    page = "/guide/faults/fullwidth-colon/"
    expect(panel.get_by_role("link", name="fullwidth-colon")).to_have_attribute("href", page)
    expect(reader.locator("h1")).to_have_text("オンライン申請の拡充")
    preview.desk.write("aoi/measures/forms.yaml", MEASURE.replace("申請の拡充", "申請の推進"))
    expect(reader.locator("h1")).to_have_text("オンライン申請の推進", timeout=PATIENCE)
    expect(reader.get_by_role("alert")).to_have_count(0)


def test_an_edit_of_a_template_or_style_is_followed_too(preview: Preview, reader: Page) -> None:
    template = preview.desk.root / "templates" / "measure.html"
    text = template.read_text("utf-8")
    template.write_text(text + "{{ nonsense", "utf-8")
    panel = reader.get_by_role("alert")
    expect(panel).to_contain_text("measure.html", timeout=PATIENCE)
    template.write_text(text, "utf-8")
    expect(reader.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)


def test_nothing_is_written(preview: Preview, reader: Page) -> None:
    assert reader.url.startswith(preview.url)
    assert not (preview.desk.root / "public").exists()


def test_only_this_computer_can_look(preview: Preview) -> None:
    """Were it bound to every address, the second loopback address would be taken as well."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux answers on 127.0.0.2")
    with socket.socket() as other:
        other.bind(("127.0.0.2", preview.port))


@pytest.mark.parametrize("address", ["0.0.0.0:8000", ":8000", "192.0.2.1:8000", "127.0.0.1"])
def test_an_address_for_others_is_wrong_usage(small_plan: Callable[[], Desk], address: str) -> None:
    process = serve(small_plan(), address)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "このパソコンだけ" in said
