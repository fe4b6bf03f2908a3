"""Text of strangers in Markdown that GitHub shows."""

import re

from dxsite.changes.words import plain

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>~|!#$&^=+])")
_BREAK = "\N{ZERO WIDTH SPACE}"
"""Stands where GitHub would otherwise see a person, an issue, an address or an emoji."""
_LIVE = re.compile(r"[@#]|(?<=:)//|(?<=[Ww]{3})\.|(?<=[Gg][Hh])-|:(?=[\w+-]+:)", re.ASCII)


def escaped(text: str) -> str:
    """`text` as letters only: no markup, no mention, no link, no HTML, on one line.

    A backslash disarms what Markdown reads. GitHub looks for @names, #numbers and addresses
    again after that, in the finished page, so those are broken by a blank without width.
    """
    broken = _LIVE.sub(
        lambda m: _BREAK + m[0] if m[0] in ("//", ".", "-") else m[0] + _BREAK, plain(text)
    )
    return _SIGNS.sub(r"\\\1", broken)


def link(text: str, url: str | None) -> str:
    """`text` as a link; without an address, the text alone."""
    if url is None:
        return escaped(text)
    address = re.sub(
        r"[^\w\-./:#?=&%~+,@\[\]]",
        lambda m: "".join(f"%{b:02X}" for b in m[0].encode()),
        url,
        flags=re.ASCII,
    )
    return f"[{escaped(text)}](<{address}>)"
