"""What is easy on the reader: both calendars, numbers in groups, no broken units, readings."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from dxsite import slips
from dxsite.fiscal import both_calendars
from dxsite.markup import Prose
from dxsite.typesetting import figure, ruby
from tests.conftest import ROOT

CSS = ROOT / "assets" / "css"
YEAR = re.compile(r"(令和|平成|昭和)(元|\d{1,2})年(?!代|法律|政令|省令|告示|条例|規則)")
OFFSETS = {"令和": 2018, "平成": 1988, "昭和": 1925}


def texts(built: tuple[Any, Path]) -> list[tuple[str, Any]]:
    """Every page for citizens: name and main part."""
    root = built[1]
    return [
        (path.relative_to(root).as_posix(), html.parse(path).getroot().find(".//main"))
        for path in sorted(root.rglob("*.html"))
        if path.relative_to(root).parts[0] != "guide"
    ]


def test_every_year_of_an_era_has_its_western_year_on_the_page(built: tuple[Any, Path]) -> None:
    """In the same main part at least; that it stands beside is the business of those who write.

    An official name keeps its number of a law; 昭和40年代 is no year.
    """
    alone = []
    for name, main in texts(built):
        text = main.text_content()
        western = set(re.findall(r"(?:19|20)\d\d", text))
        for match in YEAR.finditer(text):
            year = OFFSETS[match[1]] + (1 if match[2] == "元" else int(match[2]))
            if str(year) not in western:
                alone.append(f"{name}: {text[match.start() - 10 : match.end() + 10]}")
    assert alone == []


def test_large_numbers_are_written_in_groups(built: tuple[Any, Path]) -> None:
    """Five digits and more; the numbers of laws, codes and addresses are none."""
    plain = re.compile(r"(?<![\d.,A-Za-z/＃#-])\d{5,}(?=件|人|円|千円|回|部|枚|台|世帯|冊)")
    found = [(name, plain.findall(main.text_content())) for name, main in texts(built)]
    assert [one for one in found if one[1]] == []


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("令和5年度", "令和5年度（2023年度）"),
        ("令和元年度末", "令和元年度末（2019年度末）"),
        ("令和6年1月末", "令和6年1月末（2024年1月末）"),
        (
            "令和5年度（令和6年1月末現在）",
            "令和5年度（令和6年1月末現在）／2023年度（2024年1月末現在）",
        ),
        ("令和5年度（2023年度）", "令和5年度（2023年度）"),
        ("昭和40年代", "昭和40年代"),
        ("計画の策定時", "計画の策定時"),
    ],
)
def test_a_label_is_told_in_both_calendars(printed: str, told: str) -> None:
    assert both_calendars(printed) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("令和3年度に始めた。", "令和3年度（2021年度）に始めた。"),
        ("平成31年3月から", "平成31年3月（2019年3月）から"),
        ("国の計画（令和5年6月9日閣議決定）", "国の計画（令和5年6月9日／2023年6月9日閣議決定）"),
        ("令和3年度（2021年度）に", "令和3年度（2021年度）に"),
        ("令和3年法律第40号", "令和3年法律第40号"),
        ("昭和40年代から", "昭和40年代から"),
    ],
)
def test_prose_tells_the_western_year_too(written: str, told: str) -> None:
    assert str(Prose(None, str)(written)) == f"<p>{told}</p>\n"


def test_a_number_keeps_its_unit() -> None:
    one = '<span class="dx-number">1,500件/年</span>'
    assert str(figure("1,500件/年以上")) == f"{one}以上"
    assert str(figure("<b>")) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("700件（令和8年度末／2026年度末）", ["700件", "（令和8年度末", "2026年度末）"]),
        (
            "令和5年度から令和7年度以降（2023～2025年度以降）",
            ["令和5年度", "令和7年度", "（2023～2025年度以降）"],
        ),
        ("令和元年（2019年）5月31日", ["令和元年", "（2019年）"]),
        ("令和8年11月22日（2026年11月22日）", ["令和8年11月22日", "（2026年11月22日）"]),
        ("電話12345年", []),
    ],
)
def test_a_year_stays_in_one_piece(text: str, together: list[str]) -> None:
    assert re.findall(r'<span class="dx-number">(.*?)</span>', figure(text)) == together


def test_a_figure_without_a_number_is_text() -> None:
    assert str(figure("<b>")) == "&lt;b&gt;"


def test_a_name_has_its_reading() -> None:
    assert str(ruby("葵市", "あおいし")) == (
        "<ruby>葵市<rp>（</rp><rt>あおいし</rt><rp>）</rp></ruby>"
    )


def test_every_town_is_read_out_on_the_pages_of_its_measures(built: tuple[Any, Path]) -> None:
    for name, main in texts(built):
        if "/measures/" in name:
            assert main.xpath("string(.//ruby/rt)"), name


def test_lines_are_of_a_length_and_a_height_to_read() -> None:
    """35 to 40 characters a line, 1.7 and more between lines."""
    tokens = dict(
        re.findall(r"(--dx-[a-z0-9-]+): ([^;]+);", (CSS / "tokens.css").read_text("utf-8"))
    )
    width = float(tokens["--dx-width-prose"].removesuffix("em"))
    tracking = float(tokens["--dx-tracking"].removesuffix("em"))
    assert 35 <= width / (1 + tracking) <= 40
    assert float(tokens["--dx-leading"]) >= 1.7
    assert float(tokens["--dx-leading-prose"]) >= 1.7


def test_a_measure_reads_in_order_without_its_style(built: tuple[Any, Path]) -> None:
    """What comes first in the file comes first for those who hear it, or have no style."""
    for name, main in texts(built):
        if "/measures/" not in name:
            continue
        ids = [one.get("id") for one in main.iter("h2") if one.get("id")]
        order = [one for one in ("summary-title", "schedule-title", "kpis-title") if one in ids]
        assert [one for one in ids if one in order] == order, name
        assert len(order) == 3, name
        assert ids[-1] == "source-title", name


SIGNS = st.text(st.sampled_from("あ名a1 -:：#\"'[{]},%@`?*・、。\t　＃｜＞―"), max_size=3)


@settings(max_examples=1500)
@given(
    st.tuples(
        st.sampled_from(["", "  ", "- ", "  - "]), SIGNS, st.sampled_from(["名", ": ", ":"]), SIGNS
    )
)
def test_a_line_passed_over_as_ordinary_holds_nothing_odd(parts: tuple[str, ...]) -> None:
    line = "".join(parts)
    if slips._ORDINARY.match(line):
        assert not slips._ODD.search(line)
