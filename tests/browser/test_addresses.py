"""Addresses that were given up, as a reader comes to them."""

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page

from dxsite import serving
from tests.browser import barriers
from tests.conftest import Desk
from tests.test_addresses import fourth, made, second, town

__all__ = ["town"]

MOVED, GONE = "/aoi/measures/forms/", "/aoi/measures/m2/"


@pytest.fixture
def files(town: Desk) -> Mapping[str, bytes]:
    second(town)
    fourth(town)
    return made(town)


def served(files: Mapping[str, bytes]) -> Iterator[str]:
    server = serving.Serving.of_files(files)
    yield server.url.rstrip("/")
    server.close()


@pytest.fixture
def host(files: Mapping[str, bytes]) -> Iterator[str]:
    """Reads `_redirects`."""
    yield from served(files)


@pytest.fixture
def plain_host(files: Mapping[str, bytes]) -> Iterator[str]:
    """Sends files and reads nothing."""
    yield from served({name: data for name, data in files.items() if name != "_redirects"})


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def test_a_host_with_rules_leads_on_and_says_what_is_gone(reader: Page, host: str) -> None:
    moved = reader.goto(f"{host}{MOVED}")
    assert moved
    assert (moved.status, reader.url) == (200, f"{host}/aoi/measures/e-forms/")
    gone = reader.goto(f"{host}{GONE}")
    assert gone
    assert gone.status == 410
    assert reader.locator("h1").inner_text() == "施策その2"


def test_a_host_without_rules_shows_pages_that_lead_on(reader: Page, plain_host: str) -> None:
    reader.goto(f"{plain_host}{MOVED}")
    reader.wait_for_url(f"{plain_host}/aoi/measures/e-forms/")
    reader.goto(f"{plain_host}{GONE}")
    reader.get_by_role("link", name="施策その3").click()
    reader.wait_for_url(f"{plain_host}/aoi/measures/m3/")


def test_nothing_stands_in_the_way_on_them(chromium: Browser, files: Mapping[str, bytes]) -> None:
    """The page that leads on by itself is looked at as it is where a browser does not follow."""
    refresh = re.compile(rb'<meta http-equiv="refresh"[^>]*>')
    still = {name: refresh.sub(b"", data) for name, data in files.items() if name != "_redirects"}
    assert still["aoi/measures/forms/index.html"] != files["aoi/measures/forms/index.html"]
    for url in served(still):
        form = dict.fromkeys((MOVED, GONE), barriers.STATES)
        assert barriers.looked_at(chromium, url, form)[0] == []
