"""The gallery of all components, as those who make the site meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dxsite import pipeline, serving
from dxsite.diagnostics import Report
from tests.browser.barriers import Ask
from tests.browser.conftest import Axe
from tests.conftest import ROOT, TODAY

REPEATED = frozenset({"landmark-unique", "landmark-no-duplicate-contentinfo"})
"""Rules about a page as a whole: a gallery shows the same landmark several times."""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address of the gallery."""
    order = pipeline.Order(
        root=ROOT, output=Path("public"), today=TODAY, base_url="/", index=False, gallery=True
    )
    report = Report()
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    server = serving.Serving.of_files({file.path: file.data for file in built.artifacts})
    yield f"{server.url}gallery/"
    server.close()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(locale="ja-JP", color_scheme="light") as context:
        yield context.new_page()


@pytest.mark.parametrize(("width", "ask"), [(320, Ask.ALL), (1280, Ask.OTHERS)])
def test_no_barrier_is_found_in_any_example(
    width: int, ask: Ask, gallery: str, reader: Page, axe: Axe
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(gallery)
    assert [found for found in axe(reader, ask) if found.rule not in REPEATED] == []


def test_nothing_leaves_its_example_at_320_px(gallery: str, reader: Page) -> None:
    reader.set_viewport_size({"width": 320, "height": 900})
    reader.goto(gallery)
    assert reader.locator("[data-example]").count() > 40
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    beyond = reader.evaluate(
        """() => [...document.querySelectorAll("[data-example] *")]
        .filter((e) => !e.closest(".dx-visually-hidden, thead, defs") && !e.closest("details:not([open])"))
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => e.closest("[data-example]").dataset.example + " " + e.tagName)"""
    )
    assert beyond == []
