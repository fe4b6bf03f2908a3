"""Draws the picture that a shared link shows, one per measure, plan and site.

The letters come from `gothic-bold.otf`, never from the machine. It is Noto Sans CJK JP Bold (the
wheel noto-cjk-sans-jp-bold 0.0.1; licence: OFL.txt) cut down to the characters of JIS X 0213,
Windows-31J and Latin, and to those of Adobe-Japan1 that Unicode has beyond U+FFFF (𠮷):

    python -m fontTools.subset NotoSansCJKjp-Bold.otf --text-file=characters.txt
        --layout-features= --no-hinting --name-IDs=0,1,2,4,6,13,14 --notdef-outline
        --drop-tables+=vhea,vmtx,VORG,BASE,GSUB,GPOS,DSIG --output-file=gothic-bold.otf
"""

from collections.abc import Sequence

from dxsite.cards.making import Pictures, keep_only, pictures_of
from dxsite.site.pages import Card

__all__ = ["Pictures", "keep_only", "pictures_of", "unknown_in"]


def unknown_in(cards: Sequence[Card]) -> str:
    """The letters of cards that the font lacks, each once."""
    if not cards:
        return ""
    from dxsite.cards import drawing  # late: a build without pictures needs no Pillow

    return drawing.unknown_in(cards)
