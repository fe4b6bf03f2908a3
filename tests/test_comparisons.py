"""Targets on one scale: only what is a share of a whole."""

import pytest

from dxsite.diagnostics import Report
from dxsite.documents import parse_document
from dxsite.model import Kpi
from dxsite.model.records import read_record
from dxsite.site.shares import reached, share_of
from dxsite.sources import Source


def kpi(text: str) -> Kpi:
    report = Report()
    source = Source("content/x.yaml", f"ID: x\n名称: 指標\n{text}".encode())
    root = parse_document(source, (), report).root
    assert root is not None
    read = read_record(Kpi, root, report)
    assert read is not None, report.findings
    return read


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ('単位: "%"\n目標:\n  R5: 40\n  R7: 60', 60.0),
        ('単位: "%"\n目標:\n  R9: 80以上', 80.0),
        ("単位: 手続\n目標:\n  R5: 150／800", 18.8),
        ('単位: "%"\n目標:\n  年度なし: 45', 45.0),
    ],
)
def test_a_share_of_a_whole_has_a_place_on_the_scale(text: str, share: float) -> None:
    assert share_of(kpi(text)) == share


@pytest.mark.parametrize(
    "text",
    [
        "単位: 件\n目標:\n  R5: 40",
        '単位: "%"\n向き: 減らす\n目標:\n  R5: 30',
        '単位: "%"\n目標:\n  R5: 10削減',
        '単位: "%"\n目標:\n  R5: 150',
        "目標:\n  R5: 全窓口",
        '単位: "%"\n目標:\n  R5: －',
        '単位: "%"\n未設定: はい',
    ],
)
def test_what_is_no_share_stays_off_the_scale(text: str) -> None:
    """Counts, reductions, growth, words, dashes."""
    assert share_of(kpi(text)) is None


REPORTED = "単位: 件\n目標:\n  R5: 40\n  R6: 80\n実績:\n  R5: 35\n"


def test_how_much_is_reached_is_told_for_the_last_year_that_was_reported() -> None:
    assert reached(kpi("向き: 増やす\n" + REPORTED)) == (2023, 87)
    assert reached(kpi("向き: 増やす\n" + REPORTED + "  R6: 100\n")) == (2024, 125)


@pytest.mark.parametrize(
    "text",
    [
        "向き: 減らす\n" + REPORTED,
        REPORTED,
        "向き: 増やす\n単位: 件\n目標:\n  R5: 40\n  R6: 80",
        "向き: 増やす\n単位: 件\n目標:\n  R5: 40\n  R6: 80\n実績:\n  R7: 90",
        "向き: 増やす\n単位: 件\n目標:\n  R5: 0\n実績:\n  R5: 3",
        "向き: 増やす\n単位: 件\n目標:\n  R5: 10／20\n実績:\n  R5: 8",
    ],
)
def test_nothing_is_said_to_be_reached_that_nobody_can_know(text: str) -> None:
    """A reduction, no direction, no report, no target of that year, no or another whole."""
    assert reached(kpi(text)) is None
