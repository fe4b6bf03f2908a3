"""A chart is drawn to scale, from zero; its words are numbers of its plan and never overlap."""

import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxsite.charts import svg
from dxsite.charts.drawing import Box, Drawing, Path, Rect, Words, hatched, inside
from dxsite.charts.kpis import Subject, Value, kpi_chart
from dxsite.charts.letters import width_of, wrapped
from dxsite.charts.scales import scale_to, told
from dxsite.fiscal import FiscalYear
from dxsite.stylesheets import looks_of
from tests.conftest import ROOT

STYLES = "".join(
    (ROOT / "assets/css" / name).read_text("utf-8")
    for name in ("tokens.css", "components/chart.css")
)
SVG = "{http://www.w3.org/2000/svg}"


def value(kind: str, year: int | None, number: float | None, unit: str = "件") -> Value:
    """A value as it is read from a plan; None is a dash, -1 stands for words."""
    when = FiscalYear(year) if year else None
    if number is None:
        return Value(kind, when, "－", is_dash=True)
    if number < 0:
        return Value(kind, when, "窓口で試行する")
    return Value(kind, when, f"{number:,}{unit}", f"{number:,}", number)


def chart(*values: Value, whole: int | None = None, unit: str = "件") -> Drawing:
    drawn = kpi_chart(Subject("手続き数", "増やす目標", unit, values, whole))
    assert drawn is not None
    return drawn


def bars(drawing: Drawing, look: str) -> list[Rect]:
    """The bars of one look, from left to right; samples in the key aside."""
    rects = [m for m in drawing.marks if isinstance(m, Rect) and m.look == look]
    return sorted((r for r in rects if (r.width, r.height) != (14, 11)), key=lambda rect: rect.x)


def words(drawing: Drawing, look: str) -> list[str]:
    return [m.text for m in drawing.marks if isinstance(m, Words) and m.look == look]


# ---------------------------------------------------------------------------- one truth each


def test_one_number_is_no_chart() -> None:
    for values in ((), (value("baseline", None, 31),), (value("target", 2023, None),) * 3):
        assert kpi_chart(Subject("手続き数", None, "件", values)) is None


def test_bars_are_as_high_as_their_numbers() -> None:
    low, high = bars(chart(value("target", 2023, 20), value("target", 2024, 40)), "target")
    assert low.height * 2 == pytest.approx(high.height, abs=0.2)
    assert low.y + low.height == pytest.approx(high.y + high.height)


def test_a_year_without_a_number_has_a_column_and_no_bar() -> None:
    """Unknown is not zero: 令和6年度 stands on the axis, and nothing stands on it."""
    drawn = chart(value("target", 2023, 10), value("target", 2025, 30))
    first, last = bars(drawn, "target")
    assert "令和6年度" in words(drawn, "year")
    assert last.x - first.x == pytest.approx(2 * (300 - first.x - first.width / 2) / 2.5, rel=0.1)


def test_zero_is_a_bar_without_height_and_a_dash_is_no_bar() -> None:
    drawn = chart(value("target", 2023, 0), value("target", 2024, 5), value("target", 2025, None))
    assert bars(drawn, "target")[0].height == 0
    assert len(bars(drawn, "target")) == 2
    assert "－" in words(drawn, "quiet")
    assert "－：目標なし" in words(drawn, "quiet")


def test_what_nobody_reported_is_not_drawn_as_reached() -> None:
    drawn = chart(value("baseline", 2022, 31), value("target", 2023, 60))
    assert bars(drawn, "actual") == []
    assert "実績" not in words(drawn, "quiet")


def test_an_actual_stands_in_front_of_the_target_of_its_year() -> None:
    drawn = chart(value("target", 2023, 40), value("target", 2024, 80), value("actual", 2023, 20))
    (actual,), target = bars(drawn, "actual"), bars(drawn, "target")[0]
    assert target.x < actual.x < actual.x + actual.width < target.x + target.width
    assert actual.height * 2 == pytest.approx(target.height, abs=0.2)
    assert {"目標 40件", "実績 20件"} <= set(words(drawn, "value"))


def test_a_doubtful_year_says_so_in_word_and_line() -> None:
    doubtful = Value("target", FiscalYear(2024), "40件", "40", 40, certain=False)
    drawn = chart(value("target", 2023, 20), doubtful)
    assert len(bars(drawn, "target-doubt")) == 1
    assert "令和6年度？" in words(drawn, "year")
    assert "令和6年度（年度は不確か）の目標は40件" in drawn.description


def test_a_baseline_of_an_untold_time_has_a_column_of_its_own() -> None:
    drawn = chart(value("baseline", None, 31), value("target", 2023, 60))
    assert words(drawn, "year")[:1] == ["現状"]


def test_parts_of_a_whole_are_drawn_against_the_whole() -> None:
    drawn = chart(value("target", 2023, 200), value("target", 2024, 400), whole=800)
    assert bars(drawn, "target")[1].height == pytest.approx(55, abs=0.2)
    assert drawn.scale == "0～800件"
    assert "上の太線：全体の800件" in words(drawn, "quiet")


def test_the_words_say_every_value() -> None:
    drawn = chart(
        Value("baseline", FiscalYear(2020), "31件", "31", 31, when="2021年3月末"),
        Value("target", FiscalYear(2027), "60件以上", "60以上", 60),
        value("target", 2028, None),
    )
    assert drawn.description == (
        "増やす目標です。現状（2021年3月末）は31件、令和9年度の目標は60件以上、"
        "令和10年度の目標はなし。縦の目盛りは0～60件。"
    )


# ------------------------------------------------------------------------------ whatever comes

