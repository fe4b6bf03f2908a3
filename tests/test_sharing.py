"""What readers take away: citations that other programs read, a card to paste, a printed code."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from bibtexparser.entrypoint import parse_string
from lxml import html
from PIL import Image, ImageDraw

from dxsite import pipeline
from dxsite.site.citations import Work, bibtex, csl, sentence
from dxsite.site.codes import code_of
from tests.conftest import Desk

BASE = "https://example.org"
PAGE = "aoi/measures/forms/index.html"
ADDRESS = f"{BASE}/aoi/measures/forms/"

# From the schema of CSL 1.0.2 (csl-data.json), as far as the catalogue may use it.
CSL_TEXTS = {"title", "container-title", "publisher", "section", "note", "URL", "language"}
CSL_TEXTS_OR_NUMBERS = {"id", "edition", "page"}
CSL_TYPES = {"chapter", "report"}
CSL_DATES = {"issued", "accessed"}
CSL_NAMES = {"author"}

WORK = Work(
    key="aoi-forms",
    town="青井市",
    plan="青井市DX推進計画",
    measure="窓口 100%_オンライン & {書かない}",
    section="7 個別施策",
    page=12,
    version="第1.0版",
    publisher="青井市",
    established="2023-03",
    revised="2025-05",
    site="小さなサイト",
    address=ADDRESS,
    built="2026-11-20",
)


@pytest.fixture
def small(small_plan: Callable[..., Desk]) -> dict[str, bytes]:
    return files_of(small_plan().build(base_url=BASE))


def files_of(built: pipeline.Built | None) -> dict[str, bytes]:
    assert built is not None
    return {artifact.path: artifact.data for artifact in built.artifacts}


def found(page: bytes, path: str) -> list[Any]:
    tree: Any = html.document_fromstring(page.decode())  # elements or texts, as the path says
    return list(tree.xpath(path))


def meta(page: bytes) -> dict[str, str]:
    return {m.get("property") or m.get("name"): m.get("content") for m in found(page, "//meta")}


def graph(page: bytes) -> list[dict[str, Any]]:
    (text,) = found(page, "//script[@type='application/ld+json']/text()")
    statements: list[dict[str, Any]] = json.loads(text)["@graph"]
    return statements


# Citations.


def test_the_sentence_says_who_what_where_and_when() -> None:
    assert sentence(WORK) == (
        "青井市「窓口 100%_オンライン & {書かない}」『青井市DX推進計画』"
        "（第1.0版、2023年3月策定、2025年5月改定）「7 個別施策」（目次では12ページから）。"
        "要約：小さなサイト、https://example.org/aoi/measures/forms/、2026年11月20日作成。"
    )


def test_bibtex_is_read_by_others_as_it_was_meant() -> None:
    library = parse_string(bibtex(WORK))
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("incollection", "aoi-forms")
    assert re.sub(r"\\(.)", r"\1", fields["title"]) == WORK.measure
    assert fields["author"] == "{青井市}"  # one name, not a family and a given one
    assert (fields["year"], fields["month"], fields["pages"]) == ("2025", "5", "12--")
    assert (fields["url"], fields["urldate"]) == (ADDRESS, "2026-11-20")


def follows_the_schema(item: dict[str, Any]) -> bool:
    date = {"date-parts"}
    return (
        item["type"] in CSL_TYPES
        and item.keys() <= {"type"} | CSL_TEXTS | CSL_TEXTS_OR_NUMBERS | CSL_DATES | CSL_NAMES
        and all(isinstance(item[k], str) for k in item.keys() & CSL_TEXTS)
        and all(isinstance(item[k], str | int) for k in item.keys() & CSL_TEXTS_OR_NUMBERS)
        and all(item[k].keys() == date for k in item.keys() & CSL_DATES)
        and all(1 <= len(p) <= 3 for k in item.keys() & CSL_DATES for p in item[k]["date-parts"])
        and all(name.keys() == {"literal"} for name in item["author"])
    )


def test_csl_says_the_same_in_its_own_fields() -> None:
    item = csl(WORK)
    assert follows_the_schema(item)
    assert item["container-title"] == "青井市DX推進計画"
    assert item["issued"] == {"date-parts": [[2025, 5]]}


def test_every_plan_has_files_that_hold_it_and_all_its_measures(
    built: tuple[pipeline.Built, Path],
) -> None:
    files = files_of(built[0])
    plans = [path.removesuffix("/cite.bib") for path in files if path.endswith("/cite.bib")]
    assert len(plans) == 5
    for plan in plans:
        keys = {plan} | {
            f"{plan}-{path.split('/')[2]}"
            for path in files
            if path.startswith(f"{plan}/measures/") and path.endswith("index.json")
        }
        library = parse_string(files[f"{plan}/cite.bib"].decode())
        assert library.failed_blocks == []
        assert {entry.key for entry in library.entries} == keys
        items = json.loads(files[f"{plan}/cite.json"])
        assert {item["id"] for item in items} == keys
        assert [item for item in items if not follows_the_schema(item)] == []


def test_a_page_offers_its_own_citation_in_three_forms(small: dict[str, bytes]) -> None:
    texts = {box.get("id"): box.text_content() for box in found(small[PAGE], "//textarea")}
    assert ADDRESS in texts["cite-text"]
    assert [e.key for e in parse_string(texts["cite-bibtex"]).entries] == ["aoi-forms"]
    assert [item["id"] for item in json.loads(texts["cite-csl"])] == ["aoi-forms"]
    plan = {
        box.get("id"): box.text_content() for box in found(small["aoi/index.html"], "//textarea")
    }
    assert "『青井市DX推進計画』" in plan["cite-text"]


# The card for other people's pages.


def test_the_card_to_paste_is_plain_html(small: dict[str, bytes]) -> None:
    (box,) = found(small[PAGE], "//textarea[@id='embed-html']")
    card = html.fragment_fromstring(box.text_content().strip())
    assert card.tag == "blockquote"
    assert card.get("cite") == ADDRESS
    assert [a.get("href") for a in card.xpath(".//a")] == [ADDRESS]
    assert {element.tag for element in card.iter()} <= {"blockquote", "p", "strong", "a", "footer"}
    assert "60件以上" in card.text_content()
    assert "青井市DX推進計画" in card.xpath("./footer")[0].text_content()


def test_a_title_cannot_break_out_of_the_card(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    path = desk.root / "content/aoi/measures/forms.yaml"
    text = path.read_text("utf-8").replace(
        "名称: オンライン申請の拡充", "名称: <b>&太字</textarea>"
    )
    path.write_text(text, "utf-8")
    page = files_of(desk.build(base_url=BASE))[PAGE]
    (box,) = found(page, "//textarea[@id='embed-html']")
    card = html.fragment_fromstring(box.text_content().strip())
    assert card.xpath(".//a")[0].text_content() == "<b>&太字</textarea>"


def test_where_the_address_of_the_site_is_not_known_nothing_needs_it(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    settings = desk.root / "content/site.yaml"
    settings.write_text(re.sub(r"(?m)^URL:.*\n", "", settings.read_text("utf-8")), "utf-8")
    page = files_of(desk.build())[PAGE]
    assert not found(page, "//textarea[@id='embed-html']|//*[@class='dx-page-code']")
    assert not [name for name in meta(page) if name in ("og:url", "og:image")]
    (text,) = found(page, "//textarea[@id='cite-text']/text()")
    assert "、2026年11月20日作成。" in text
    assert "http" not in text


# The code on paper.


def drawn(size: int, path: str, scale: int = 6) -> Image.Image:
    """What a browser draws of the path: strokes one module wide."""
    image = Image.new("L", (size * scale, size * scale), 255)
    pen = ImageDraw.Draw(image)
    for row in re.finditer(r"M(\d+) (\d+)\.5h(\d+)((?:m\d+ 0h\d+)*)", path):
        x, y = int(row[1]), int(row[2])
        for skip, run in [("0", row[3]), *re.findall(r"m(\d+) 0h(\d+)", row[4])]:
            x += int(skip)
            pen.rectangle(
                (x * scale, y * scale, (x + int(run)) * scale - 1, (y + 1) * scale - 1), fill=0
            )
            x += int(run)
    return image


@pytest.mark.parametrize("address", [ADDRESS, f"{BASE}/a/", f"{BASE}/{'long-' * 20}/"])
def test_a_reader_of_codes_reads_the_address(address: str) -> None:
    code = code_of(address)
    (read,) = zxingcpp.read_barcodes(drawn(code.size, code.path))
    assert read.text == address


def test_the_code_on_a_page_leads_to_the_page(small: dict[str, bytes]) -> None:
    for path, address in ((PAGE, ADDRESS), ("aoi/index.html", f"{BASE}/aoi/")):
        (svg,) = found(small[path], "//div[@class='dx-page-code']/svg")
        (dark,) = svg.xpath("./path")
        (read,) = zxingcpp.read_barcodes(drawn(int(svg.get("viewbox").split()[2]), dark.get("d")))
        assert read.text == address


# What a page says to those who share and crawl it.


def test_a_shared_link_has_title_text_and_picture(small: dict[str, bytes]) -> None:
    said = meta(small[PAGE])
    assert said["og:title"] == "オンライン申請の拡充"
    assert said["og:description"] == "家から申請できる手続きを増やします。"
    assert said["og:image"] == f"{ADDRESS}card.png"
    assert said["og:type"] == "article"
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:image"].removeprefix(f"{BASE}/") in small


def test_a_page_without_its_own_picture_shows_that_of_its_plan_or_the_site(
    small: dict[str, bytes],
) -> None:
    assert meta(small["aoi/kpis/index.html"])["og:image"] == f"{BASE}/aoi/card.png"
    assert meta(small["about/index.html"])["og:image"] == f"{BASE}/card.png"
    assert meta(small["index.html"])["og:type"] == "website"


def test_pages_say_what_they_are_in_the_words_of_schema_org(small: dict[str, bytes]) -> None:
    def kinds(path: str) -> list[str]:
        return [statement["@type"] for statement in graph(small[path])]

    assert kinds("index.html") == ["WebSite"]
    assert kinds("data/index.html") == ["BreadcrumbList", "Dataset"]
    assert kinds("glossary/index.html") == ["BreadcrumbList", "DefinedTermSet"]
    assert kinds(PAGE) == ["BreadcrumbList", "WebPage"]
    assert kinds("about/index.html") == ["BreadcrumbList"]
    (term,) = [path for path in small if path.startswith("glossary/") and path.count("/") == 2]
    assert kinds(term) == ["BreadcrumbList", "DefinedTerm"]
    measure = graph(small[PAGE])[1]
    assert measure["isBasedOn"]["@type"] == "Report"
    assert measure["isBasedOn"]["publisher"]["name"] == "青井市"
    assert measure["url"] == ADDRESS
    data = graph(small["data/index.html"])[1]
    for file in data["distribution"]:
        assert file["contentUrl"].removeprefix(f"{BASE}/") in small
