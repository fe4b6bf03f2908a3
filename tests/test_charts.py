"""A chart is drawn to scale, from zero, and says in words what it shows."""

from itertools import pairwise

import pytest

from dxsite.site.charts import WIDTH, Chart, Point, bar_chart


def chart(*numbers: float, text: str = "件", top: int | None = None) -> Chart:
    points = [Point(f"令和{n}年度", f"{x}{text}", x, "target") for n, x in enumerate(numbers, 5)]
    drawn = bar_chart("手続き数", points, top)
    assert drawn is not None
    return drawn


def test_one_value_is_no_chart() -> None:
    assert bar_chart("手続き数", [Point("現状", "31件", 31, "baseline")]) is None
    assert bar_chart("手続き数", []) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    short, long = chart(20, 40).bars
    assert short.width * 2 == pytest.approx(long.width, abs=0.2)
    assert short.x == long.x


def test_zero_is_a_bar_without_length() -> None:
    assert [bar.width for bar in chart(0, 0).bars] == [0, 0]
    assert chart(0, 5).bars[0].width == 0


@pytest.mark.parametrize(
    "text", ["件", "時間以上", "件/年（見込み）", "施設で利用できるようにする"]
)
def test_nothing_is_drawn_outside(text: str) -> None:
    drawn = chart(1, 99_999, text=text)
    for bar in drawn.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y + bar.height <= drawn.height
        assert 0 < bar.value_x <= WIDTH


def test_bars_do_not_overlap() -> None:
    bars = chart(1, 2, 3, 4).bars
    assert all(a.y + a.height < b.y for a, b in pairwise(bars))


def test_parts_of_a_whole_are_drawn_against_the_whole() -> None:
    drawn = chart(200, 400, top=800)
    assert drawn.track is not None
    assert drawn.bars[1].width == pytest.approx(drawn.track / 2, abs=0.2)
    assert drawn.whole == "枠の全体は800"


def test_the_words_say_every_value() -> None:
    points = [Point("現状", "31件", 31, "baseline"), Point("令和9年度", "60件以上", 60, "target")]
    drawn = bar_chart("手続き数", points)
    assert drawn is not None
    assert drawn.description == "手続き数。現状は31件、令和9年度の目標は60件以上。"
    assert drawn.kinds == (("baseline", "現状"), ("target", "目標"))
