"""An address as a QR code: the dark modules as one path; the only door to segno."""

import re
from dataclasses import dataclass

import segno

_QUIET = 4
_DARK = re.compile(b"\x01+")
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
        first, *others = (run.span() for run in _DARK.finditer(row))
        start, at = first
        rows.append(f"M{start + _QUIET} {y + _QUIET}.5h{at - start}")
        for start, end in others:
            rows.append(f"m{start - at} 0h{end - start}")
            at = end
    return Code(len(made.matrix) + 2 * _QUIET, "".join(rows), address)
