"""A real Chromium that looks at the published site.

A test asks for `page`, goes to an address (`page.goto("/about/")`), says what is true. What
the page complains of meanwhile fails the test at its end: a test that expects a complaint asks
for `complaints`, looks at them, clears them.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    Page,
    Playwright,
    sync_playwright,
)

from tests.browser.answers import WORKER, Answering
from tests.browser.barriers import ARGUMENTS, AXE, Ask, Violation, listen, violations


class Site(Protocol):
    """What the fixture `site` of tests/conftest.py yields."""

    @property
    def url(self) -> str:
        """Where it is served, http://127.0.0.1:PORT."""

    @property
    def root(self) -> Path:
        """The published folder."""


class Axe(Protocol):
    """What the fixture `axe` yields."""

    def __call__(self, page: Page, ask: Ask = Ask.ALL) -> list[Violation]:
        """What is wrong with the page as it stands, by some of the rules."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver a process; it may have several browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of nearly all tests."""
    yield from launched(playwright, ARGUMENTS)


def launched(playwright: Playwright, arguments: list[str]) -> Iterator[Browser]:
    executable = os.environ.get("DXSITE_CHROMIUM")
    if not executable:
        pytest.fail(
            "DXSITE_CHROMIUM がありません。python3 build.py test で走らせるか、"
            "Chromium の場所を DXSITE_CHROMIUM に書いてください。",
            pytrace=False,
        )
    browser = playwright.chromium.launch(executable_path=executable, args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """What the pages of a file complain of, where all its tests look for it."""
    return []


@pytest.fixture
def complaints(heard: list[str]) -> list[str]:
    """What the pages of a test complained of, in order."""
    heard.clear()
    return heard


@pytest.fixture(scope="module")
def tab(chromium: Browser, site: Site, heard: list[str]) -> Iterator[Page]:
    """One tab for all tests of a file: a fresh one costs a third of a second of processor time."""
    with chromium.new_context(
        base_url=site.url, locale="ja-JP", timezone_id="Asia/Tokyo"
    ) as context:
        listen(context, site.url, heard)
        yield context.new_page()


@pytest.fixture
def page(tab: Page, complaints: list[str]) -> Iterator[Page]:
    """A tab that remembers nothing, whose addresses are relative to the site."""
    yield tab
    forget(tab)
    if complaints:
        pytest.fail("\n".join(["the page complained:", *complaints]), pytrace=False)


def forget(tab: Page) -> None:
    """Leave a tab as a fresh one is: what it keeps, where it was, how it is set."""
    tab.unroute_all(behavior="ignoreErrors")
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.emulate_media(media="null", color_scheme="null", forced_colors="null")
    tab.set_viewport_size({"width": 1280, "height": 720})
    debugger = tab.context.new_cdp_session(tab)
    debugger.send("Page.resetNavigationHistory")
    debugger.detach()


@pytest.fixture
def answering(page: Page) -> Answering:
    """A function that lets every search of the page have one answer."""

    def answer(with_this: dict[str, Any]) -> None:
        page.unroute("**/search-worker.js")
        body = WORKER % json.dumps(with_this)
        page.route(
            "**/search-worker.js",
            lambda route: route.fulfill(body=body, content_type="text/javascript"),
        )

    return answer


@pytest.fixture(scope="session")
def axe() -> Axe:
    """A function that asks axe-core what is wrong with the page as it stands."""

    def found(page: Page, ask: Ask = Ask.ALL) -> list[Violation]:
        # By the debugger, which no Content-Security-Policy binds: the page stays as it is served.
        debugger = page.context.new_cdp_session(page)
        debugger.send("Runtime.evaluate", {"expression": f"globalThis.axe || (() => {{{AXE}}})()"})
        debugger.detach()
        return violations(page, ask)

    return found
