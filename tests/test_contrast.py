"""Every pair of colours that meets on a page, by numbers: in the light, in the dark, with more.

Text needs 4.5:1 against its ground (WCAG 2.2, 1.4.3), parts that say something 3:1 (1.4.11).
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from tests.conftest import ROOT

CSS = ROOT / "assets" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+);")
COLOUR = re.compile(r"#([0-9a-f]{6})")

DARK = "@media screen and (prefers-color-scheme: dark)"
MORE = "@media (prefers-contrast: more)"
MODES = {"light": (), "dark": (DARK,), "light, more": (MORE,), "dark, more": (DARK, MORE)}

Tokens = dict[str, str]


def declared(block: str) -> Tokens:
    return dict(re.findall(r"(--[a-z0-9-]+):\s*([^;]+);", block))


def tokens(mode: str) -> Tokens:
    """Token → value as written, for readers of one mode."""
    text = COMMENT.sub("", (CSS / "tokens.css").read_text("utf-8"))
    first, *rest = re.split(r"(?=^@media)", text, flags=re.MULTILINE)
    found = declared(first)
    for block in rest:
        if block.partition("{")[0].strip() in MODES[mode]:
            found |= declared(block)
    return found


def value(name: str, known: Tokens) -> str:
    """What a token comes to in the end."""
    while match := re.fullmatch(r"var\((--[a-z0-9-]+)\)", known[name]):
        name = match[1]
    return known[name]


def luminance(colour: str) -> float:
    match = COLOUR.fullmatch(colour)
    assert match, f"{colour} is no plain colour"
    channels = [int(match[1][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, known: Tokens) -> float:
    light, dark = sorted((luminance(value(n, known)) for n in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak(pairs: Iterator[tuple[str, str]], least: float, mode: str) -> dict[tuple[str, str], float]:
    known = tokens(mode)
    told = {pair: round(contrast(*pair, known), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in told.items() if ratio < least}


def rules() -> Iterator[tuple[str, dict[str, str]]]:
    """Selector → declarations, everywhere but in the tokens and in forced colours."""
    for path in sorted(CSS.rglob("*.css")):
        if path.name != "tokens.css":
            text = COMMENT.sub("", path.read_text("utf-8"))
            for selector, body in RULE.findall(text):
                yield f"{path.name} {selector.strip()}", dict(DECLARATION.findall(f"{body};"))


def token_of(declaration: str | None) -> str | None:
    match = re.fullmatch(r"var\((--dx-[a-z0-9-]+)\)", (declaration or "").strip())
    return match[1] if match else None


GROUNDS = ("--dx-page", "--dx-band", "--dx-key-pale", "--dx-gray-50", "--dx-yellow-50")
TEXTS = (
    *("--dx-text", "--dx-text-quiet", "--dx-text-missing", "--dx-key", "--dx-key-strong"),
    *("--dx-link", "--dx-link-hover", "--dx-link-active", "--dx-link-visited"),
)
BARE = re.compile(r"::(?:before|after)|swatch|sample|__bar|hatch|track|\.dx-phase\b")
"""What has a ground but no text on it."""
PARTS = (
    *("--dx-control", "--dx-key", "--dx-black", "--dx-gray-536", "--dx-gray-700"),
    *("--dx-blue-600", "--dx-blue-800", "--dx-blue-900", "--dx-green-800", "--dx-yellow-1000"),
)
"""Borders, strokes and fills that say something; the others are ornament."""


def test_a_token_is_declared_once_in_each_block() -> None:
    """A second value would silently win, in a place that nobody has in mind."""
    text = COMMENT.sub("", (CSS / "tokens.css").read_text("utf-8"))
    for block in re.split(r"(?=^@media)", text, flags=re.MULTILINE):
        names = re.findall(r"(--[a-z0-9-]+):", block)
        assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("mode", MODES)
def test_text_is_legible_on_every_ground(mode: str) -> None:
    assert weak(product(TEXTS, GROUNDS), 4.5, mode) == {}


@pytest.mark.parametrize("mode", MODES)
def test_parts_are_seen_on_every_ground(mode: str) -> None:
    assert weak(product(PARTS, GROUNDS), 3, mode) == {}


@pytest.mark.parametrize("mode", MODES)
def test_what_a_rule_paints_is_legible(mode: str) -> None:
    """A ground with its own text, or else with that of the page, links included."""
    pairs = set()
    for selector, declarations in rules():
        ground = token_of(declarations.get("background") or declarations.get("background-color"))
        if ground is None or BARE.search(selector):
            continue
        text = token_of(declarations.get("color"))
        pairs |= {(text, ground)} if text else {("--dx-text", ground)}
    pairs -= {  # with a text of its own in a rule beside
        ("--dx-text", "--dx-blue-1000"),
        ("--dx-text", "--dx-blue-1200"),
    }
    pairs |= {("--dx-white", "--dx-blue-1000"), ("--dx-white", "--dx-blue-1200")}
    assert len(pairs) > 10
    assert weak(iter(sorted(pairs)), 4.5, mode) == {}


def test_every_colour_has_one_for_the_dark() -> None:
    """Nothing shines through from the light."""
    light, dark = tokens("light"), declared_in(DARK)
    plain = {name for name, written in light.items() if "#" in written or "rgb(" in written}
    assert plain - dark.keys() == set()


def declared_in(media: str) -> Tokens:
    text = COMMENT.sub("", (CSS / "tokens.css").read_text("utf-8"))
    (block,) = [
        b for b in re.split(r"(?=^@media)", text, flags=re.MULTILINE) if b.startswith(media)
    ]
    return declared(block)


def test_nothing_moves_for_those_who_asked_for_less() -> None:
    """What moves stands under `prefers-reduced-motion: no-preference`."""
    moving = re.compile(r"\b(?:transition|animation|scroll-behavior)[a-z-]*\s*:")
    calm = re.compile(r"@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]|\{[^{}]*\})*\}")
    for path in sorted(CSS.rglob("*.css")):
        text = calm.sub("", COMMENT.sub("", path.read_text("utf-8")))
        assert not moving.search(text), path.name
