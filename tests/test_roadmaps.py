"""A roadmap as a list of years, as counts, and the named examples of its drawing."""

from collections.abc import Callable
from datetime import date

import jinja2
import pytest
from lxml import html

from dxsite.fiscal import FiscalYear
from dxsite.site import density, lanes
from dxsite.site.density import Subject
from dxsite.site.lanes import LaneGroup
from dxsite.site.pages import Link
from dxsite.site.phases import Phase
from dxsite.site.years import Year, by_year
from dxsite.typesetting import figure
from tests.conftest import ROOT, Desk
from tests.test_timelines import NOW, PERIOD, drawn, measure, rows


def listed(schedule: str, now: FiscalYear = NOW) -> tuple[Year, ...]:
    lane = lanes.of_measure(measure(schedule), Link("窓口", "/aoi/measures/counter/"))
    return by_year([LaneGroup("方針1", "policy-1", (lane,))], PERIOD, now, owners=False)


def told(schedule: str) -> list[str]:
    """A year a text: what begins, then behind a bar what goes on."""
    return [
        "".join(entry.text[:1] for entry in year.begins)
        + "|"
        + "".join(entry.text[:1] for entry in year.continues)
        for year in listed(schedule)
    ]


def counted(schedule: str) -> dict[int, str]:
    counts = density.counts_of([measure(schedule)], PERIOD)
    assert set(counts.values()) <= {1}
    return {int(year): stage for year, stage in counts}


def test_an_entry_begins_once_and_goes_on_until_its_last_year() -> None:
    assert told("R5-R7 検討\nR7 試行") == ["検|", "|検", "試|検", "|", "|"]


def test_an_open_end_goes_on_and_a_lost_end_does_not() -> None:
    assert told("R7- 運用\nR5-? 検討") == ["検|", "|", "運|", "|運", "|運"]


def test_what_has_no_year_comes_last() -> None:
    *_, last = listed("R5 検討\n? 運用")
    assert last.year is None
    assert [entry.text for entry in last.begins] == ["運用"]
    assert listed("R5 検討")[-1].year is not None


def test_how_long_an_entry_goes_on_is_said() -> None:
    entries = [
        e for year in listed("R5 検\nR5-R7 試\nR5- 運\nR5-? 拡\nR5? 改") for e in year.begins
    ]
    assert [entry.until for entry in entries] == [
        None,
        "令和7年度まで",
        "以降も続く",
        "終わりは不明",
        "（年度は不確か）",
    ]


def test_lists_of_past_years_are_folded_away_unless_all_are_past() -> None:
    assert [year.is_open for year in listed("R5 検討")] == [False, False, True, True, True]
    assert all(year.is_open for year in listed("R5 検討", FiscalYear(2030)))


def test_a_measure_counts_once_a_year_at_its_furthest_phase() -> None:
    assert counted("R5 検討、試験運用\nR5-R6 導入\nR7 見学") == {
        2023: "trial",
        2024: "build",
        2025: "none",
    }


def test_an_open_end_counts_to_the_end_of_the_plan_and_a_lost_one_as_lost() -> None:
    assert counted("R8- 運用") == {2026: "run", 2027: "run"}
    assert counted("R6-? 検討\nR8 導入") == {
        2024: "study",
        2025: "lost",
        2026: "build",
        2027: "lost",
    }


def test_what_no_year_can_count_is_told() -> None:
    measures = [measure(""), measure("? 検討"), measure("R5 検討\n? 運用")]
    assert density.uncounted(measures) == "工程の記載なし1施策、年度の記載が不明1施策"
    assert density.uncounted([measure("R5 検討")]) is None


def test_bars_stand_on_one_scale_and_on_the_ground() -> None:
    years = [FiscalYear(2023), FiscalYear(2024)]
    counts = density.Counts({(years[0], "run"): 3, (years[0], "study"): 1, (years[1], "run"): 1})
    subjects = [Subject(Link("窓口", "/"), counts), Subject(Link("庁内", "/"), density.Counts())]
    first, second = density.density_of("数", subjects, years, NOW).rows
    parts = first.cells[0].parts
    assert [(part.stage, part.y, part.height) for part in parts] == [
        ("run", 24, 72),
        ("study", 0, 24),
    ]
    assert first.cells[0].words == "検討・調査1、運用・実施3"
    assert first.cells[1].parts[0].y + first.cells[1].parts[0].height == first.height
    assert [cell.total for cell in second.cells] == [0, 0]


def test_what_has_no_year_is_no_bar_across_all_years() -> None:
    timeline = drawn("? 検討\n? 運用\nR6 試行")
    (dated, undated) = rows(timeline)
    assert [cell.kind for cell in dated.cells] == ["empty", "work", "empty", "empty", "empty"]
    (cell,) = undated.cells
    assert (cell.kind, cell.columns, cell.when) == ("undated", 5, "年度の記載は不明")
    assert [(item.text, item.phases) for item in cell.entries] == [
        ("検討", (Phase.STUDY,)),
        ("運用", (Phase.RUN,)),
    ]


def test_this_year_stands_behind_the_band_that_runs_over_it() -> None:
    (row,) = rows(drawn("R4-R6 検討\nR7-R8 運用"))
    assert [[(g.kind, g.offset) for g in cell.ground] for cell in row.cells] == [
        [("outside", 0)],
        [("now", 0)],
        [],
    ]


def test_all_periods_stand_on_one_axis(small_plan: Callable[..., Desk]) -> None:
    built = small_plan().build()
    assert built is not None
    files = {
        artifact.path: artifact.data.decode("utf-8", "replace") for artifact in built.artifacts
    }
    page = html.document_fromstring(files["roadmap/index.html"])
    links = page.xpath("//*[contains(@class, 'dx-timeline__link')]/@href")
    assert links == ["/aoi/roadmap/"]
    assert "aoi/roadmap/themes/index.html" in files


def examples() -> dict[str, html.HtmlElement]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(url=str, figure=figure)
    text = environment.get_template("components/examples/timeline.html").render()
    found = html.document_fromstring(f"<main>{text}</main>").findall(".//section")
    return {str(section.get("data-example")): section for section in found}


@pytest.mark.parametrize(
    ("name", "bars"),
    [
        ("one-entry", 1),
        ("several-phases", 2),
        ("open-end", 1),
        ("uncertain", 2),
        ("unknown-years", 0),
        ("targets", 2),
        ("empty", 0),
        ("forty-rows", 80),
    ],
)
def test_every_example_fills_its_axis(name: str, bars: int) -> None:
    section = examples()[name]
    assert len(section.xpath(".//div[contains(@class, 'dx-timeline__bar')]")) == bars
    for row in section.xpath(".//tbody/tr"):
        assert sum(int(cell.get("colspan", "1")) for cell in row.findall("td")) == 5
    assert section.xpath("string(.//caption)")


def test_a_plan_that_is_over_says_that_this_year_is_not_in_it(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    for today, said in ((date(2026, 11, 20), False), (date(2040, 4, 1), True)):
        built = desk.build(today=today)
        assert built is not None
        (page,) = (a.data.decode() for a in built.artifacts if a.path == "aoi/roadmap/index.html")
        assert ("は入っていません" in page) is said
