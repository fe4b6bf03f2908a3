"""The words of a search, marked on the page that it led to."""

from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Page

from tests.browser.answers import Answering, given, hit, results, search, until
from tests.browser.barriers import Ask
from tests.browser.conftest import Axe

# The words on the page that a reader comes to.

MEASURE = "/kaminoyama/measures/online-applications/"


def marks(page: Page, name: str = "dx-search") -> list[str]:
    found: list[str] = page.evaluate(
        "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())", name
    )
    return found


def arrive(page: Page, answering: Answering, *words: str, url: str = MEASURE) -> None:
    """Search, and follow a hit in which these words are marked."""
    parts = [{"text": word, "marked": True} for word in words]
    answering(given([hit(0, url=url, title=parts)]))
    search(page, "何か")
    results(page).locator("a").click()
    page.wait_for_url(f"**{url}")
    page.wait_for_load_state()


def test_what_was_searched_for_is_marked(page: Page, answering: Answering) -> None:
    arrive(page, answering, "電子申請")
    found = marks(page)
    assert len(found) > 2
    assert set(found) == {"電子申請"}
    bar = page.locator(".dx-marks [role=status]")
    until(page, "document.querySelector('.dx-marks p').textContent")
    assert bar.inner_text() == f"「電子申請」{len(found)}か所に印を付けました"


def test_one_goes_from_mark_to_mark_and_puts_them_away(page: Page, answering: Answering) -> None:
    arrive(page, answering, "電子申請")
    count = len(marks(page))
    for number in [*range(1, count + 1), 1]:
        page.get_by_role("button", name="次の箇所").press("Enter")
        assert f"{count}か所の{number}番目" in page.inner_text(".dx-marks")
        assert marks(page, "dx-search-now") == ["電子申請"]
    page.get_by_role("button", name="印を消す").press("Enter")
    assert page.locator(".dx-marks").count() == 0
    assert marks(page) == []
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    assert page.locator(".dx-marks").count() == 0


def test_marks_come_back_with_the_page(page: Page, answering: Answering) -> None:
    arrive(page, answering, "電子申請")
    page.reload()
    assert set(marks(page)) == {"電子申請"}


def test_width_and_case_do_not_matter(page: Page, answering: Answering) -> None:
    arrive(page, answering, "ﾃﾞｼﾞﾀﾙ", "ｄｘ")
    assert {word.upper() for word in marks(page)} == {"デジタル", "DX"}


def test_a_mark_runs_on_through_links(page: Page, answering: Answering, site: Any) -> None:
    """A term in the text is a link; the words around it are not lost for that."""
    url, text = term_with_more(site)
    arrive(page, answering, text, url=url)
    assert text in marks(page)


def term_with_more(site: Any) -> tuple[str, str]:
    """A page on which a term is a link, and the term with the three characters after it.

    Between the two stands what the term means, which a reader sees only on request.
    """
    for path in sorted(site.root.glob("*/measures/*/index.html")):
        page: Any = html.document_fromstring(path.read_text("utf-8"))
        for link in page.findall(".//main//p/a[@class='dx-term']"):
            notes = link.xpath("following-sibling::span[@popover][1]")
            after = (notes[0].tail if notes else link.tail) or ""
            if len(after.strip()) > 3:
                return f"/{path.parent.relative_to(site.root)}/", link.text + after[:3]
    pytest.fail("no plan explains a term any more")


def test_who_comes_another_way_sees_no_marks(page: Page, answering: Answering) -> None:
    arrive(page, answering, "電子申請")
    page.goto("/kaminoyama/")
    page.locator(f"a[href='{MEASURE}']").first.click()
    page.wait_for_url(f"**{MEASURE}")
    assert page.locator(".dx-marks").count() == 0
    assert marks(page) == []


def test_a_new_window_knows_the_query(page: Page, site: Any) -> None:
    """It has no memory of the search page, but an address from which it came."""
    page.goto(MEASURE, referer=f"{site.url}/search/?q={quote('電子申請 推進')}")
    assert {"電子申請", "推進"} >= set(marks(page)) >= {"電子申請"}


def test_no_words_no_bar(page: Page, answering: Answering) -> None:
    arrive(page, answering, "どこにもない語")
    assert page.locator(".dx-marks").count() == 0


def test_the_real_search_leads_to_marked_words(page: Page) -> None:
    search(page, "電子申請")
    results(page).first.locator("a").click()
    page.wait_for_selector(".dx-marks")
    assert "電子申請" in marks(page)


def test_marks_stand_in_no_ones_way(page: Page, answering: Answering, axe: Axe) -> None:
    arrive(page, answering, "電子申請")
    page.get_by_role("button", name="次の箇所").click()
    for width, ask in ((1280, Ask.ALL), (320, Ask.OTHERS)):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page, ask) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
