"""Writes a drawing as SVG: into a page, whose stylesheet colours it, or as a file of its own."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from dxsite.charts.drawing import LINE, SMALL, Dot, Drawing, Mark, Path, Rect, Words
from dxsite.charts.letters import balanced, wrapped

CLASS = "dx-chart__"
FONT = (
    "Noto Sans JP, Noto Sans CJK JP, Hiragino Kaku Gothic ProN, Hiragino Sans, "
    "BIZ UDPGothic, Yu Gothic UI, Meiryo, sans-serif"
)
_HEADLINE = 16
_MARGIN = 16

Looks = Mapping[str, Mapping[str, str]]
"""Look → its presentation attributes."""


def in_page(drawing: Drawing, id_: str) -> str:
    """An `<svg>` for a page; `id_` is unique there."""
    return (
        f'<svg class="{CLASS}drawing" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
        f' font-size="{SMALL}" role="img" aria-labelledby="{id_}-title {id_}-desc"'
        ' focusable="false">'
        f'<title id="{id_}-title">{escape(drawing.title)}のグラフ</title>'
        f'<desc id="{id_}-desc">{escape(drawing.description)}</desc>'
        f"{_body(drawing.marks, None)}</svg>"
    )


def alone(drawing: Drawing, looks: Looks, source: Sequence[str]) -> str:
    """A file that needs nothing beside it: its title above, where it is from below."""
    width = drawing.width
    head = balanced(drawing.title, width, _HEADLINE)
    top = len(head) * (_HEADLINE + 6) + 6
    marks: list[Mark] = [
        Words("value", 0, (n + 1) * (_HEADLINE + 6) - 6, line, _HEADLINE)
        for n, line in enumerate(head)
    ]
    foot = [line for text in source for line in wrapped(text, width, SMALL - 1)]
    below = top + drawing.height + 8
    tail: list[Mark] = [
        Words("quiet", 0, below + (n + 1) * (LINE - 1), line, SMALL - 1)
        for n, line in enumerate(foot)
    ]
    height = below + len(foot) * (LINE - 1) + 4
    outer, full = width + 2 * _MARGIN, height + 2 * _MARGIN
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(outer * 2)}" height="{_n(full * 2)}"'
        f' viewBox="0 0 {_n(outer)} {_n(full)}" font-family="{FONT}" font-size="{SMALL}"'
        ' role="img" aria-labelledby="title desc" xml:lang="ja">\n'
        f'<title id="title">{escape(drawing.title)}</title>\n'
        f'<desc id="desc">{escape(" ".join((drawing.description, *source)))}</desc>\n'
        f'<rect {_given(looks["paper"])} width="{_n(outer)}" height="{_n(full)}"/>\n'
        f'<g transform="translate({_MARGIN} {_MARGIN})">{_body(marks, looks)}'
        f'<g transform="translate(0 {_n(top)})">{_body(drawing.marks, looks)}</g>'
        f"{_body(tail, looks)}</g>\n</svg>\n"
    )


def _body(marks: Iterable[Mark], looks: Looks | None) -> str:
    """The marks in order; neighbours that look alike share a group."""
    return "".join(_group(dress, list(group), looks) for dress, group in groupby(marks, _dress))


def _dress(mark: Mark) -> tuple[str, str]:
    """The look of a mark, and what only letters have."""
    if not isinstance(mark, Words):
        return mark.look, ""
    size = f' font-size="{_n(mark.size)}"' if mark.size != SMALL else ""
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    return mark.look, size + anchor


def _group(dress: tuple[str, str], marks: Sequence[Mark], looks: Looks | None) -> str:
    look, rest = dress
    worn = f'class="{CLASS}{look}"' if looks is None else _given(looks[look])
    worn = f" {worn}{rest}"
    if len(marks) == 1:
        return _mark(marks[0], worn)
    return f"<g{worn}>{''.join(_mark(mark, '') for mark in marks)}</g>"


def _given(attributes: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())


def _mark(mark: Mark, worn: str) -> str:
    match mark:
        case Rect():
            return (
                f'<rect{worn} x="{_n(mark.x)}" y="{_n(mark.y)}"'
                f' width="{_n(mark.width)}" height="{_n(mark.height)}"/>'
            )
        case Path():
            return f'<path{worn} d="{mark.d}"/>'
        case Dot():
            return f'<circle{worn} cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}"/>'
        case Words():
            return f'<text{worn} x="{_n(mark.x)}" y="{_n(mark.y)}">{escape(mark.text)}</text>'


def _n(number: float) -> str:
    """12.0 → 12, 0.25 → 0.3: a tenth of a unit is finer than a screen."""
    return f"{number:.1f}".removesuffix(".0")
