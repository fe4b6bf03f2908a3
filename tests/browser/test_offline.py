"""The zip on a desk without a network: unpacked, opened from its folder, read, searched."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dxsite import pipeline
from dxsite.diagnostics import Report
from tests.browser.answers import results, wait
from tests.browser.test_queries import queries
from tests.conftest import ROOT, TODAY, PublishedSite

EVERY = 14
EVERY_PAGE = 10
STYLED = "getComputedStyle(document.documentElement).getPropertyValue('--dx-white') !== ''"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, unpacked as a clerk would."""
    target = tmp_path_factory.mktemp("デスク トップ")  # blanks and kanji, as on a real desk
    order = pipeline.Order(root=ROOT, output=target / "offline.zip", today=TODAY, offline=True)
    report = Report()
    assert pipeline.build(order, report, lambda _: None), report.findings
    with zipfile.ZipFile(target / "offline.zip") as packed:
        packed.extractall(target / "offline")
    return target / "offline"


@pytest.fixture
def desk(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader without a network; what the pages complain of fails the test."""
    complaints: list[str] = []
    with chromium.new_context(locale="ja-JP") as context:
        context.set_offline(True)
        context.on(
            "console",
            lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None,
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:")) else complaints.append(r.url),
        )
        yield context
    assert complaints == []


@pytest.fixture
def page(desk: BrowserContext, folder: Path) -> Page:
    page = desk.new_page()
    page.goto((folder / "index.html").as_uri())
    return page


def test_the_pages_are_walked_from_the_first_on(page: Page) -> None:
    assert page.evaluate("document.styleSheets.length") == 1
    title = page.locator("#plans a").first.inner_text()
    page.locator("#plans a").first.click()
    assert page.url.endswith("/index.html")
    expect(page.locator("main")).to_contain_text(title)
    page.locator("#structure .dx-measures a").first.click()
    assert "/measures/" in page.url
    page.get_by_text("引用する・紹介する").click()
    page.get_by_role("link", name="CSL-JSON").click()  # from a folder it opens; hosted, it is saved
    page.wait_for_url("**/cite.json")
    page.go_back()
    page.locator(".dx-header__name").click()
    expect(page.locator(".dx-hero")).to_be_visible()


def test_pages_open_without_a_complaint(page: Page, folder: Path) -> None:
    """A tenth of them; tests/test_offline.py follows every link of every page."""
    for path in sorted(folder.rglob("*.html"))[::EVERY_PAGE]:
        page.goto(path.as_uri(), wait_until="load")
        assert page.evaluate(STYLED), path
        assert page.locator("h1").count() == 1, path


def test_the_box_of_the_first_page_leads_to_results(page: Page) -> None:
    page.fill("#home-search", "電子申請")
    page.keyboard.press("Enter")
    wait(page)
    assert int(page.locator("#search").get_attribute("data-total") or 0) > 3
    results(page).first.locator("a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.go_back()
    wait(page)
    expect(results(page).first).to_be_visible()


def test_suggestions_are_offered_while_one_types(page: Page) -> None:
    page.locator("#home-search").press_sequentially("電子", delay=20)
    # The first question reads all texts, which takes a moment on a busy machine.
    expect(page.locator("[role=option]").first).to_be_visible(timeout=20_000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offline/*/**/index.html*")
    expect(page.locator("main h1")).to_be_visible()


def test_facets_and_the_address_work_from_a_file(page: Page, folder: Path) -> None:
    page.goto((folder / "search/index.html").as_uri() + "?q=窓口")
    wait(page)
    all_of_them = int(page.locator("#search").get_attribute("data-total") or 0)
    page.locator("#search-facets").evaluate("details => details.open = true")
    page.locator("[data-facet][name=kind][value=measure]").check()
    wait(page)
    assert 0 < int(page.locator("#search").get_attribute("data-total") or 0) < all_of_them
    assert "kind=measure" in page.url


def test_the_search_answers_as_the_hosted_one_does(
    page: Page, folder: Path, chromium: Browser, site: PublishedSite
) -> None:
    asked = [query.text for query in queries()][::EVERY]
    assert len(asked) >= 20

    def first_hits(some: Page, address: str) -> list[tuple[str, str, str]]:
        found = []
        some.goto(address)
        for query in asked:
            some.fill("#search-q", query)
            some.keyboard.press("Enter")
            wait(some)
            total = some.locator("#search").get_attribute("data-total") or ""
            hit = results(some).first.locator("a").first
            href = (hit.get_attribute("href") or "") if total != "0" else ""
            plain = href.replace("index.html", "").removeprefix("..")
            found.append((query, total, plain))
        return found

    with chromium.new_context() as hosted:
        expected = first_hits(hosted.new_page(), f"{site.url}/search/")
    assert first_hits(page, (folder / "search/index.html").as_uri()) == expected
