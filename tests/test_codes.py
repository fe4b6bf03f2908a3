"""The last digit of a 全国地方公共団体コード follows from the other five."""

import pytest

from dxsite.checks.codes import check_digit


@pytest.mark.parametrize("code", ["062073", "402192", "063240", "342076", "212059"])
def test_the_codes_of_the_five_plans_are_right(code: str) -> None:
    assert str(check_digit(code[:5])) == code[5]


@pytest.mark.parametrize("code", ["011002", "131016", "471003", "999997", "100005", "010006"])
def test_other_codes_are_right(code: str) -> None:
    """北海道, 札幌市 and 群馬県 are among them: their remainders are the odd ones."""
    assert str(check_digit(code[:5])) == code[5]


@pytest.mark.parametrize("code", ["062073", "402192", "063240", "342076", "212059"])
def test_two_neighbouring_digits_that_changed_places_are_noticed(code: str) -> None:
    for at in range(4):
        five = list(code[:5])
        five[at], five[at + 1] = five[at + 1], five[at]
        if five[at] != five[at + 1]:
            assert str(check_digit("".join(five))) != code[5]
