"""One municipality among many is found by its name or reading, with a keyboard, with a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dxsite import pipeline, serving, urls
from dxsite.assets import Files
from dxsite.diagnostics import Report
from tests.browser.barriers import AXE, NARROW, WIDE, inspected, violations
from tests.conftest import TODAY, PublishedSite
from tests.towns import PLANS, many


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedSite]:
    """A site of more plans than one page can list, search included."""
    desk = many(tmp_path_factory.mktemp("japan"))
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, cards=False)
    built = pipeline.make(order, Report(), lambda _: None)
    assert built is not None
    server = serving.Serving.of_files(dict(Files(built.artifacts)))
    yield PublishedSite(server.url.rstrip("/"), order.output)
    server.close()


def typed(page: Page, text: str) -> list[str]:
    """What is offered for a text: prefecture, name, reading of each."""
    page.locator("#home-town").fill(text)
    options = page.locator("#home-town-list [role=option]")
    expect(options.first).to_be_visible()
    return options.all_inner_texts()


def test_a_reading_finds_every_town_of_that_name_and_says_where_each_is(page: Page) -> None:
    page.goto("/")
    page.locator("#home-town").focus()
    offers = typed(page, "アオイ")
    assert len(offers) == len(PLANS)
    assert [offer.split()[0] for offer in offers] == ["青森県", "山形県", "東京都", "広島県"]
    assert {offer.split()[1] for offer in offers} == {"青井市"}
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/town-8/")
    assert "山形県" in page.locator("nav[aria-label=現在位置]").inner_text()


def test_enter_alone_leads_to_the_first_that_is_offered(page: Page) -> None:
    page.goto("/")
    page.locator("#home-town").focus()
    assert len(typed(page, "東京都")) == PLANS["tokyo"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/town-18/")


def test_nothing_is_loaded_before_the_field_is_entered(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert not [url for url in asked if urls.TOWNS_JSON in url]
    page.locator("#home-town").focus()
    page.wait_for_event("response", lambda answer: urls.TOWNS_JSON in answer.url)


def test_without_a_script_there_is_no_field_and_every_prefecture(
    chromium: Browser, site: PublishedSite
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/")
    expect(page.locator("#home-town")).to_be_hidden()
    page.get_by_role("link", name="山形県").click()
    assert page.url == f"{site.url}/prefectures/yamagata/"
    context.close()


def test_a_search_is_narrowed_by_prefecture_and_by_plan(page: Page) -> None:
    done = '#search[data-state="done"]:not([data-total="0"])'
    page.goto("/search/?q=手続き&prefecture=tokyo")
    page.wait_for_selector(done)
    few = int(page.locator("#search").get_attribute("data-total") or 0)
    page.goto("/search/?q=手続き")
    page.wait_for_selector(done)
    assert int(page.locator("#search").get_attribute("data-total") or 0) > few
    page.goto("/search/?q=手続き&plan=town-8")
    page.wait_for_selector(done)
    assert page.locator("[name=plan][value=town-8]").is_checked()
    assert page.locator("li[data-result]").count() > 0
    addresses = page.locator("li[data-result] a").evaluate_all("a => a.map(x => x.pathname)")
    assert all(address.startswith("/town-8/") for address in addresses)


def test_no_page_of_a_large_site_stands_in_anyones_way(
    chromium: Browser, site: PublishedSite
) -> None:
    own = "/prefectures/yamagata/"
    pages = ["/", "/prefectures/", own, f"{own}1/", f"{own}themes/", f"{own}1/compare/"]
    pages += ["/compare/", "/kpis/", "/roadmap/", "/glossary/", "/glossary/rpa/", "/search/"]
    pages += [f"{own}glossary/rpa/", "/themes/security/", "/data/", "/404.html"]
    states = dict.fromkeys(pages, (NARROW, WIDE))
    assert inspected(chromium, site.url, states)[0] == []