numbers = st.one_of(
    st.integers(0, 30),
    st.integers(0, 99_999_999),
    st.decimals(0, 100, places=1).map(float),
)
anything = st.none() | st.just(-1) | numbers
units = st.sampled_from(["件", "%", "件/年", "時間/年（見込み）", "", "施設で利用できるようにする"])
entries = st.lists(
    st.tuples(st.sampled_from(["target", "actual"]), st.integers(2015, 2031), anything),
    max_size=16,
    unique_by=lambda entry: entry[:2],
)


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    unit = draw(units)
    values = [value(kind, year, number, unit) for kind, year, number in draw(entries)]
    baseline = draw(st.none() | numbers)
    if baseline is not None:
        values.insert(
            0, value("baseline", draw(st.none() | st.integers(2014, 2030)), baseline, unit)
        )
    whole = draw(st.none() | st.integers(1, 1000))
    return Subject(
        "手続き数", draw(st.sampled_from(["減らす目標", None])), unit, tuple(values), whole
    )


@given(subjects())
def test_no_words_overlap_and_nothing_leaves_the_frame(subject: Subject) -> None:
    drawn = kpi_chart(subject)
    if drawn is None:
        return
    assert inside(drawn)
    boxes = [(mark.text, shrunk(mark.box)) for mark in drawn.marks if isinstance(mark, Words)]
    assert [(a, b) for (a, x), (b, y) in combinations(boxes, 2) if x.touches(y)] == []


def shrunk(box: Box) -> Box:
    """The letters' own ink: lines of words may stand as close as lines of words do."""
    return Box(box.x + 0.5, box.y + 2, box.width - 1, box.height - 4)


@given(subjects())
def test_every_label_is_a_value_of_the_plan(subject: Subject) -> None:
    drawn = kpi_chart(subject)
    if drawn is None:
        return
    texts = {text for v in subject.values for text in (v.text, v.short)}
    labels = [label.removeprefix("目標 ").removeprefix("実績 ") for label in words(drawn, "value")]
    assert set(labels) <= texts


@given(subjects())
def test_a_chart_is_well_formed_in_a_page_and_alone(subject: Subject) -> None:
    drawn = kpi_chart(subject)
    if drawn is None:
        return
    looks = looks_of(STYLES, "dx-chart__")
    for text in (
        svg.in_page(drawn, "a"),
        svg.alone(drawn, looks, ("出典：計画「3 <施策> & 工程」",)),
    ):
        tree = ET.fromstring(text.encode())
        assert [child.tag.removeprefix(SVG) for child in tree][:2] == ["title", "desc"]


@given(numbers, st.integers(20, 400))
def test_a_scale_begins_at_zero_and_holds_its_number(largest: float, length: int) -> None:
    scale = scale_to(largest, length)
    assert scale.ticks[0] == 0
    assert scale.length_of(largest) <= length + 0.1
    assert len(scale.ticks) <= 5
    assert all(a < b for a, b in pairwise(scale.ticks))
    if largest:
        assert scale.length_of(largest) >= length * 0.49, "no more room is wasted than half"
    if largest == int(largest):
        assert all(tick == int(tick) for tick in scale.ticks), "whole things have whole ticks"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=60))
def test_wrapped_words_lose_no_letter(text: str) -> None:
    lines = wrapped(text, 100, 12)
    assert "".join(lines) == text
    assert all(width_of(line, 12) <= 100 or len(line) == 1 for line in lines)


@given(st.floats(1, 200), st.floats(1, 200))
def test_hatching_stays_in_its_rectangle(width: float, height: float) -> None:
    path = hatched(Rect("x", 10, 20, width, height), "y")
    points = [point.split() for point in path.d.replace("L", "M").split("M") if point]
    assert all(10 - 0.1 <= float(x) <= 10 + width + 0.1 for x, _ in points)
    assert all(20 - 0.1 <= float(y) <= 20 + height + 0.1 for _, y in points)


# ------------------------------------------------------------------------------------ smaller


@pytest.mark.parametrize(
    ("number", "words_"),
    [
        (0, "0"),
        (1500, "1,500"),
        (10_000, "1万"),
        (225_000, "22.5万"),
        (12_345, "12,345"),
        (250_000_000, "2.5億"),
        (7.5, "7.5"),
    ],
)
def test_large_numbers_of_an_axis_are_told_in_words(number: float, words_: str) -> None:
    assert told(number) == words_


def test_a_line_does_not_begin_with_a_closing_mark_nor_break_a_number() -> None:
    lines = wrapped("手続きの数（約12,345件）、窓口（本庁）の数。", 60, 12)
    assert not [line for line in lines if line[0] in "、。）"]
    assert "12,345" in "|".join(lines)


def test_a_file_wears_what_the_stylesheets_say() -> None:
    looks = looks_of(
        ":root { --ink: #123456; --pale: light-dark(#eeeeee, #111111); --thin: 1.5px }"
        "@media (prefers-color-scheme: dark) { :root { --ink: #ffffff; } }"
        ".c-bar { fill: var(--ink); stroke-width: var(--thin); margin: 0 }"
        ".c-bar[data-x] { fill: none } .c-box { fill: var(--pale) }"
        "@media (forced-colors: active) { .c-bar { fill: CanvasText } }",
        "c-",
    )
    assert looks == {
        "bar": {"fill": "#123456", "stroke-width": "1.5"},
        "box": {"fill": "#eeeeee"},
    }


def test_paths_are_only_lines() -> None:
    """Everything else has a box, which the tests above hold inside the frame."""
    drawn = chart(value("target", 2023, 20), value("target", 2024, 40))
    assert {m.look for m in drawn.marks if isinstance(m, Path)} <= {
        "grid",
        "ground",
        "whole",
        "leader",
    }
