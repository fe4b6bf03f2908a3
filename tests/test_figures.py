"""A figure keeps the plan's own print, and says its number where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxsite.figures import read_figure
from dxsite.fiscal import normal
from dxsite.numerals import number_with_unit
from dxsite.positions import Place, Text

Number = int | float | None


def typed(text: str) -> Text:
    return Text(text, Place("content/x.yaml"))


@pytest.mark.parametrize(
    ("text", "unit", "printed", "number", "of", "operator"),
    [
        ("1,500", "件", "1,500件", 1500, None, None),
        ("1500", "件", "1,500件", 1500, None, None),
        ("１５", "件", "15件", 15, None, None),
        ("72.5", "%", "72.5%", 72.5, None, None),
        ("0", "件", "0件", 0, None, None),
        ("80以上", "%", "80%以上", 80, None, ">="),
        ("5以内", "日", "5日以内", 5, None, "<="),
        ("10以下", "分", "10分以下", 10, None, "<="),
        ("10未満", "分", "10分未満", 10, None, None),
        ("150／800", "人", "150人／800人", 150, 800, None),
        ("150/800", "人", "150人/800人", 150, 800, None),
        ("▲870", "時間", "▲870時間", 870, None, None),
        ("50削減", "%", "50%削減", 50, None, None),
        ("約5", "時間", "約5時間", 5, None, None),
        ("31", None, "31", 31, None, None),
    ],
)
def test_a_figure_is_taken_apart_and_printed_as_before(
    text: str, unit: str | None, printed: str, number: Number, of: Number, operator: str | None
) -> None:
    figure = read_figure(typed(text))
    assert figure.text(unit) == printed
    assert (figure.number, figure.of, figure.operator) == (number, of, operator)


@pytest.mark.parametrize("text", ["検討", "全施設", "前年度より増", "2件（累計）", "R9までに100"])
def test_words_stay_words_and_take_no_unit(text: str) -> None:
    figure = read_figure(typed(text))
    assert figure.text("件") == text
    assert figure.number is None


@pytest.mark.parametrize("text", ["－", "-", "ー", "—"])
def test_a_dash_is_no_figure_and_no_zero(text: str) -> None:
    figure = read_figure(typed(text))
    assert figure.is_dash
    assert figure.number is None
    assert figure.text("件") == "－"


def test_a_figure_knows_where_it_was_typed() -> None:
    place = Place("content/x.yaml", 7, 3)
    assert read_figure(Text("31", place)).place == place


@pytest.mark.parametrize("text", ["0※1", "0 ※ 1", "０※１"])
def test_a_mark_leads_to_a_footnote_and_is_no_part_of_the_figure(text: str) -> None:
    figure = read_figure(typed(text))
    assert (figure.number, figure.text("件"), figure.footnote) == (0, "0件", "※1")


@given(st.text(max_size=30))
def test_no_text_brings_it_down_or_is_lost(text: str) -> None:
    figure = read_figure(typed(text))
    if figure.number is None and not figure.is_dash:
        words = (figure.words or "") + (figure.footnote or "")
        assert normal(words) == normal(text)


@pytest.mark.parametrize("text", ["1,20", "1,5000", "18,19", "1、500", "1,500,", "約1,50件"])
def test_commas_elsewhere_than_between_thousands_are_no_number(text: str) -> None:
    assert read_figure(typed(text)).number is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12ページ", ("12", "ページ")),
        ("6,000千円", ("6,000", "千円")),
        ("1.2百万円", None),
        ("1、200", None),
        ("1,2OO", None),
        ("3億", None),
    ],
)
def test_an_example_is_given_only_where_nothing_but_a_unit_follows(
    text: str, found: tuple[str, str] | None
) -> None:
    assert number_with_unit(text) == found
