"""What the search page makes of an answer, and the ways on from it."""

import csv
import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.answers import (
    NOTES,
    Answering,
    given,
    hit,
    parameters,
    results,
    search,
    until,
    wait,
)
from tests.browser.barriers import Ask
from tests.browser.conftest import Axe

MANY = 250
SAID = [
    "「在宅勤務」の同義語「テレワーク」でも検索しました。",
    "「サーバー」は、表記の違う「サーバ」でも検索しました。",
    "「まどぐち」を読みとみて、「窓口」を検索しました。",
    "もしかして「テレワーク」 — 「テレワーグ」は見つからなかったため、これで検索しました。",
    "一部の語が一致しました：「窓口 予約」。見つからなかった語：「新幹線」。",
    "語に分けて検索しました：「窓口」「予約」。",
    "「駅」に関わる語「バス」でも検索しました。",
    "「R9」に予定や目標があるものも含みます。",
    "「窓口予約」の語が離れて出てくるものも含みます。",
]


def choose(page: Page, name: str, value: str) -> None:
    page.select_option(f"select[name={name}]", value)
    wait(page)


# The card.


def test_a_card_says_where_what_and_how_much(page: Page, answering: Answering) -> None:
    answering(given(1))
    search(page)
    card = results(page).first
    assert card.locator(".dx-hit__crumbs").inner_text() == "福山市 › 方針1 › 1-(1) 手続き › 施策"
    figure = card.locator(".dx-hit__figure")
    assert figure.locator("strong").inner_text() == "1,500件/年"
    for words in ("電子申請受付件数", "令和9年度末／2027年度末"):
        assert words in figure.inner_text()
    assert "市民課、税務課" in card.inner_text()
    assert "令和5年度（2023年度）から" in card.inner_text()


def test_the_first_link_of_a_card_leads_to_its_page(page: Page, answering: Answering) -> None:
    answering(given(1))
    search(page)
    assert results(page).locator("a").first.get_attribute("href") == "/fukuyama/?0"


def test_a_figure_that_the_query_met_is_said_once_and_marked(
    page: Page, answering: Answering
) -> None:
    figure = "受付件数：1,500件（令和9年度／2027年度）"
    parts = [
        {"text": "受付件数：", "marked": False},
        {"text": "1,500", "marked": True},
        {"text": "件（令和9年度／2027年度）", "marked": False},
    ]
    answering(given([hit(0, figure=figure, excerpt={"field": "figure", "parts": parts})]))
    search(page, "1,500")
    card = results(page).first
    assert card.inner_text().count("1,500件") == 1
    assert card.locator("strong mark").inner_text() == "1,500"


def test_a_figure_of_another_form_is_shown_as_it_is(page: Page, answering: Answering) -> None:
    answering(given([hit(0, figure="令和7年度から公開")]))
    search(page)
    assert results(page).locator("strong").inner_text() == "令和7年度から公開"


# Order and groups.


def test_order_and_groups_stand_in_the_address_and_the_way_back_undoes_them(
    page: Page, answering: Answering
) -> None:
    answering(given(5))
    search(page)
    choose(page, "sort", "fy")
    choose(page, "group", "plan")
    assert parameters(page) == {"q": "電子申請", "sort": "fy", "group": "plan"}
    page.go_back()
    page.wait_for_url(lambda url: "group" not in url)
    wait(page)
    assert page.input_value("select[name=group]") == ""
    assert page.input_value("select[name=sort]") == "fy"
    choose(page, "sort", "")
    assert parameters(page) == {"q": "電子申請"}


def test_groups_have_headings_with_counts_and_what_is_of_no_plan_comes_last(
    page: Page, answering: Answering
) -> None:
    ordered = [hit(0), hit(2), hit(1), hit(4, plans=[], kind="page")]
    answering(given(ordered))
    search(page, more="&group=plan")
    headings = page.locator("#search-results h3").all_inner_texts()
    assert [" ".join(text.split()) for text in headings] == ["福山市 2件", "大江町 1件", "ほか"]
    assert page.locator("ol[aria-labelledby] > li[data-result] h4").count() == 4
    assert page.locator("ol[aria-labelledby=group-fukuyama] li").count() == 2


def test_a_hit_of_several_plans_stands_with_the_one_that_is_asked_for(
    page: Page, answering: Answering
) -> None:
    answering(given([hit(1), hit(3, plans=["fukuyama", "oe"])]))
    search(page, more="&group=plan&plan=oe")
    assert page.locator("#search-results h3").count() == 1


# More.


def test_more_is_kept_in_the_address_and_the_place_in_the_list_with_it(
    page: Page, answering: Answering
) -> None:
    answering(given(65))
    search(page)
    page.click("#search-more")
    page.wait_for_selector("li[data-result]:nth-child(21)")
    assert page.evaluate("document.activeElement.textContent") == "電子申請の推進20"
    assert parameters(page) == {"q": "電子申請", "n": "40"}
    page.locator("li[data-result]:nth-child(38)").scroll_into_view_if_needed()
    until(page, "history.state?.y === scrollY")
    place = page.evaluate("scrollY")
    assert place > 1000

    page.reload()
    wait(page)
    assert results(page).count() == 40
    until(page, f"Math.abs(scrollY - {place}) < 2")

    page.locator("li[data-result]:nth-child(38) a").click()
    page.wait_for_url("**/oe/?37")
    page.go_back()
    page.wait_for_selector("li[data-result]:nth-child(40)")
    until(page, f"Math.abs(scrollY - {place}) < 300")
    assert page.locator("#search-more").inner_text() == "もっと見る（のこり25件）"


