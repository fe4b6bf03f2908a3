"""/accessibility/ says what the test found, and no more."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests import every_state
from tests.browser import barriers
from tests.conftest import ROOT, Desk

RECORD = ROOT / "dxsite" / "accessibility.json"
DATA: dict[str, Any] = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
recorded = pytest.mark.skipif(not DATA, reason="no test of every page was recorded yet")


@pytest.fixture(scope="module")
def page(built: tuple[Any, Path]) -> Any:
    return html.parse(built[1] / "accessibility" / "index.html").getroot().find(".//main")


@recorded
def test_the_page_says_what_the_data_say(page: Any) -> None:
    text = " ".join(page.text_content().split())
    year, month, day = DATA["date"].split("-")
    assert f"（{year}年{int(month)}月{int(day)}日）" in text
    assert f"{DATA['pages']}ページを検査した" in text
    assert f"のべ{DATA['runs']:,}回" in text
    assert f"axe-core {DATA['axe']}" in text
    assert ("問題は見つかりませんでした" in text) == (DATA["barriers"] == 0)
    rows = [[cell.text for cell in row] for row in page.iterfind(".//tbody/tr")]
    assert [row[0] for row in rows] == [f"{state['width']}px" for state in DATA["states"]]
    assert [row[2] for row in rows] == [f"{state['text'] * 100 // 16}%" for state in DATA["states"]]


def test_without_a_record_nothing_is_claimed(page: Any) -> None:
    assert ("検査の記録は、まだありません" in page.text_content()) == (not DATA)


@recorded
def test_it_claims_every_state_only_where_every_page_was_seen_in_every_state(page: Any) -> None:
    complete = DATA["runs"] == DATA["pages"] * len(DATA["states"])
    assert ("下の表のすべての条件で検査しました" in page.text_content()) == complete


def test_a_program_alone_makes_no_one_conform(page: Any) -> None:
    text = page.text_content()
    assert "JIS X 8341-3:2016" in text
    assert "WCAG 2.2" in text
    assert "配慮" in text
    assert "準拠しています" not in text
    assert "まだ人が試していません" in text


@recorded
def test_the_data_are_those_of_the_states_that_are_tested() -> None:
    told = [(state["width"], state["colours"], state["text"]) for state in DATA["states"]]
    assert told == [(state.width, state.colours, state.text) for state in barriers.STATES]


def test_the_record_is_the_same_for_the_same_result() -> None:
    found = [barriers.Barrier("/", "320px", "x")]
    share = every_state.Share(3, 1, 9, 90, "140.0.1.2", found)
    day = date(2026, 11, 21)
    once = every_state.written(day, [share, share], None)
    assert once == every_state.written(day, [share, share], None)
    told = json.loads(once)
    assert (told["pages"], told["runs"], told["barriers"]) == (6, 18, 2)
    assert told["browser"] == "140"
    assert told.keys() == (DATA or told).keys()


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("", "窓口は、まだ用意できていません"),
        ("\n運営: 葵市\n", "運営者（葵市）にお知らせください"),
        ("\nリポジトリ: https://example.org/aoi/plans\n", "お知らせください"),
    ],
)
def test_it_says_where_to_turn(small_plan: Callable[..., Desk], added: str, told: str) -> None:
    settings = (ROOT / "tests/small/content/site.yaml").read_text("utf-8")
    kept = "".join(
        line
        for line in settings.splitlines(keepends=True)
        if not line.startswith(("リポジトリ:", "運営:"))
    )
    desk = small_plan(**{"site.yaml": kept + added})
    desk.build()
    page = html.parse(desk.root / "public/accessibility/index.html").getroot().find(".//main")
    assert told in page.text_content()
    links = page.xpath(".//a[contains(@href, 'example.org')]/@href")
    assert links == (["https://example.org/aoi/plans/issues"] if "example" in added else [])
