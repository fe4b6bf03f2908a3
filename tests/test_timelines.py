"""A schedule becomes a table of fiscal years in which nothing is guessed."""

from dxsite.diagnostics import Report
from dxsite.documents import parse_document
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import KNOWN_KEYS, Measure
from dxsite.model.records import read_record
from dxsite.site import lanes
from dxsite.site.lanes import LaneGroup
from dxsite.site.pages import Link
from dxsite.site.timelines import Row, Timeline, lay_out, of_measure
from dxsite.sources import Source

PERIOD = Span(FiscalYear(2023), FiscalYear(2027))
NOW = FiscalYear(2025)


def measure(schedule: str) -> Measure:
    """A measure with nothing but a schedule: a line an entry, `年度 内容 項目`."""
    lines = ["名称: 窓口", "工程:"] if schedule else ["名称: 窓口"]
    for entry in schedule.splitlines():
        year, text, item = (*entry.split(), "")[:3]
        lines += [f'  - 年度: "{year}"', f"    内容: {text}"] + [f"    項目: {item}"] * bool(item)
    report = Report()
    document = parse_document(Source("x.yaml", "\n".join(lines).encode()), KNOWN_KEYS, report)
    assert document.root is not None
    read = read_record(Measure, document.root, report, incomplete=True)
    assert read is not None
    return read


def drawn(schedule: str) -> Timeline:
    timeline = of_measure(measure(schedule), PERIOD, NOW)
    assert timeline is not None
    return timeline


def rows(timeline: Timeline) -> list[Row]:
    return [row for group in timeline.groups for row in group.rows]


def picture(timeline: Timeline) -> list[str]:
    """A row a text: `.` an empty year, `検検` two years of 検…, `|` between the cells."""
    return [
        "|".join((cell.text[:1] or ".") * cell.columns for cell in row.cells)
        for row in rows(timeline)
    ]


def ends(timeline: Timeline) -> list[str]:
    return [cell.end for row in rows(timeline) for cell in row.cells if cell.kind != "empty"]


def test_no_schedule_is_no_timeline() -> None:
    assert of_measure(measure(""), PERIOD, NOW) is None


def test_the_axis_is_the_period_of_the_plan() -> None:
    axis = drawn("R6 検討").axis
    assert [int(column.year) for column in axis] == [2023, 2024, 2025, 2026, 2027]
    assert [int(column.year) for column in axis if column.is_now] == [2025]
    assert all(column.in_period for column in axis)


def test_what_lies_outside_the_period_widens_the_axis() -> None:
    axis = drawn("R3-R10 検討").axis
    assert [int(column.year) for column in axis if not column.in_period] == [2021, 2022, 2028]


def test_what_follows_stands_in_the_same_row() -> None:
    assert picture(drawn("R5 検討\nR6-R7 試行\nR9 運用")) == ["検|試試|.|運"]


def test_what_overlaps_stands_in_rows_of_its_own() -> None:
    timeline = drawn("R5-R7 検討\nR6-R8 試行")
    assert picture(timeline) == ["検検検|.|.", ".|試試試|."]
    assert [row.lanes for row in rows(timeline)] == [2, 0]


def test_an_open_end_reaches_the_border_and_says_so() -> None:
    timeline = drawn("R7- 運用")
    assert picture(timeline) == [".|.|運運運"]
    assert ends(timeline) == ["open"]
    assert "open" in timeline.key.ends


def test_a_lost_end_gives_way_to_what_is_printed_next() -> None:
    timeline = drawn("R5-? 検討\nR7 運用")
    assert picture(timeline) == ["検検|運|.|."]
    assert ends(timeline) == ["unknown", "closed"]
    assert "unknown" in timeline.key.ends


def test_a_doubtful_year_is_marked() -> None:
    timeline = drawn("R6? 検討")
    assert picture(timeline) == [".|検|.|.|."]
    assert ends(timeline) == ["doubtful"]


def test_what_always_goes_on_fills_the_period_only() -> None:
    timeline = drawn("全期間 運用\nR10 見直し")
    assert picture(timeline)[0].startswith("運運運運運|")
    assert ends(timeline)[0] == "closed"


def test_this_year_is_marked_where_it_is_certain() -> None:
    timeline = drawn("R5-R9 検討\nR6-? 試行\nR5 準備")
    marked = [cell.text for row in rows(timeline) for cell in row.cells if cell.now]
    assert marked == ["検討"]


def test_items_have_rows_of_their_own() -> None:
    timeline = drawn("R5 検討 窓口\nR6 検討 庁内\nR7 運用 窓口")
    assert [row.label for row in rows(timeline)] == ["窓口", "庁内"]
    assert picture(timeline) == ["検|.|運|.|.", ".|検|.|.|."]
    assert timeline.labelled


def test_every_row_fills_the_whole_axis() -> None:
    timeline = drawn("R3 準備\nR5-R7 検討\nR6- 運用\n? 不明\n全期間 広報\nR6-? 試行")
    assert {sum(cell.columns for cell in row.cells) for row in rows(timeline)} == {
        len(timeline.axis)
    }


def test_a_plan_shows_measures_without_a_schedule_too() -> None:
    lane = lanes.of_measure(measure(""), Link("窓口", "/aoi/measures/counter/"))
    timeline = lay_out("青井市", [LaneGroup("方針1", "policy-1", (lane,))], PERIOD, NOW)
    (row,) = rows(timeline)
    assert (row.label, row.note) == ("窓口", "工程の記載なし")
    assert picture(timeline) == [".|.|.|.|."]
