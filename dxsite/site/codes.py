"""An address as a QR code: the dark modules as one path; the only door to segno."""

from dataclasses import dataclass
from itertools import groupby

import segno

_QUIET = 4
_MASK = 0
"""Any mask can be read; to look for the best of eight takes longer than to draw the page."""


@dataclass(frozen=True, slots=True)
class Code:
    """A square of `size` modules, the quiet zone around it included."""

    size: int
    path: str
    """For a stroke one module wide."""
    address: str


def code_of(address: str) -> Code:
    """The code of an address, readable with a seventh of it soiled (level M)."""
    made = segno.make_qr(address, error="m", mask=_MASK, boost_error=False)
    rows = []
    for y, row in enumerate(made.matrix):
        x = 0
        at = 0
        moves: list[str] = []
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                moves.append(
                    f"m{x - at} 0h{length}" if moves else f"M{x + _QUIET} {y + _QUIET}.5h{length}"
                )
                at = x + length
            x += length
        rows.append("".join(moves))
    return Code(len(made.matrix) + 2 * _QUIET, "".join(rows), address)
