"""Every kind of page of the real site, as a reader with a browser meets it."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests.browser.barriers import settle
from tests.browser.conftest import forget

KINDS = {
    "home": "index.html",
    "plan": "*/roadmap/../index.html",
    "measure": "*/measures/*/index.html",
    "roadmap": "*/roadmap/index.html",
    "roadmap by theme": "*/roadmap/themes/index.html",
    "roadmap of all plans": "roadmap/index.html",
    "plan's KPIs": "*/kpis/index.html",
    "plan's glossary": "*/roadmap/../glossary/index.html",
    "themes": "themes/index.html",
    "theme": "themes/*/index.html",
    "comparison": "compare/index.html",
    "KPIs": "kpis/index.html",
    "glossary": "glossary/index.html",
    "term": "glossary/*/index.html",
    "search": "search/index.html",
    "data": "data/index.html",
    "about": "about/index.html",
    "accessibility": "accessibility/index.html",
    "guide": "guide/index.html",
    "guide's chapter": "guide/[!f]*/index.html",
    "guide's fields": "guide/fields/index.html",
    "guide's kind": "guide/fields/*/index.html",
    "guide's codes": "guide/faults/index.html",
    "guide's code": "guide/faults/*/index.html",
    "lost": "404.html",
}
"""Kind → its files; the longest page of a kind stands for all."""


class Site(Protocol):
    """What the fixture `site` of tests/conftest.py yields."""

    url: str
    root: Path


def url_of(kind: str, site: Site) -> str:
    """The address of the longest page of a kind."""
    files = {path.resolve() for path in site.root.glob(KINDS[kind].replace("roadmap/../", ""))}
    if "roadmap/../" in KINDS[kind]:
        files = {path for path in files if (folder_of_plan(path) / "roadmap").is_dir()}
    longest = max(sorted(files), key=lambda path: path.stat().st_size)
    name = longest.relative_to(site.root.resolve()).as_posix()
    return "/" + name.removesuffix("index.html")


def folder_of_plan(path: Path) -> Path:
    return path.parent.parent if path.parent.name == "glossary" else path.parent


def pages(site: Site) -> Iterator[tuple[str, Any]]:
    """Every page of the site, parsed."""
    for path in sorted(site.root.rglob("*.html")):
        name = path.relative_to(site.root).as_posix()
        yield name, html.document_fromstring(path.read_text("utf-8"))


# ------------------------------------------------------------------------------- in the browser


def test_every_page_is_served_with_a_policy(page: Page, site: Site) -> None:
    for kind in KINDS:
        answer = page.request.get(url_of(kind, site))
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("kind", ["home", "measure", "search"])
def test_the_first_tab_skips_to_the_text(kind: str, page: Page, site: Site) -> None:
    page.goto(url_of(kind, site))
    settle(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("kind", ["home", "plan", "measure", "roadmap", "glossary"])
def test_a_page_is_readable_without_scripts(kind: str, chromium: Browser, site: Site) -> None:
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url_of(kind, site))
        assert page.locator("h1").is_visible()
        assert len(page.locator("main").inner_text()) > 60


def test_the_search_page_lists_every_measure_without_scripts(chromium: Browser, site: Site) -> None:
    catalog = json.loads((site.root / "data/catalog.json").read_text("utf-8"))
    measures = {measure["url"] for plan in catalog["plans"] for measure in plan["measures"]}
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search/")
        for summary in page.locator("#search-browse summary").all():
            summary.click()
        links = page.locator("main a[href*='/measures/']:visible")
        shown = {str(link.get_attribute("href")) for link in links.all()}
    assert shown == measures


def test_a_schedule_is_drawn_in_the_columns_of_its_years(page: Page, site: Site) -> None:
    """An entry begins where its first year's column begins; an open end reaches the border."""
    url, entry = measure_with_open_end(site)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    timeline = page.locator(".dx-timeline__table").first
    bar = timeline.locator(".dx-timeline__bar[data-end=open]", has_text=entry["text"]).first
    assert "以降" in (bar.text_content() or "")
    years = timeline.locator("thead th[scope=col]", has_text="年度")
    column = timeline.locator("thead th", has_text=f"{entry['from']}年度").bounding_box()
    cell = bar.locator("xpath=ancestor::td").bounding_box()
    last = years.last.bounding_box()
    assert column is not None
    assert cell is not None
    assert last is not None
    assert cell["x"] == pytest.approx(column["x"], abs=2)
    assert cell["x"] + cell["width"] == pytest.approx(last["x"] + last["width"], abs=2)
    now = timeline.locator("thead th[data-now]")
    assert "2026年度" in now.inner_text()
    assert "今年度" in now.inner_text()


