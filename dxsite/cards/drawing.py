"""Draws one card; the only door to Pillow."""

import unicodedata
import zlib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from dxsite.cards import lines
from dxsite.cards.lines import broken, clamped
from dxsite.site.pages import Card

Colours = tuple[bytes, bytes, bytes, bytes]
"""RGB of the page, the key colour, the text, the quiet text."""

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 64
UNKNOWN = "〓"
"""Stands for a letter that the font lacks, as printers have always done."""

_FONT = Path(__file__).with_name("gothic-bold.otf")
_STEPS = 5  # of a colour between nothing and full: three colours and the page make 16
_KEY, _TEXT, _QUIET = (1, 6, 11)
"""Where each colour's steps begin in the palette, which begins with the page's colour."""
_BAND = 104
_TITLE_TOP, _TITLE_HEIGHT = 182, 240
_TITLE_SIZES = (76, 68, 60, 52, 46)
_RULE = 446
_FIGURE_SIZES = (54, 46, 38, 32, 28)
_FIGURE_HEIGHT = 88
_LEADING = 1.28
_GAP = 40
_RUNS = {"compress_level": 4, "compress_type": zlib.Z_RLE}
"""Of compression: even areas are runs, and looking for no more takes half as long and saves more."""


def engine() -> str:
    """Names everything but the card that decides the picture's bytes."""
    digest = sha256(_FONT.read_bytes())
    for module in (__file__, lines.__file__):
        digest.update(Path(module).read_bytes())
    return f"{PIL.__version__} {digest.hexdigest()}"


def drawn(card: Card, colours: Colours) -> bytes:
    """A card as PNG of 16 colours; the same bytes for the same card, engine and colours."""
    image = Image.new("P", SIZE, 0)
    image.putpalette(_palette(colours))
    band = ImageDraw.Draw(image)
    band.rectangle((0, 0, WIDTH, _BAND - 1), fill=_KEY + _STEPS - 1)
    _band(image, card)
    width = WIDTH - 2 * MARGIN
    _lines(image, (MARGIN, 130), _fit(card.plan, width, 40, (30, 26)), _QUIET)
    title = _fit(card.title, width, _TITLE_HEIGHT, _TITLE_SIZES)
    size, texts = title
    spare = _TITLE_HEIGHT - len(texts) * size * _LEADING
    _lines(image, (MARGIN, int(_TITLE_TOP + spare / 2)), title, _TEXT)
    if card.figures:
        band.rectangle((MARGIN, _RULE, WIDTH - MARGIN, _RULE + 2), fill=_QUIET)
        _figures(image, card)
    stream = BytesIO()
    image.save(stream, "PNG", bits=4, **_RUNS)
    return stream.getvalue()


def unknown_in(cards: Sequence[Card]) -> str:
    """The letters of cards that the font lacks, each once."""
    texts = (
        text
        for card in cards
        for text in (card.site, card.town, card.plan, card.title, *chain(*card.figures))
    )
    return "".join(sign for sign in dict.fromkeys(_plain("".join(texts))) if not _has(sign))


def _band(image: Image.Image, card: Card) -> None:
    """The town at the left, the site at the right, in the page's colour on the key colour."""
    size, (site,) = _fit(card.site, 420, 40, (26,))
    site_width = sum(map(_advance(size), site))
    _write(image, (int(WIDTH - MARGIN - site_width), 40), size, site, _KEY, turned=True)
    room = WIDTH - 2 * MARGIN - site_width - _GAP
    size, (town,) = _fit(card.town, room, 60, (42, 36, 30, 26))
    _write(image, (MARGIN, (_BAND - int(size * _LEADING)) // 2), size, town, _KEY, turned=True)


def _figures(image: Image.Image, card: Card) -> None:
    """Side by side: what it is, small, and below it the figure."""
    columns = len(card.figures)
    width = (WIDTH - 2 * MARGIN - _GAP * (columns - 1)) / columns
    for number, (label, value) in enumerate(card.figures):
        left = int(MARGIN + number * (width + _GAP))
        _lines(image, (left, _RULE + 16), _fit(label, width, 32, (24,)), _QUIET)
        figure = _fit(value, width, _FIGURE_HEIGHT, _FIGURE_SIZES)
        _lines(image, (left, _RULE + 56), figure, _KEY)


Fitted = tuple[int, tuple[str, ...]]
"""A size in pixels and the lines that fit in it."""


@lru_cache(maxsize=64)
def _fit(text: str, width: float, height: float, sizes: tuple[int, ...]) -> Fitted:
    """In the largest size that holds the text; what the smallest does not hold ends with …."""
    text = "".join(sign if _has(sign) else UNKNOWN for sign in _plain(text))
    found: tuple[str, ...] = ()
    for size in sizes:
        most = max(1, int(height // (size * _LEADING)))
        found = broken(text, width, _advance(size))
        if len(found) <= most:
            break
    return size, clamped(found, most, width, _advance(size)) or ("",)


def _lines(image: Image.Image, at: tuple[int, int], fitted: Fitted, colour: int) -> None:
    left, top = at
    size, texts = fitted
    for number, text in enumerate(texts):
        _write(image, (left, int(top + number * size * _LEADING)), size, text, colour)


def _write(
    image: Image.Image,
    at: tuple[int, int],
    size: int,
    text: str,
    colour: int,
    *,
    turned: bool = False,
) -> None:
    """One line; `turned`: in the page's colour on full `colour`."""
    if not text:
        return
    image.paste(_line(size, text, colour, turned=turned), at)


@lru_cache(maxsize=16)  # the names of site, town and plan stand on every card of a plan
def _line(size: int, text: str, colour: int, *, turned: bool) -> Image.Image:
    box = (int(sum(map(_advance(size), text))) + size, int(size * 1.5))
    mask = Image.new("L", box, 0)
    ImageDraw.Draw(mask).text((0, 0), text, fill=255, font=_font(size))
    return mask.point(_steps(colour, turned=turned))


@lru_cache(maxsize=8)
def _steps(colour: int, *, turned: bool) -> list[int]:
    """Coverage of a pixel → its colour in the palette; 0 is the page's own."""
    steps = [(coverage * _STEPS + 127) // 255 for coverage in range(256)]
    if turned:
        steps = [_STEPS - step for step in steps]
    return [colour + step - 1 if step else 0 for step in steps]


def _palette(colours: Colours) -> list[int]:
    page, *inks = colours
    palette = list(page)
    for ink in inks:
        for step in range(1, _STEPS + 1):
            palette += [round(a + (b - a) * step / _STEPS) for a, b in zip(page, ink, strict=True)]
    return palette


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is Pillow's own: no library of the machine has a say.
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=32)
def _advance(size: int) -> Callable[[str], float]:
    return cache(_font(size).getlength)


def _plain(text: str) -> str:
    """Composed; without what chooses among the shapes of a letter."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if not _is_selector(sign))


def _is_selector(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


@cache
def _has(sign: str) -> bool:
    """Whether the font has a letter: one that it lacks is drawn as what no font has."""
    return sign.isspace() or _shape(sign) != _shape_of_none()


@cache
def _shape_of_none() -> bytes:
    return _shape("\uffff")


def _shape(sign: str) -> bytes:
    return bytes(_font(26).getmask(sign))
