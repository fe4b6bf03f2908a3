"""The search page, as a reader and as a program that drives a browser meet it."""

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from dxsite import pipeline, serving
from dxsite.diagnostics import Report
from dxsite.search.records import Field, Found
from dxsite.search.whole import records_of
from tests.browser.barriers import Ask
from tests.browser.conftest import Axe

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 11, 20)
MODULE = 'document.querySelector("script[type=module][src*=search]").src'


class Answer(NamedTuple):
    """What the page says: the number of all hits, and the address of each that is shown."""

    total: int
    urls: list[str]


def wait(page: Page) -> None:
    page.wait_for_selector('#search[data-state="done"]')


def answer(page: Page) -> Answer:
    wait(page)
    urls = page.eval_on_selector_all(
        "li[data-result]", "items => items.map(item => item.querySelector('a[href]').href)"
    )
    parts = [urlsplit(url) for url in urls]
    found = [part.path + (f"#{part.fragment}" if part.fragment else "") for part in parts]
    return Answer(int(page.get_attribute("#search", "data-total") or -1), found)


def search(page: Page, query: str, **facets: str) -> Answer:
    parameters = "".join(f"&{name}={quote(value)}" for name, value in facets.items())
    page.goto(f"/search/?q={quote(query)}{parameters}")
    return answer(page)


@pytest.fixture(scope="session")
def records() -> list[Found]:
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=TODAY)
    catalog = pipeline.check(order, Report())
    assert catalog is not None
    return list(records_of(catalog))


# Two halves of one thing.


def test_javascript_cuts_texts_as_python_does(page: Page) -> None:
    cases: list[dict[str, Any]] = json.loads(
        (ROOT / "tests" / "cases" / "tokens.json").read_text("utf-8")
    )
    page.goto("/search/")
    made = page.evaluate(
        f"""async cases => {{
          const t = await import(new URL("tokens.js", {MODULE}).href);
          return cases.map(({{ text }}) => {{
            const tokens = t.tokensOf(text);
            const keys = tokens.map(t.keyOf);
            return {{ tokens, keys, shown: t.textOf(tokens), phrases: t.phrasesOf(text) }};
          }});
        }}""",
        cases,
    )
    for case, got in zip(cases, made, strict=True):
        assert got == {
            "tokens": case["tokens"],
            "keys": case["keys"],
            "shown": case.get("shown", case["text"]),
            "phrases": case["phrases"],
        }


def test_javascript_knows_the_fields_in_the_order_of_the_index(page: Page) -> None:
    page.goto("/search/")
    script = f"import(new URL('record.js', {MODULE}).href).then(module => module.FIELDS)"
    assert page.evaluate(script) == [field.value[0] for field in Field]


# What is found.


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("1500", "1,500"),
        ("１，５００", "1,500"),
        ("ﾃﾚﾜｰｸ", "テレワーク"),
        ("ｒｐａ", "RPA"),
        ("ファイアウォール", "ファイア・ウォール"),
        ("窓口　予約", "予約 窓口"),
    ],
)
def test_ways_to_write_the_same(page: Page, query: str, same: str) -> None:
    assert search(page, query) == search(page, same)


@pytest.mark.parametrize("query", ["新幹線", "500件", "AID", "ハス", "「」", "電子新聞"])
def test_what_is_not_there_is_not_found(page: Page, query: str) -> None:
    assert search(page, query) == Answer(0, [])
    assert "見つかりませんでした" in page.inner_text("#search-none")
    assert page.is_visible("#search-browse")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("電子申請の推進", "/kaminoyama/measures/online-applications/"),
        ("文書管理 福山市", "/fukuyama/measures/document-management/"),
        ("フレイル", "/fukuyama/measures/digital-frailty-checks/"),
        ("EBPM 福山市", "/fukuyama/measures/data-use/"),
        ("RPA導入業務数", "/fukuyama/measures/rpa/#kpi-rpa-tasks"),
        ("上山市DX推進計画", "/kaminoyama/"),
    ],
)
def test_the_right_one_comes_first(page: Page, query: str, first: str) -> None:
    assert search(page, query).urls[0] == first


def test_a_term_is_explained_above_the_list(page: Page) -> None:
    search(page, "ebpm")
    link = page.locator("#search-answer a")
    assert link.get_attribute("href") == "/glossary/ebpm/"


# The page.


def test_every_hit_leads_to_a_page_of_the_site(page: Page, site: Any) -> None:
    total, urls = search(page, "市")
    assert total > 20
    assert len(urls) == 20
    for url in urls:
        path = url.partition("#")[0].strip("/")
        assert (site.root / path / "index.html").is_file()