def measure_with_open_end(site: Site) -> tuple[str, dict[str, Any]]:
    """A measure that begins after its plan's first year and whose end the plan leaves open."""
    catalog = json.loads((site.root / "data/catalog.json").read_text("utf-8"))
    for plan in catalog["plans"]:
        for measure in plan["measures"]:
            for entry in measure["schedule"]:
                if entry["open_end"] and entry["from"] > plan["fiscal_years"]["from"]:
                    return measure["url"], entry
    pytest.fail("no plan leaves an end open any more")


OPENED = """details => details.map((one) => [
  one.querySelector("summary").textContent.trim(),
  [...one.querySelectorAll("table")].some((table) => table.checkVisibility()
    && table.getBoundingClientRect().height > 20),
])"""


def test_a_table_behind_a_disclosure_stands_on_paper(page: Page, site: Site) -> None:
    """What explains a figure is not lost with the button that opens it; the rest stays away."""
    patterns = ("*/index.html", "themes/*/index.html")
    files = sorted(path for pattern in patterns for path in site.root.glob(pattern))
    marked = [path for path in files if 'data-kind="table"' in path.read_text("utf-8")]
    assert len(marked) > 3
    for path in marked[:2] + marked[-2:]:
        page.goto("/" + path.relative_to(site.root).parent.as_posix() + "/")
        tables = page.locator("details[data-kind=table]")
        assert not any(seen for _, seen in tables.evaluate_all(OPENED))
        page.emulate_media(media="print")
        assert all(seen for _, seen in tables.evaluate_all(OPENED)), path
        assert page.locator("details[data-kind=plain]:visible").count() == 0
        page.emulate_media(media="screen")


REMEMBERED = """() => [sessionStorage.length, localStorage.length, document.cookie, history.length,
  innerWidth, ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)"].map(
    (media) => matchMedia(media).matches)]"""


def test_a_tab_forgets_the_test_before(page: Page) -> None:
    """All tests of a file share one, see conftest.py."""
    page.goto("/about/")
    fresh = page.evaluate(REMEMBERED)
    page.evaluate("sessionStorage.a = localStorage.a = document.cookie = 'a=b; path=/'")
    page.goto("/data/")
    page.emulate_media(media="print", color_scheme="dark", forced_colors="active")
    page.set_viewport_size({"width": 320, "height": 320})
    page.route("**/about/", lambda route: route.abort())
    changed = page.evaluate(REMEMBERED)
    assert [one for one, other in zip(fresh, changed, strict=True) if one == other] == []
    forget(page)
    page.goto("/about/")
    assert page.evaluate(REMEMBERED) == fresh


# ------------------------------------------------------------------------------ without a browser


def test_every_page_has_what_every_page_needs(site: Site) -> None:
    """A language, one main heading, a title of its own, a canonical address, a skip link."""
    titles: dict[str, str] = {}
    for name, page in pages(site):
        assert page.get("lang") == "ja", name
        assert len(page.findall(".//h1")) == 1, name
        title = page.findtext(".//title").strip()
        assert titles.setdefault(title, name) == name, f"{name} and {titles[title]}: {title}"
        assert page.xpath("string(//meta[@name='description']/@content)"), name
        canonical = page.xpath("string(//link[@rel='canonical']/@href)")
        own = f"https://example.org/{name.removesuffix('index.html')}"
        assert canonical == ("" if name == "404.html" else own), name
        assert page.xpath("//body//a")[0].get("href") == "#main", name
        assert page.xpath("//*[@id='main']"), name


def test_headings_leave_no_level_out(site: Site) -> None:
    for name, page in pages(site):
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert jumps == [], name


def test_every_table_says_what_it_shows(site: Site) -> None:
    for name, page in pages(site):
        for table in page.findall(".//table"):
            if "dx-prose" in " ".join(str(a.get("class")) for a in table.iterancestors()):
                continue  # prose has no way to caption a table
            assert table.find("caption") is not None, name


def test_nothing_comes_from_elsewhere(site: Site) -> None:
    """Images, styles and scripts are the site's own; no style or script stands in a page."""
    for name, page in pages(site):
        sources = [*page.xpath("//@src"), *page.xpath("//link[@rel='stylesheet']/@href")]
        assert [source for source in sources if not str(source).startswith("/")] == [], name
        assert page.xpath("//style|//@style") == [], name
        kinds = {
            script.get("type") for script in page.findall(".//script") if not script.get("src")
        }
        assert kinds <= {"application/ld+json"}, name
