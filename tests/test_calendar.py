"""The days of a plan and of a theme, as a parser of iCalendar that is not ours reads them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html

from dxsite import urls
from dxsite.exports.calendar import _escaped, _folded
from tests.conftest import Desk
from tests.test_site import BASE, MEASURE, PLAN, Files, bare, made

AOI = urls.plan_calendar("aoi")
THEME = urls.theme_calendar("online-procedures")


def calendar(files: Files, url: str) -> Calendar:
    read = Calendar.from_ical(files[urls.file_of(url)])
    assert isinstance(read, Calendar)
    assert read.errors == []
    return read


def events(files: Files, url: str) -> list[Any]:
    found = calendar(files, url).walk("VEVENT")
    assert [event.errors for event in found] == [[]] * len(found)
    return found


def told(files: Files, url: str = AOI) -> list[tuple[date, str]]:
    """Day and description of each event."""
    return [(event["DTSTART"].dt, str(event["DESCRIPTION"])) for event in events(files, url)]


def test_a_fiscal_year_begins_on_1_april_and_ends_on_31_march(
    small_plan: Callable[..., Desk],
) -> None:
    """工程 R5 検討, R6- 運用; 目標 R6 40, R9 60以上."""
    assert told(made(small_plan())) == [
        (date(2023, 4, 1), "始まる工程（令和5年度（2023年度））：検討"),
        (date(2024, 3, 31), "終わる工程（令和5年度（2023年度））：検討"),
        (date(2024, 4, 1), "始まる工程（令和6年度（2024年度）以降）：運用"),
        (date(2025, 3, 31), "目標（令和6年度（2024年度））：手続き数　40件"),
        (date(2028, 3, 31), "目標（令和9年度（2027年度））：手続き数　60件以上"),
    ]


def test_what_falls_on_one_day_is_one_event_of_the_measure(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write("aoi/measures/forms.yaml", MEASURE.replace("年度: R6-\n", "年度: R6\n"))
    (event,) = [e for e in events(made(desk), AOI) if e["DTSTART"].dt == date(2025, 3, 31)]
    assert str(event["SUMMARY"]) == "青井市「オンライン申請の拡充」：目標、終わる工程"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "目標（令和6年度（2024年度））：手続き数　40件",
        "終わる工程（令和6年度（2024年度））：運用",
    ]
    assert str(event["URL"]) == f"{BASE}{urls.measure('aoi', 'forms')}"
    assert event["DTSTAMP"].dt == datetime(2026, 11, 20, tzinfo=UTC)


def test_what_the_print_leaves_open_has_no_day(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    text = MEASURE.replace("年度: R5\n", "年度: R5-?\n").replace("年度: R6-", "年度: 全期間")
    text = text.replace("R9: 60以上", "R9?: 60以上").replace("R6: 40", "R6: －")
    desk.write("aoi/measures/forms.yaml", text)
    assert told(made(desk)) == []


def test_a_theme_has_the_days_of_all_its_plans(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write("ao/plan.yaml", PLAN.replace("062073", "402192").replace("青井", "赤井"))
    desk.write("ao/measures/forms.yaml", MEASURE.replace("用語:\n  - rpa\n\n", ""))
    desk.write("ao/measures/counter.yaml", bare(20))
    files = made(desk)
    towns = {str(event["SUMMARY"])[:3] for event in events(files, THEME)}
    assert towns == {"青井市", "赤井市"}
    own = {
        str(event["UID"]) for url in (AOI, urls.plan_calendar("ao")) for event in events(files, url)
    }
    assert {str(event["UID"]) for event in events(files, THEME)} <= own


def test_a_theme_without_days_has_a_calendar_to_wait_at(small_plan: Callable[..., Desk]) -> None:
    empty = calendar(made(small_plan()), urls.theme_calendar("security"))
    assert str(empty["X-WR-CALNAME"]) == "テーマ「情報セキュリティ」の工程と目標"
    assert [part.name for part in empty.subcomponents] == ["VTIMEZONE"]


def test_an_id_names_one_thing_wherever_and_whenever_it_is_published(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    here = made(desk)
    there = made(desk, base_url="https://example.net/plans", today=date(2027, 1, 1))
    ids = [str(event["UID"]) for event in events(here, AOI)]
    assert ids == [str(event["UID"]) for event in events(there, AOI)]
    assert len(set(ids)) == len(ids) == 5


def test_the_pages_of_a_plan_and_a_theme_lead_to_their_calendar(
    small_plan: Callable[..., Desk],
) -> None:
    files = made(small_plan())
    for page, own in ((urls.plan("aoi"), AOI), (urls.theme("online-procedures"), THEME)):
        tree: Any = html.document_fromstring(files[urls.file_of(page)].decode())
        assert own in tree.xpath("//main//a/@href")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n")))
def test_any_text_comes_back_and_no_line_is_too_long(text: str) -> None:
    lines = _folded(f"DESCRIPTION:{_escaped(text)}").decode()
    assert max(len(line.encode()) for line in lines.split("\r\n")) <= 75
    read = Calendar.from_ical(f"BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
    assert str(read.get("DESCRIPTION", "")) == text
