"""A term is explained where it stands: by keyboard, on a phone, without a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Locator, Page

from tests.browser.barriers import Ask
from tests.browser.conftest import Axe, Site


@pytest.fixture
def address(site: Site) -> str:
    """The page that explains the most terms in its text."""

    def count(path: Any) -> int:
        tree = html.document_fromstring(path.read_text("utf-8"))
        return int(tree.xpath("count(//button[@popovertarget])"))  # type: ignore[arg-type]  # a number

    longest = max(sorted(site.root.glob("*/measures/*/index.html")), key=count)
    assert count(longest) > 1
    return f"/{longest.parent.relative_to(site.root).as_posix()}/"


@pytest.fixture
def unscripted(chromium: Browser, site: Site) -> Iterator[Page]:
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        yield context.new_page()


def notes(page: Page) -> Locator:
    return page.locator(".dx-term-note:popover-open")


def test_a_term_is_explained_by_keyboard_and_without_a_script(
    unscripted: Page, address: str
) -> None:
    page = unscripted
    page.goto(address)
    assert notes(page).count() == 0
    opener = page.locator(".dx-term-open").first
    link = opener.locator("xpath=preceding-sibling::a[1]")
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert notes(page).count() == 1
    assert notes(page).inner_text().startswith(link.inner_text())
    assert opener.get_attribute("aria-label") == f"{link.inner_text()}の説明"
    page.keyboard.press("Escape")
    assert notes(page).count() == 0
    page.keyboard.press("Space")
    assert notes(page).count() == 1, "the focus has stayed"


@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_explanation_is_all_seen(page: Page, address: str, width: int, axe: Axe) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address)
    for opener in page.locator(".dx-term-open").all():
        opener.click()
        box = notes(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page, Ask.ALL if width == 320 else Ask.OTHERS) == []


def test_a_click_elsewhere_closes_it(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".dx-term-open").first.click()
    page.locator("h1").click()
    assert notes(page).count() == 0