def test_more_hits_follow_on_demand(page: Page) -> None:
    first = search(page, "市")
    page.click("#search-more")
    page.wait_for_selector("li[data-result]:nth-child(21)")
    more = answer(page)
    assert more.urls[:20] == first.urls
    assert len(set(more.urls)) == len(more.urls) == min(40, first.total)
    assert page.evaluate("document.activeElement.closest('li[data-result]') !== null")


def test_the_words_are_marked_and_the_text_is_readable(page: Page) -> None:
    search(page, "電子申請")
    hit = page.locator("li[data-result]").first
    assert hit.locator("h3").inner_text() == "電子申請の推進"
    assert hit.locator("h3 mark").inner_text() == "電子申請"
    assert hit.inner_text().startswith("上山市 › 方針1")


def test_typing_searches_and_keeps_the_address(page: Page) -> None:
    page.goto("/search/")
    wait(page)
    assert page.get_attribute("#search", "data-total") == "0"
    page.keyboard.press("/")
    page.keyboard.type("テレワーク")
    assert page.get_attribute("#search", "data-state") == "busy"
    typed = answer(page)
    assert typed.total
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "テレワーク"
    assert typed == search(page, "テレワーク")


def test_choices_narrow_the_search_and_the_way_back_widens_it(page: Page) -> None:
    wide = search(page, "テレワーク")
    page.get_by_label("福山市").check()
    page.wait_for_url("**plan=fukuyama*")
    narrow = answer(page)
    assert 0 < narrow.total < wide.total
    page.go_back()
    page.wait_for_selector(f'#search[data-state="done"][data-total="{wide.total}"]')
    assert answer(page) == wide
    assert not page.get_by_label("福山市").is_checked()


def test_counts_of_choices_are_what_choosing_gives(page: Page) -> None:
    search(page, "システム", kind="measure")
    for slug in ("kaminoyama", "fukuyama"):
        row = page.locator("[data-choice]", has=page.locator(f"input[value={slug}]"))
        said = row.locator("[data-count]").inner_text()
        assert said == f"{search(page, 'システム', kind='measure', plan=slug).total}件"
        search(page, "システム", kind="measure")


def test_facets_alone_list_what_they_let_through(page: Page, records: list[Found]) -> None:
    page.goto("/search/?theme=telework&kind=measure&fy=2025")
    expected = {
        found.url
        for found in records
        if found.kind == "measure" and "telework" in found.themes and 2025 in found.years
    }
    assert set(answer(page).urls) == expected


def test_repeated_parameters_widen_one_facet(page: Page) -> None:
    kinds = [search(page, "RPA", kind=kind).total for kind in ("measure", "kpi")]
    page.goto("/search/?q=RPA&kind=measure&kind=kpi")
    assert answer(page).total == sum(kinds)


def test_the_box_of_the_home_page_leads_here(page: Page) -> None:
    page.goto("/")
    page.fill("main input[name=q]", "避難所")
    page.press("main input[name=q]", "Enter")
    page.wait_for_url("**/search/?q=*")
    wait(page)
    assert page.input_value("#search-form [name=q]") == "避難所"


@pytest.mark.parametrize("query", ["", "RPA", "新幹線 駅"])
def test_nothing_stands_in_anyones_way(page: Page, axe: Axe, query: str) -> None:
    page.goto(f"/search/?q={quote(query)}")
    wait(page)
    for width, ask in ((320, Ask.OTHERS), (1280, Ask.ALL)):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page, ask) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_everything_is_listed(chromium: Browser, site: Any) -> None:
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search/")
        assert page.locator("#search-browse a[href*='/measures/']").count() > 40
        assert page.locator("#search-browse a[href*='/themes/']").count() > 20
        assert not page.is_visible("#search-facets")
        assert page.is_visible(".dx-search__noscript")


def test_without_an_index_the_page_says_so(
    page: Page, complaints: list[str], tmp_path: Path
) -> None:
    order = pipeline.Order(root=ROOT, output=tmp_path, today=TODAY, index=False)
    built = pipeline.make(order, Report(), lambda _: None)
    assert built is not None
    server = serving.Serving.of_files({a.path: a.data for a in built.artifacts})
    try:
        page.goto(f"{server.url.rstrip('/')}/search/?q=RPA")
        assert answer(page) == Answer(0, [])
        assert "索引を読み込めませんでした" in page.inner_text("#search-none")
        assert page.is_visible("#search-browse")
    finally:
        server.close()
        complaints.clear()  # the missing index, and this server of its own
