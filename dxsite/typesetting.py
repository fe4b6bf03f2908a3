"""Printed figures and names as HTML: what stays on one line, what is read aloud."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

_UNITS = (
    "千円|万円|億円|円|件|人|名|回|部|箇所|か所|業務|項目|手続|施設|台|枚|時間|分|週間|校"
    "|団体|ポイント|課|世帯|冊|本|社|種類|[%％]"
)
_YEARS = (
    r"(?:令和|平成|昭和)(?:元|\d{1,2})年(?:度末?|\d{1,2}月(?:\d{1,2}日|末)?)?"
    r"|\d{4}(?:～\d{4})?年(?:度末?(?:以降)?|\d{1,2}月(?:\d{1,2}日|末)?)?"
)
_NUMBER = re.compile(
    rf"(?:（|(?<![\d,.▲]))(?:{_YEARS}|▲?\d[\d,.]*+(?:{_UNITS})(?:/[年月日])?)）?|▲"
)
"""With its brackets, which must not be left alone at the end of a line; each run of digits is
looked at once, however long."""
_MINUS = '<span role="img" aria-label="マイナス">▲</span>'


@lru_cache(maxsize=4096, typed=True)  # a step of a schedule stands on five pages
def figure(text: str) -> Markup:
    """A printed figure; its ▲ is read aloud as what it means, and copied as printed.

    No line ends between a number and its unit, nor inside a year.
    """
    return Markup("".join(_unbroken(text)))


def _unbroken(text: str) -> Iterator[str]:
    done = 0
    for match in _NUMBER.finditer(text):
        yield escape(text[done : match.start()])
        found = match[0].replace("▲", _MINUS)  # no sign of HTML among its letters
        yield found if found == _MINUS else f'<span class="dx-number">{found}</span>'
        done = match.end()
    yield escape(text[done:])


def ruby(text: str, reading: str) -> Markup:
    """A name with its reading above it, in brackets where a browser knows no ruby."""
    return Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(text, reading)
