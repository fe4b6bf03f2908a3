"""The box on every page: what it offers while one types, and that it works without."""

import contextlib
from urllib.parse import quote

import pytest
from playwright.sync_api import Error, Locator, Page, Route

from tests.browser.answers import OFFERS, Answering, given, wait
from tests.browser.barriers import Ask
from tests.browser.conftest import Axe

BOXES = pytest.mark.parametrize(
    ("address", "box"),
    [
        ("/", "#home-search"),
        ("/about/", "#site-search"),
        ("/search/", "#search-q"),
        ("/404.html", "#not-found-search"),
    ],
)


def type_into(page: Page, box: str, text: str = "電子") -> Locator:
    page.focus(box)
    page.wait_for_selector(f"{box}[role=combobox]")
    page.keyboard.type(text)
    page.wait_for_selector("[role=listbox]:not([hidden])")
    return page.locator("[role=option]")


@BOXES
def test_every_box_offers_suggestions(
    page: Page, answering: Answering, address: str, box: str
) -> None:
    answering(given(2, offers=OFFERS))
    page.goto(address)
    options = type_into(page, box)
    assert [" ".join(text.split()) for text in options.all_inner_texts()] == [
        "施策 電子申請の推進 福山市",
        "担当課 電子政策課",
        "用語 電子契約",
    ]
    field = page.locator(box)
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-controls") == page.locator("[role=listbox]").get_attribute(
        "id"
    )
    assert page.locator("form [role=status]").inner_text() == "候補が3件あります"


def active(page: Page, box: str) -> str:
    """The option that a screen reader hears of."""
    of = page.get_attribute(box, "aria-activedescendant")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.count() == (1 if of else 0)
    return page.locator(f"#{of} .dx-suggest__title").inner_text() if of else ""


def test_arrows_walk_through_the_suggestions_and_the_box(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    type_into(page, "#home-search")
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(active(page, "#home-search"))
    assert walked == ["電子申請の推進", "電子政策課", "電子契約", "", "電子契約"]
    assert page.input_value("#home-search") == "電子"


def test_enter_goes_to_the_chosen_page(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    type_into(page, "#home-search")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fukuyama/measures/online-procedures/")


@pytest.mark.parametrize("address", ["/", "/search/"])
def test_a_suggestion_without_a_page_is_searched_for(
    page: Page, answering: Answering, address: str
) -> None:
    answering(given(2, offers=OFFERS))
    page.goto(address)
    type_into(page, "main [name=q]").nth(1).click()
    page.wait_for_url(f"**/search/?q={quote('電子政策課')}")
    wait(page)
    assert page.input_value("#search-q") == "電子政策課"
    assert not page.is_visible("[role=listbox]")


def test_enter_searches_where_no_suggestion_is_chosen(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    type_into(page, "#home-search")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search/?q={quote('電子')}")


def test_escape_closes_then_clears(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    type_into(page, "#home-search")
    page.keyboard.press("Escape")
    assert not page.is_visible("[role=listbox]")
    assert page.get_attribute("#home-search", "aria-expanded") == "false"
    assert page.input_value("#home-search") == "電子"
    page.keyboard.press("Escape")
    assert page.input_value("#home-search") == ""


def test_tab_leaves_the_box_and_closes_the_list(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    type_into(page, "#home-search")
    page.keyboard.press("Tab")
    assert not page.is_visible("[role=listbox]")
    assert page.evaluate("document.activeElement.type") == "submit"


def test_an_input_method_keeps_its_keys(page: Page, answering: Answering) -> None:
    """Enter that ends a composition neither searches nor chooses."""
    answering(given(2, offers=OFFERS))
    page.goto("/")
    page.focus("#home-search")
    page.wait_for_selector("#home-search[role=combobox]")
    debugger = page.context.new_cdp_session(page)
    debugger.send(
        "Input.imeSetComposition", {"text": "でん", "selectionStart": 2, "selectionEnd": 2}
    )
    page.wait_for_timeout(300)
    assert not page.is_visible("[role=listbox]")
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', keyCode: 229, bubbles: true, cancelable: true}))"
    assert page.evaluate(press % "ArrowDown")
    debugger.send("Input.insertText", {"text": "電子"})
    page.wait_for_selector("[role=listbox]:not([hidden])")
    assert page.evaluate(press % "Enter")
    assert page.evaluate("location.pathname") == "/"


def test_an_engine_without_suggestions_is_still_a_search(page: Page, answering: Answering) -> None:
    answering(given(2))
    page.goto("/search/")
    page.focus("#search-q")
    page.wait_for_selector("#search-q[role=combobox]")
    page.keyboard.type("電子")
    page.wait_for_selector("li[data-result]")
    page.wait_for_timeout(300)
    assert not page.is_visible("[role=listbox]")


def test_the_worker_starts_when_the_box_is_entered(page: Page, answering: Answering) -> None:
    answering(given(2, offers=OFFERS))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.workers == []
    with page.expect_worker():
        page.focus("#home-search")


@BOXES
def test_a_stroke_leads_to_the_box(page: Page, address: str, box: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    assert page.evaluate("`#${document.activeElement.id}`") == box
    page.keyboard.press("/")
    assert page.input_value(box) == "/"


@pytest.mark.parametrize("address", ["/", "/about/", "/search/"])
def test_enter_works_before_any_script_has_come(
    page: Page, complaints: list[str], address: str
) -> None:
    stuck: list[Route] = []
    page.route("**/*.js", lambda route: stuck.append(route))
    page.goto(address, wait_until="commit")
    page.fill("[name=q]", "避難所")
    page.press("[name=q]", "Enter")
    page.wait_for_url(f"**/search/?q={quote('避難所')}*", wait_until="commit")
    page.unroute_all(behavior="ignoreErrors")
    for route in stuck:  # a page with requests that nobody answers may never close
        with contextlib.suppress(Error):  # of the page that was left
            route.abort()
    page.goto("about:blank")
    complaints.clear()  # of the scripts that never came


@BOXES
def test_open_suggestions_stand_in_no_ones_way(
    page: Page,
    answering: Answering,
    axe: Axe,
    address: str,
    box: str,
) -> None:
    answering(given(2, offers=OFFERS))
    page.goto(address)
    type_into(page, box)
    page.keyboard.press("ArrowDown")
    wait(page) if address == "/search/" else None
    for width, ask in ((1280, Ask.ALL), (320, Ask.OTHERS)):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page, ask) == []
        is_in_full_view(page, width)


def is_in_full_view(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    frame = page.locator("[role=listbox]").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= width
    top = page.locator("[role=option]").last.evaluate(
        "one => { const r = one.getBoundingClientRect();"
        " return one.contains(document.elementFromPoint(r.x + 20, r.y + r.height / 2)); }"
    )
    assert top, "something covers the list"
