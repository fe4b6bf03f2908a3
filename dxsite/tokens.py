"""Text into search tokens, and back.

Pagefind cuts text at blanks, drops every sign from a token and lowers its case; what is left is
the token's key. So each token here is written as the reader shall see it, and yields the key
that the search needs:

1. Japanese becomes overlapping pairs, one token a character; the last one stands alone.
2. A Latin word or a number is one token; letters and digits part.
3. `1,500` has the key `1500`; `2.5` has the key `2d5`; so neither is found by 500 or 5.
4. `・` and blanks inside Japanese do not part it.
5. A percent sign has the key `percent`: 80% is not 80件.
6. Every other sign is a token with an empty key that holds its place: no phrase crosses it.
7. Letters and digits are folded (NFKC), signs stay as printed, so that `text_of` gives back what
   a reader may see.

assets/js/tokens.js does the same; tests/cases/tokens.json holds them together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import add

_JAPANESE = (
    "\u3005-\u3007\u303b\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
)
_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"

_BLANK = "␣"
"""A blank that the neighbours alone would not tell of."""
_INSIDE = "¦"
"""Keeps Pagefind from parting a token: a comma between digits, nothing between letters."""
_PERCENT = "percent"

_PRINTED_SIGNS = re.compile("([\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60\u2025\u2026]+)")
_RUN = f"[{_JAPANESE}](?:[・ ]*[{_JAPANESE}])*"
_FIGURE = "[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:[.．][0-9]+)*|[0-9]+(?:[.．][0-9]+)*"
_PIECES = re.compile(
    rf"(?P<japanese>{_RUN})"
    rf"|(?P<word>[{_LETTERS}]+)"
    rf"|(?P<number>{_FIGURE})"
    r"|(?P<percent>[%％])"
    r"|(?P<blank> +)"
    r"|(?P<sign>.)"
)
_CUT = re.compile(rf"{_RUN}|[{_LETTERS}]+|{_FIGURE}|[^ ]", re.DOTALL)
"""The same pieces without their kinds, without blanks."""
_BLANKS = re.compile(r"[^\S\n]+")
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PAIR = re.compile(rf"[{_JAPANESE}][・{_BLANK}]*(?=[{_JAPANESE}])")
_SILENT = re.compile(f"[^{_JAPANESE}{_LETTERS}0-9]")
_KEY, _JAPANESE_SIGN = re.compile(f"[{_JAPANESE}{_LETTERS}0-9]"), re.compile(f"[{_JAPANESE}]")
_KEYS_OF_SIGNS = {"%": _PERCENT, "％": _PERCENT}
_DIGITS = frozenset("0123456789")
_WORD, _NUMBER = re.compile(f"[{_LETTERS}]"), re.compile("[0-9]")


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, in order."""
    tokens: list[str] = []
    before, blank = "", False
    for match in _PIECES.finditer(_folded(text)):
        kind, piece = str(match.lastgroup), match[0]
        if kind == "blank":
            blank = bool(tokens)
            continue
        mark = _BLANK if blank and not (kind == before and kind in ("word", "number")) else ""
        cut = list(_cut(kind, piece))
        tokens += [mark + cut[0], *cut[1:]]
        before, blank = kind, False
    return tokens


def key_of(token: str) -> str:
    """What Pagefind finds a token by; empty for a sign."""
    return _SILENT.sub("", token).lower()


def keys_of(lines: Sequence[str]) -> Iterator[list[str]]:
    """The keys of the tokens of each line: what `key_of` and `tokens_of` give, only faster.

    All lines are folded and cut at once, and no token is made.
    """
    whole = "\n".join([line.replace("\n", " ") for line in lines])
    keys: list[str] = []
    for piece in _CUT.findall(_BLANKS.sub(" ", _width(whole))):
        first = piece[0]
        if first == "\n":
            yield keys
            keys = []
        elif len(piece) == 1:
            keys.append(_KEYS_OF_SIGNS.get(first) or (first.lower() if _KEY.match(first) else ""))
        elif first in _DIGITS:
            keys.append(key_of(next(_cut("number", piece))))
        elif _JAPANESE_SIGN.match(first):
            run = _SILENT.sub("", piece) if "・" in piece or " " in piece else piece
            keys += map(add, run, run[1:])
            keys.append(run[-1])
        else:
            keys.append(piece.lower())
    yield keys


def text_of(tokens: Iterable[str]) -> str:
    """The text that the tokens were cut from, its letters and digits folded, its blanks single."""
    return "".join(_shown(tokens))


def _folded(text: str) -> str:
    return " ".join(_width(text).split())


def _width(text: str) -> str:
    parts = _PRINTED_SIGNS.split(text.replace(_BLANK, " ").replace(_INSIDE, "|"))
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts)


def _cut(kind: str, piece: str) -> Iterator[str]:
    if kind == "japanese":
        # A character, what silently follows it, and the next character.
        run = piece.replace(" ", _BLANK)
        places = [match.start() for match in _PAIR.finditer(run)] + [len(run) - 1]
        for here, following in pairwise(places):
            yield run[here : following + 1]
        yield run[-1]
    elif kind == "word":
        yield _HUMP.sub(_INSIDE, piece)
    elif kind == "number":
        yield re.sub("[.．]", "d", re.sub("[,，]", _INSIDE, piece))
    elif kind == "percent":
        yield piece + _PERCENT
    else:
        yield piece


def _shown(tokens: Iterable[str]) -> Iterator[str]:
    """What each token adds to the text: of a pair, all but its second character."""
    before = ""
    for token in tokens:
        bare = token.removeprefix(_BLANK)
        kind = "word" if _WORD.match(bare) else "number" if _NUMBER.match(bare) else ""
        if bare != token or (kind and kind == before):
            yield " "
        before = kind
        if kind == "word":
            yield bare.replace(_INSIDE, "")
        elif kind == "number":
            yield bare.replace(_INSIDE, ",").replace("d", ".")
        elif bare.endswith(_PERCENT):
            yield bare.removesuffix(_PERCENT)
        else:
            yield bare[: max(1, len(bare) - 1)].replace(_BLANK, " ")
