"""Numbers as people type and say them."""

import re

Number = int | float

WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})"
"""Digits, with commas between groups of three or without any."""
NUMBER = rf"{WHOLE}(?:\.\d{{1,9}})?"
"""The same, which may have a decimal point."""
MISGROUPED = r"(?:\d+(?:,\d*)+|\d{1,3}(?:、\d{3})+)(?:\.\d+)?"
"""Commas where they do not part thousands: 1,20 or 1、500; it matches right groups too."""
# Words that change the amount, and signs that are probably a slip for a digit or a comma.
_NO_UNIT = re.compile(r"[十百万億,.、・~〜\-–/:]|^[OoIl]")


def to_number(text: str) -> Number:
    """The value of what `NUMBER` matches."""
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def thousand_yen(amount: int) -> str:
    """6000 → 6,000千円（600万円）"""
    man, rest = divmod(amount, 10)
    if not amount:
        return "0千円"
    oku, man = divmod(man, 10_000)
    parts = ((oku, "億"), (man, "万"), (rest, "千"))
    plain = "".join(f"{number:,}{unit}" for number, unit in parts if number)
    return f"{amount:,}千円（{plain}円）"


def number_with_unit(text: str) -> tuple[str, str] | None:
    """`12ページ` as `12` and `ページ`; None where the rest is more than a unit."""
    match = re.fullmatch(rf"({WHOLE})(\D{{1,6}})", text)
    return (match[1], match[2]) if match and not _NO_UNIT.search(match[2]) else None
