"""A plan's booklet says what the pages of its measures say."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

MARK = re.compile(r"※\d+")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def said(elements: Any) -> list[str]:
    return [words(element) for element in elements]


@pytest.fixture(scope="module")
def pairs(built: tuple[Any, Path]) -> list[tuple[str, Any, Any]]:
    """Address, page, and article of the booklet, of every measure."""
    found = []
    for booklet in sorted(built[1].glob("*/booklet/index.html")):
        articles = html.parse(booklet).getroot()
        for path in sorted(booklet.parent.parent.glob("measures/*/index.html")):
            article = articles.get_element_by_id(f"measure-{path.parent.name}")
            main = html.parse(path).getroot().find(".//main")
            found.append((path.parent.relative_to(built[1]).as_posix(), main, article))
    assert len(found) > 100
    return found


def test_it_has_the_costs_and_tables_of_every_measure(pairs: list[tuple[str, Any, Any]]) -> None:
    tables = 0
    for address, page, article in pairs:
        cells = said(article.xpath(".//td"))
        amounts = said(page.xpath(".//*[@class='dx-amounts']/tbody//td"))
        values = said(page.xpath(".//*[@class='dx-scroll__table']/tbody/tr/*"))
        tables += bool(values)
        assert set(amounts + values) <= set(cells), address
    assert tables > 2


def test_every_mark_has_its_note_in_the_same_article(pairs: list[tuple[str, Any, Any]]) -> None:
    marked = 0
    for address, page, article in pairs:
        notes = said(article.xpath(".//li"))
        assert set(said(page.xpath(".//*[@class='dx-footnotes']/li"))) <= set(notes), address
        marks = {mark for cell in said(article.xpath(".//td")) for mark in MARK.findall(cell)}
        assert marks <= {note.split()[0] for note in notes if note.startswith("※")}, address
        marked += bool(marks)
    assert marked > 2


def test_the_direction_of_a_target_is_said_once(pairs: list[tuple[str, Any, Any]]) -> None:
    captions = [text for _, _, article in pairs for text in said(article.xpath(".//caption"))]
    assert any("（増やす目標）" in caption for caption in captions)
    assert not any("目標目標" in caption for caption in captions)