def test_another_question_begins_anew(page: Page, answering: Answering) -> None:
    answering(given(65))
    search(page, more="&n=60")
    assert results(page).count() == 60
    choose(page, "sort", "fy")
    assert parameters(page) == {"q": "電子申請", "sort": "fy"}
    assert results(page).count() == 20


@pytest.mark.parametrize("number", ["0", "-5", "x", "7"])
def test_an_odd_number_in_the_address_does_no_harm(
    page: Page, answering: Answering, number: str
) -> None:
    answering(given(30))
    search(page, more=f"&n={number}")
    assert results(page).count() == 20


def test_enter_on_the_same_question_changes_nothing(page: Page, answering: Answering) -> None:
    answering(given(65))
    search(page, more="&n=40")
    length = page.evaluate("history.length")
    page.press("#search-q", "Enter")
    wait(page)
    assert results(page).count() == 40
    assert page.evaluate("history.length") == length


# Notes and ways on.


def test_each_note_is_one_line_and_an_unknown_one_is_none(page: Page, answering: Answering) -> None:
    answering(given(2, notes=NOTES))
    search(page, "在宅勤務")
    assert page.locator("#search-notes li").all_inner_texts() == SAID


def test_a_synonym_can_be_searched_for_itself(page: Page, answering: Answering) -> None:
    answering(given(2, notes=NOTES[:1]))
    search(page, "在宅勤務 補助", "&plan=oe")
    page.click("#search-notes a")
    page.wait_for_url(f"**/search/?q={quote('テレワーク')}+{quote('補助')}&plan=oe")
    wait(page)
    assert page.evaluate("document.activeElement.id") == "search-status"


@pytest.mark.parametrize("query", ["福山市の窓口", "窓口　福山", "福山市 窓口"])
def test_a_municipality_in_the_query_is_said_and_can_be_left_out(
    page: Page, answering: Answering, query: str
) -> None:
    note = {"kind": "plan", "word": "福山市", "forms": ["福山市"]}
    answering(given(2, plans=["fukuyama"], notes=[note]))
    search(page, query)
    assert "福山市の計画からさがしました。" in page.inner_text("#search-notes")
    page.click("text=すべての自治体から「窓口」をさがす")
    page.wait_for_url(f"**/search/?q={quote('窓口')}")


def test_fewer_words_are_offered_where_only_some_were_found(
    page: Page, answering: Answering
) -> None:
    answering(given(2, notes=[NOTES[4]], ways=[{"query": "窓口", "total": 7}]))
    search(page, "窓口 新幹線")
    assert page.inner_text("#search-notes .dx-ways") == "「窓口」でさがす（7件）"


def test_nothing_found_says_what_was_tried_and_where_else_something_is(
    page: Page, answering: Answering
) -> None:
    counts = {"plan": {"fukuyama": 3, "oe": 0}}
    nothing = given(0, notes=[NOTES[0]], ways=[{"query": "駅", "total": 2}], counts=counts)
    answering(nothing)
    search(page, "新幹線 駅", "&plan=oe")
    assert page.inner_text("#search-notes") == SAID[0]
    none = page.locator("#search-none")
    assert "見つかりませんでした" in none.inner_text()
    links = none.locator("a[data-search]")
    assert links.all_inner_texts() == [
        "福山市でさがす（3件）",
        "しぼり込みを外してさがす",
        "「駅」でさがす（2件）",
    ]
    assert page.is_visible("#search-browse")
    assert not page.is_visible("#search-tools")


# Feeds.


def feeds(page: Page) -> list[tuple[str, str]]:
    links = page.locator("#search-feeds a:visible")
    return [(link.inner_text(), str(link.get_attribute("href"))) for link in links.all()]


def test_one_plan_or_theme_has_a_feed(page: Page, answering: Answering, site: Any) -> None:
    plan = ("福山市の計画の更新をフィードで受け取る", "/fukuyama/feed.xml")
    theme = ("テーマ「テレワークと働き方」の更新をフィードで受け取る", "/themes/telework/feed.xml")
    answering(given(2))
    search(page)
    assert feeds(page) == []
    search(page, more="&plan=fukuyama&theme=telework")
    assert feeds(page) == [plan, theme]
    search(page, more="&plan=fukuyama&plan=oe")
    assert feeds(page) == []
    answering(given(2, plans=["fukuyama"]))
    search(page)
    assert feeds(page) == [plan]
    answering(given(2, answer=hit(0, kind="page", plans=[], url="/themes/telework/")))
    search(page)
    assert feeds(page) == [theme]
    for _, address in (plan, theme):
        assert (site.root / address.lstrip("/")).is_file()


