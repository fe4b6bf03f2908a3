"""年度 are read as the plans write them and said as their readers know them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxsite.fiscal import FiscalYear, Span, fiscal_year_of, read_span, read_year, year_told


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R5", 2023),
        ("r5", 2023),
        ("R.5", 2023),
        ("Ｒ５", 2023),
        ("令和5年度", 2023),
        ("令和５年", 2023),
        ("令和元年度", 2019),
        ("R1", 2019),
        ("平成31年度", 2019),
        ("H30", 2018),
        ("昭和64年", 1989),
        ("2023", 2023),
        ("２０２３年度", 2023),
        (" 2023 年度 ", 2023),
    ],
)
def test_a_year_is_read_in_every_common_form(text: str, year: int) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    "text", ["", "5", "5年", "R0", "H32", "S65", "R100", "1900", "2123", "R5-R7", "来年", "R五"]
)
def test_what_is_no_year_is_none(text: str) -> None:
    assert read_year(text) is None


def test_the_year_in_which_the_era_changed_is_one_year() -> None:
    assert read_year("平成31年度") == read_year("令和元年度")
    assert FiscalYear(2019).both == "令和元年度（2019年度）"


def test_a_year_is_said_with_its_era_first() -> None:
    year = FiscalYear(2023)
    assert (year.era, year.west, year.short) == ("令和5年度", "2023年度", "R5")
    assert FiscalYear(2018).short == "H30"


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_a_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("R5", Span(FiscalYear(2023), FiscalYear(2023))),
        ("R5-R7", Span(FiscalYear(2023), FiscalYear(2025))),
        ("R5～R7", Span(FiscalYear(2023), FiscalYear(2025))),
        ("令和5年度から令和7年度まで", Span(FiscalYear(2023), FiscalYear(2025))),
        ("2023〜2025", Span(FiscalYear(2023), FiscalYear(2025))),
        ("R5-", Span(FiscalYear(2023), None, open_end=True)),
        ("R5以降", Span(FiscalYear(2023), None, open_end=True)),
        ("R5-?", Span(FiscalYear(2023), None, certain=False)),
        ("R5?", Span(FiscalYear(2023), FiscalYear(2023), certain=False)),
        ("R5-R7?", Span(FiscalYear(2023), FiscalYear(2025), certain=False)),
        ("?", Span(None, None, certain=False)),
        ("全期間", Span(None, None, always=True)),
        ("随時", Span(None, None, always=True)),
    ],
)
def test_a_span_is_read_as_printed(text: str, span: Span) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "-", "R7-R5", "R5-来年", "から", "-R5", "R5-R6-R7"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("R5", "令和5年度（2023年度）"),
        ("R5-R7", "令和5年度から令和7年度（2023～2025年度）"),
        ("R5-", "令和5年度（2023年度）以降"),
        ("R5-?", "令和5年度（2023年度）から（終わりは不明）"),
        ("R5?", "令和5年度（2023年度）（年度は不確か）"),
        ("?", "年度の記載は不明"),
        ("全期間", "計画期間を通じて"),
    ],
)
def test_a_span_says_what_is_not_certain(text: str, words: str) -> None:
    span = read_span(text)
    assert span is not None
    assert span.label == words


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("R5", {2023}),
        ("R5-R7", {2023, 2024, 2025}),
        ("R7-", {2025, 2026, 2027}),
        ("R5-?", {2023}),
        ("?", set()),
        ("全期間", {2022, 2023, 2024, 2025, 2026, 2027}),
    ],
)
def test_an_uncertain_end_covers_its_known_year_only(text: str, inside: set[int]) -> None:
    span = read_span(text)
    assert span is not None
    assert {year for year in range(2022, 2028) if span.covers(year)} == inside


@given(st.integers(1926, 2099))
def test_what_is_said_can_be_read_again(year: int) -> None:
    said = FiscalYear(year)
    assert {read_year(text) for text in (said.era, said.west, said.short)} == {year}


@given(st.text(max_size=12))
def test_no_text_brings_it_down(text: str) -> None:
    span = read_span(text)
    assert span is None or span.label


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和5年度（令和6年1月末現在）", 2023),
        ("2021年3月末", 2020),
        ("令和3年4月1日", 2021),
        ("2020年度実績", 2020),
        ("令和元年度", 2019),
        ("2021年", None),
        ("計画を作ったとき", None),
    ],
)
def test_the_fiscal_year_of_a_time_in_words(text: str, year: int | None) -> None:
    """A calendar year alone lies in two fiscal years."""
    assert year_told(text) == year
