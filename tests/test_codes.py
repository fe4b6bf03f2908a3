"""Our QR codes are, module by module, those of a library that makes any."""

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from dxsite.site.codes import Code, code_of


def modules(code: Code) -> list[list[bool]]:
    """The dark modules that the path draws, the quiet zone left out."""
    square = [[False] * code.size for _ in range(code.size)]
    for row in re.finditer(r"M(\d+) (\d+)\.5h(\d+)((?:m\d+ 0h\d+)*)", code.path):
        x, y = int(row[1]), int(row[2])
        for skip, run in [("0", row[3]), *re.findall(r"m(\d+) 0h(\d+)", row[4])]:
            x += int(skip)
            square[y][x : x + int(run)] = [True] * int(run)
            x += int(run)
    return [row[4:-4] for row in square[4:-4]]


def by_library(address: str) -> list[list[bool]]:
    made = segno.make_qr(
        address, error="m", mask=0, mode="byte", encoding="utf-8", boost_error=False
    )
    return [[bool(module) for module in row] for row in made.matrix]


LONGEST = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560)
"""What versions 1 to 18 hold; addresses are never longer."""


@pytest.mark.parametrize("length", [n + more for n in LONGEST for more in (0, 1)])
def test_every_length_has_its_size(length: int) -> None:
    address = ("https://example.org/" + "plan/measures/forms-7/" * 30)[:length]
    assert modules(code_of(address)) == by_library(address)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_every_address_is_laid_out_alike(path: str) -> None:
    address = "https://example.org/" + path
    assert modules(code_of(address)) == by_library(address)
