"""A target against what was reported, by a rule that anyone can check."""

import pytest

from dxsite.progress import Basis, Doubt, Standing, progress_of
from tests.test_comparisons import kpi

REACHED, ON_TRACK, BEHIND, UNKNOWN = Standing


def stands(text: str) -> tuple[Standing, Basis | Doubt | None]:
    progress = progress_of(kpi(text))
    assert progress is not None
    return progress.standing, progress.basis or progress.doubt


UP = "向き: 増やす\n単位: 件\n現状:\n  値: 100\n  時点: 2022年度\n目標:\n  R7: 200\n  R9: 300\n実績:\n"
LEVEL = "向き: 減らす\n単位: 分\n現状:\n  値: 60\n  時点: 2022年度\n目標:\n  R9: 30以内\n実績:\n"


def test_nothing_is_said_where_nobody_reported() -> None:
    assert progress_of(kpi("向き: 増やす\n目標:\n  R9: 300")) is None
    assert progress_of(kpi("向き: 増やす\n現状:\n  値: 999\n目標:\n  R9: 300")) is None


@pytest.mark.parametrize(
    ("actuals", "expected"),
    [
        ("  R7: 200", (ON_TRACK, Basis.YEAR)),
        ("  R7: 199", (BEHIND, Basis.YEAR)),
        ("  R9: 300", (REACHED, Basis.LAST)),
        ("  R6: 300", (REACHED, Basis.LAST)),  # years before it is due
        ("  R5: 250\n  R7: 150", (BEHIND, Basis.YEAR)),  # only the newest counts
        ("  R11: 299", (BEHIND, Basis.PAST)),
        # 100 in 2022, 200 in 2025: the line is at 133.3 in 2023, at 250 in 2026.
        ("  R5: 134", (ON_TRACK, Basis.LINE)),
        ("  R5: 133", (BEHIND, Basis.LINE)),
        ("  R8: 250", (ON_TRACK, Basis.LINE)),
        ("  R8: 249", (BEHIND, Basis.LINE)),
    ],
)
def test_more_is_wanted(actuals: str, expected: tuple[Standing, Basis]) -> None:
    assert stands(UP + actuals) == expected


@pytest.mark.parametrize(
    ("actuals", "expected"),
    [
        ("  R9: 30", (REACHED, Basis.LAST)),
        ("  R9: 31", (BEHIND, Basis.YEAR)),
        ("  R10: 31", (BEHIND, Basis.PAST)),
    ],
)
def test_less_is_wanted(actuals: str, expected: tuple[Standing, Basis]) -> None:
    assert stands(LEVEL + actuals) == expected


def test_less_is_wanted_on_a_line_that_falls() -> None:
    # 60 in 2022, 30 in 2027: 48 in 2024.
    assert stands(LEVEL + "  R6: 48") == (ON_TRACK, Basis.LINE)
    assert stands(LEVEL + "  R6: 49") == (BEHIND, Basis.LINE)


def test_what_is_saved_is_better_the_more_it_is() -> None:
    saved = "向き: 減らす\n単位: 時間\n目標:\n  R9: ▲100\n実績:\n"
    assert stands(saved + "  R9: ▲120") == (REACHED, Basis.LAST)
    assert stands(saved + "  R9: ▲80") == (BEHIND, Basis.YEAR)
    # A level is no amount that was saved.
    assert stands(saved + "  R9: 120") == (UNKNOWN, Doubt.UNLIKE)


def test_a_figure_to_go_down_may_be_either_where_nothing_tells() -> None:
    either = "向き: 減らす\n単位: 分\n目標:\n  R9: 15\n実績:\n  R9: 12"
    assert stands(either) == (UNKNOWN, Doubt.UNLIKE)


def test_what_is_to_be_kept_is_reached_in_the_year_of_its_target() -> None:
    kept = '向き: 保つ\n単位: "%"\n目標:\n  R7: 90以上\n  R9: 90以上\n実績:\n'
    assert stands(kept + "  R7: 95") == (ON_TRACK, Basis.YEAR)
    assert stands(kept + "  R7: 89") == (BEHIND, Basis.YEAR)
    assert stands(kept + "  R9: 90") == (REACHED, Basis.LAST)


def test_a_target_without_a_year_is_reached_or_not_to_be_known() -> None:
    any_time = "向き: 増やす\n目標:\n  年度なし: 50\n実績:\n"
    assert stands(any_time + "  R7: 50") == (REACHED, Basis.LAST)
    assert stands(any_time + "  R7: 49") == (UNKNOWN, Doubt.NO_LINE)


def test_shares_are_compared_as_shares() -> None:
    share = "向き: 増やす\n単位: 手続\n目標:\n  R9: 400／800\n実績:\n"
    assert stands(share + "  R9: 300／500") == (REACHED, Basis.LAST)
    assert stands(share + "  R9: 300／800") == (BEHIND, Basis.YEAR)
    assert stands(share + "  R9: 500") == (UNKNOWN, Doubt.UNLIKE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("向き: 増やす\n目標:\n  R9: 50\n実績:\n  R9: 全窓口", Doubt.NO_NUMBER),
        ("向き: 増やす\n目標:\n  R9: 50\n実績:\n  R9: －", Doubt.NO_NUMBER),
        ("向き: 増やす\n目標:\n  R9: 50\n実績:\n  R9?: 60", Doubt.NO_YEAR),
        ("向き: 増やす\n目標:\n  R7?: 50\n  R9: 80\n実績:\n  R7: 40", Doubt.NO_YEAR),
        ("向き: 増やす\n現状:\n  値: 5\n実績:\n  R9: 60", Doubt.NO_TARGET),
        ("向き: 増やす\n目標:\n  R9: 全窓口\n実績:\n  R9: 60", Doubt.UNLIKE),
        ("目標:\n  R9: 50\n実績:\n  R9: 60", Doubt.UNLIKE),
        ("向き: 増やす\n目標:\n  R9: 50以下\n実績:\n  R9: 60", Doubt.UNLIKE),
        ("向き: 増やす\n目標:\n  R9: 約50\n実績:\n  R9: 48", Doubt.UNLIKE),
        ("向き: 保つ\n目標:\n  R9: 50\n実績:\n  R9: 60", Doubt.UNLIKE),
        ("向き: 増やす\n目標:\n  R9: 50\n実績:\n  R7: 40", Doubt.NO_LINE),
        ("向き: 増やす\n現状:\n  値: 10\n目標:\n  R9: 50\n実績:\n  R7: 40", Doubt.NO_LINE),
        (
            "向き: 増やす\n現状:\n  値: 90\n  時点: 2022年度\n目標:\n  R9: 50\n実績:\n  R7: 40",
            Doubt.NO_LINE,
        ),
    ],
)
def test_what_cannot_be_known_is_called_neither_good_nor_bad(text: str, why: Doubt) -> None:
    assert stands(text) == (UNKNOWN, why)


def test_more_than_a_bound_that_it_must_pass_is_wanted() -> None:
    assert stands("向き: 増やす\n目標:\n  R9: 50超\n実績:\n  R9: 50") == (BEHIND, Basis.YEAR)
    assert stands("向き: 増やす\n目標:\n  R9: 50超\n実績:\n  R9: 51") == (REACHED, Basis.LAST)
