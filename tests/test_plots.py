"""Costs by year and part, tasks by urgency and importance, shares of a whole."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxsite import pipeline
from dxsite.catalog import Plan
from dxsite.charts.costs import Costs, Part, costs_chart
from dxsite.charts.drawing import Dot, Drawing, Path, Rect, Words, inside
from dxsite.charts.priorities import Task, priorities_chart
from dxsite.charts.shares import share_band
from dxsite.diagnostics import Report
from dxsite.fiscal import FiscalYear
from dxsite.site.finances import finances_of
from tests.conftest import TODAY, Desk


def words(drawing: Drawing, look: str) -> list[str]:
    return [m.text for m in drawing.marks if isinstance(m, Words) and m.look == look]


def rects(drawing: Drawing, look: str) -> list[Rect]:
    """The rectangles of one look; samples in the key aside."""
    found = [m for m in drawing.marks if isinstance(m, Rect) and m.look == look]
    return [rect for rect in found if (rect.width, rect.height) != (14, 11)]


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    all_words = [m for m in drawing.marks if isinstance(m, Words)]
    return [
        (a.text, b.text)
        for a, b in combinations(all_words, 2)
        if a.box.touches(b.box) and abs(a.y - b.y) < 10
    ]


# ------------------------------------------------------------------------------------- costs


def costs(*parts: tuple[int | None, ...], totals: tuple[int | None, ...] = ()) -> Costs:
    count = len(parts[0])
    return Costs(
        "年度ごとの費用",
        tuple(FiscalYear(2022 + n) for n in range(count)),
        tuple(Part(str(n), f"方針{n}", amounts) for n, amounts in enumerate(parts, 1)),
        totals or (None,) * count,
        (None,) * count,
    )


def drawn(given_: Costs) -> Drawing:
    drawing = costs_chart(given_)
    assert drawing is not None
    return drawing


def test_parts_stand_on_each_other() -> None:
    drawing = drawn(costs((100, 200), (100, 600)))
    (low, *_), (high, *_) = rects(drawing, "part-1"), rects(drawing, "part-2")
    assert high.y + high.height == pytest.approx(low.y)
    assert high.height == pytest.approx(low.height, abs=0.2)


def test_what_is_not_told_is_not_drawn_as_zero() -> None:
    drawing = drawn(costs((100, None, 300), (None, None, 50)))
    assert "記載なし" in words(drawing, "quiet")
    assert "記載のない額（？）は描いていません" in words(drawing, "quiet")
    assert len(rects(drawing, "part-1")) == 2
    assert "令和5年度：1は記載なし、2は記載なし。" in drawing.description


def test_one_year_is_no_chart() -> None:
    assert costs_chart(costs((100,))) is None
    assert costs_chart(costs((0, 0))) is None


amounts = st.none() | st.integers(0, 5_000_000)


@given(st.integers(2, 10), st.lists(st.tuples(*[amounts] * 10), min_size=1, max_size=7))
def test_costs_never_overlap_nor_leave_the_frame(
    years: int, rows: list[tuple[int | None, ...]]
) -> None:
    parts = [row[:years] for row in rows]
    columns = list(zip(*parts, strict=True))
    sums = tuple(None if None in column else sum(map(int, column)) for column in columns)
    drawing = costs_chart(costs(*parts, totals=sums))
    if drawing is None:
        return
    assert inside(drawing)
    assert overlaps(drawing) == []


PRINTED = """
費用の合計:
  - 区分: "1"
    年度: R5
    経費: 1,000

  - 区分: "1"
    年度: R7
    経費: 3,000

  - 区分: 計
    年度: R5
    経費: 1,000
    一般財源: 500

  - 区分: 計
    年度: R7
    経費: 9,999
"""


def plan_of(desk: Desk) -> Plan:
    report = Report()
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY)
    catalog = pipeline.check(order, report)
    assert catalog is not None, report.findings
    return catalog.plans[0]


def test_a_printed_total_stands_over_a_bar_only_where_it_is_its_sum(
    small_plan: Callable[..., Desk],
) -> None:
    """令和6年度 is not told, the total of 令和7年度 is not the sum of its parts."""
    desk = small_plan()
    path = desk.root / "content/aoi/plan.yaml"
    path.write_text(path.read_text("utf-8") + PRINTED, "utf-8")
    finances = finances_of(plan_of(desk))
    assert finances is not None
    assert finances.chart is not None
    assert words(finances.chart, "value") == ["1,000千円"]
    assert "記載なし" in words(finances.chart, "quiet")
    assert "うち一般財源は500千円" in finances.chart.description


def test_without_printed_totals_the_costs_of_measures_are_added(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    path = desk.root / "content/aoi/measures/forms.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("  R6: －\n", "  R6: －\n  R7: 4,000\n"), "utf-8")
    finances = finances_of(plan_of(desk))
    assert finances is not None
    assert [row.amount for row in finances.added] == [
        "6,000千円（600万円）",
        None,
        "4,000千円（400万円）",
    ]
    assert finances.chart is not None
    assert words(finances.chart, "value") == ["6,000千円", "4,000千円"]


def test_a_plan_that_tells_no_costs_has_no_chart_of_them(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    path = desk.root / "content/aoi/measures/forms.yaml"
    text = path.read_text("utf-8").replace("費用:\n  R5: 6,000\n  R6: －\n\n", "")
    path.write_text(text, "utf-8")
    assert finances_of(plan_of(desk)) is None


# -------------------------------------------------------------------------------- priorities


def test_a_task_stands_where_its_numbers_say() -> None:
    drawing = priorities_chart("優先度", [Task(1, "a", 0, 0), Task(2, "b", 100, 50)])
    assert drawing is not None
    low, high = sorted((m for m in drawing.marks if isinstance(m, Dot)), key=lambda dot: dot.x)
    grid = next(m for m in drawing.marks if isinstance(m, Path) and m.look == "ground")
    assert grid.d == f"M{low.x:.0f} 34V{low.y:.0f}H{high.x:.0f}"
    assert high.y == (34 + low.y) / 2


def test_tasks_at_one_place_share_a_label() -> None:
    drawing = priorities_chart("優先度", [Task(n, "a", 50, 50) for n in (1, 2)])
    assert drawing is not None
    assert words(drawing, "value") == ["1・2"]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
def test_numbers_of_tasks_never_overlap_nor_hide_a_dot(places: list[tuple[int, int]]) -> None:
    drawing = priorities_chart("優先度", [Task(n, "a", *p) for n, p in enumerate(places, 1)])
    assert drawing is not None
    assert inside(drawing)
    assert overlaps(drawing) == []
    dots = [m for m in drawing.marks if isinstance(m, Dot)]
    labels = [m for m in drawing.marks if isinstance(m, Words) and m.look == "value"]
    covered = [
        label.text
        for label in labels
        for dot in dots
        if label.box.x < dot.x < label.box.x + label.box.width
        and label.box.y < dot.y < label.box.y + label.box.height
    ]
    assert covered == []


# ------------------------------------------------------------------------------------ shares


@given(st.floats(0, 100))
def test_a_share_is_as_long_as_it_says(share: float) -> None:
    drawing = share_band("割合", "80%", share)
    (target,), (whole,) = rects(drawing, "target"), rects(drawing, "track")
    assert target.width == pytest.approx(whole.width * share / 100, abs=0.1)
    assert inside(drawing)
