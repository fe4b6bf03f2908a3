"""Every chart of every page: it has a name, its table has its numbers, no words overlap."""

import json
import re
from pathlib import Path
from typing import Any, Protocol

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, Page

from tests.browser.exchange import each

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

BESIDE_THEIR_PLACE = """() => [...document.querySelectorAll(".dx-chart__drawing")].flatMap((drawing) => {
  const frame = drawing.viewBox.baseVal;
  const boxes = [...drawing.querySelectorAll("text")].map((e) => [e.textContent, e.getBBox()]);
  const out = boxes.filter(([, b]) => b.x < -1 || b.x + b.width > frame.width + 1
    || b.y + b.height > frame.height + 3).map(([text]) => `outside: ${text}`);
  for (const [n, [text, a]] of boxes.entries()) {
    for (const [other, b] of boxes.slice(n + 1)) {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      // A line's box is higher than its letters.
      if (wide > 0.5 && high > 7) out.push(`${text} over ${other}`);
    }
  }
  return out;
})"""
"""The words of a page's charts that leave their frame or overlap."""


class Site(Protocol):
    """What the fixture `site` of tests/conftest.py yields."""

    url: str
    root: Path


def addresses_with_charts(site: Site) -> list[str]:
    """Every page that has a chart."""
    files = sorted(site.root.rglob("index.html"))
    return [
        f"/{path.relative_to(site.root).as_posix().removesuffix('index.html')}"
        for path in files
        if b"dx-chart__drawing" in path.read_bytes()
    ]


def parsed(site: Site, address: str) -> Any:
    """A page as a tree of elements."""
    return html.document_fromstring((site.root / address[1:] / "index.html").read_text("utf-8"))


def numbers_of(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def test_every_chart_has_a_name_and_a_table_with_its_numbers(site: Site) -> None:
    """The numbers over the bars stand in the table of the same card, section or disclosure."""
    charts = 0
    for address in addresses_with_charts(site):
        page = parsed(site, address)
        for drawing in page.xpath("//*[contains(@class, 'dx-chart__drawing')]"):
            charts += 1
            named = [page.get_element_by_id(i) for i in drawing.get("aria-labelledby").split()]
            assert [element.tag for element in named] == ["title", "desc"], address
            assert all(element.text_content().strip() for element in named), address
            values = drawing.xpath(".//*[contains(@class, '__value')]/descendant-or-self::text")
            labels = numbers_of(" ".join(value.text_content() for value in values))
            beside = " ".join(
                " ".join(table.itertext())
                for table in drawing.xpath("ancestor::*[.//table][1]//table")
            )
            assert labels <= numbers_of(beside), f"{address}: {drawing.text_content()}"
    assert charts > 100


def test_words_of_charts_neither_overlap_nor_leave_the_frame(page: Page, site: Site) -> None:
    """As a browser draws them, with the letters that it really has."""
    addresses = addresses_with_charts(site)
    page.goto("/")
    wrong = dict(zip(addresses, each(page, addresses, BESIDE_THEIR_PLACE), strict=True))
    assert {address: found for address, found in wrong.items() if found} == {}


def test_every_chart_file_stands_alone(site: Site) -> None:
    """It names its source, the site and a day, and needs no stylesheet and no other file."""
    files = [path for path in sorted(site.root.rglob("*.svg")) if "assets" not in path.parts]
    linked = set()
    for address in addresses_with_charts(site):
        page = parsed(site, address)
        linked |= set(page.xpath("//a[@data-picture]/@href"))
    assert linked == {f"/{path.relative_to(site.root).as_posix()}" for path in files}
    for path in files:
        tree: Any = etree.parse(str(path)).getroot()
        text = " ".join(tree.itertext())
        assert re.search(r"出典：.+ ?作図：.+ https://example\.org/.+20\d\d年\d+月\d+日", text), (
            path
        )
        assert tree.findtext(f"{SVG}title"), path
        assert tree.xpath("//@class|//@style|//@href|//*[local-name()='style']") == [], path


def test_a_chart_is_saved_as_a_png_of_twice_its_size(page: Page, site: Site) -> None:
    address = next(a for a in addresses_with_charts(site) if "/measures/" in a)
    page.goto(address)
    button = page.get_by_role("button", name=re.compile("PNG")).first
    with page.expect_download() as event:
        button.click()
    data = Path(event.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    svg = site.root / str(page.locator("a[data-picture]").first.get_attribute("href"))[1:]
    assert event.value.suggested_filename == svg.with_suffix(".png").name
    width = int(etree.parse(str(svg)).getroot().get("width") or 0)
    assert int.from_bytes(data[16:20], "big") == 2 * width


def test_without_scripts_there_is_no_button_that_does_nothing(
    chromium: Browser, site: Site
) -> None:
    address = next(a for a in addresses_with_charts(site) if "/measures/" in a)
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert page.get_by_role("link", name=re.compile("図を保存")).count() > 0
        assert page.get_by_role("button", name=re.compile("図を保存")).count() == 0


@pytest.mark.parametrize("kind", ["dark", "forced"])
def test_bars_keep_apart_from_the_ground(kind: str, chromium: Browser, site: Site) -> None:
    """In dark and in forced colours: the edge of every bar differs from what is behind it."""
    settings: dict[str, Any] = {"color_scheme": "dark"}
    if kind == "forced":
        settings = {"forced_colors": "active"}
    address = next(a for a in addresses_with_charts(site) if "/measures/" in a)
    with chromium.new_context(base_url=site.url, **settings) as context:
        page = context.new_page()
        page.goto(address)
        seen = page.evaluate(
            """() => ({
              paper: getComputedStyle(document.body).backgroundColor,
              edges: [...document.querySelectorAll(".dx-chart__target, .dx-chart__baseline")]
                .map((e) => getComputedStyle(e).stroke),
            })"""
        )
    assert seen["edges"]
    assert seen["paper"] not in seen["edges"], json.dumps(seen)