# The table.


def saved(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.click("#search-csv button")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_whole_list_is_saved_as_a_table(page: Page, answering: Answering, site: Any) -> None:
    first = hit(0, title=[{"text": '=1+1, "x"'}], measure="申請", plans=["fukuyama", "oe"])
    answering(given([first, *(hit(number) for number in range(1, MANY))]))
    search(page, "電子/申請 a")
    assert page.inner_text("#search-csv button") == f"この結果をCSVで保存（{MANY}件）"
    name, data = saved(page)
    assert name == "検索結果_電子_申請_a.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == MANY + 1
    header, one, *rest = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert "|".join(header) == (
        "順位|全国地方公共団体コード|自治体|種類|名称|体系|施策|"
        "担当課|いつ|目標|一致した箇所|アドレス"
    )
    assert one == [
        *("1", "342076|063240", "福山市|大江町", "施策", '\'=1+1, "x"', "方針1 › 1-(1) 手続き"),
        *("申請", "市民課|税務課", "令和5年度（2023年度）から"),
        "電子申請受付件数：1,500件/年（令和9年度末／2027年度末）",
        *("家から申請", f"{site.url}/fukuyama/?0"),
    ]
    assert [row[0] for row in rest] == [str(number) for number in range(2, MANY + 1)]
    assert page.inner_text("#search-csv [role=status]") == f"{MANY}件を保存しました。"


# Everything for everyone.


STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "empty": ("/search/", given()),
    "results": ("/search/?q=a", given(25)),
    "grouped": ("/search/?q=a&group=plan", given(5)),
    "sorted": ("/search/?q=a&sort=fy&plan=oe", given(5)),
    "notes": (
        "/search/?q=a",
        given(3, notes=NOTES, ways=[{"query": "窓口", "total": 7}], plans=["oe"]),
    ),
    "answer": ("/search/?q=a", given(3, answer=hit(0, kind="term", url="/glossary/rpa/"))),
    "none": ("/search/?q=a", given(0)),
    "none with ways": (
        "/search/?q=a&plan=oe",
        given(0, ways=[{"query": "窓口", "total": 7}], counts={"plan": {"fukuyama": 3}}),
    ),
    "broken": ("/search/?q=a", given(broken=True)),
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_of_the_page_stands_in_anyones_way(
    page: Page, answering: Answering, axe: Axe, state: str
) -> None:
    """Narrow and wide; then in the dark, where the colours are others."""
    address, answer = STATES[state]
    answering(answer)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    wait(page)
    for summary in page.locator(".dx-facets:not([open]) > summary").all():
        summary.click()
    for width, ask in ((320, Ask.OTHERS), (1280, Ask.ALL)):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page, ask) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert too_small(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page, Ask.COLOURS) == []


def too_small(page: Page) -> list[str]:
    """What is less than 24 px high and may be pressed."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
          "main a, main button, main select, main input, main summary")]
          .filter(one => one.checkVisibility() && !one.closest("label"))
          .filter(one => one.getBoundingClientRect().height < 24)
          .map(one => one.outerHTML)"""
    )
    return small


def test_the_list_is_busy_while_it_is_made(page: Page, answering: Answering) -> None:
    answering(given(25))
    search(page)
    assert page.get_attribute("#search-results", "aria-busy") is None
    page.focus("#search-q")
    page.keyboard.type("x")
    assert page.get_attribute("#search-results", "aria-busy") == "true"
    wait(page)
    assert page.get_attribute("#search-results", "aria-busy") is None
    assert (
        page.locator("#search-status[role=status]").inner_text() == "「電子申請x」の検索結果 25件"
    )


def test_the_examples_find_something(page: Page) -> None:
    page.goto("/search/")
    wait(page)
    words = page.locator("#search-browse .dx-chip-link").all_inner_texts()
    assert len(words) > 3
    for word in words:
        page.goto("/search/")
        wait(page)
        page.get_by_role("link", name=word, exact=True).click()
        page.wait_for_url(f"**/search/?q={quote(word)}")
        wait(page)
        assert int(page.get_attribute("#search", "data-total") or 0) > 0


def test_text_of_the_query_is_no_html(page: Page, answering: Answering) -> None:
    shown: list[Dialog] = []
    page.on("dialog", lambda dialog: shown.append(dialog))
    bad = "<img src=x onerror=alert(1)>"
    note = {"kind": "guess", "word": bad, "forms": [bad]}
    answering(
        given([hit(0, title=[{"text": bad}])], notes=[note], ways=[{"query": bad, "total": 1}])
    )
    search(page, bad)
    assert results(page).locator("a").inner_text() == bad
    assert shown == []
    assert page.locator("main img").count() == 0


def test_without_javascript_nothing_has_changed(chromium: Browser, site: Any) -> None:
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search/")
        assert not page.is_visible("#search-tools")
        assert not page.is_visible(".dx-browse__examples")
        assert page.locator("#search-browse a[href*='/measures/']").count() > 40
        page.fill("#search-q", "窓口")
        page.press("#search-q", "Enter")
        page.wait_for_url(f"**/search/?q={quote('窓口')}*")
