"""Records as the pages that Pagefind indexes: never published, never seen."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from dxsite.assets import Artifact
from dxsite.search.records import Field, Found
from dxsite.tokens import tokens_of

_FIRST_MARK = 0xE000
_MARKS = {field: chr(_FIRST_MARK + number) for number, field in enumerate(Field)}
"""Begins each line of a field: a sign of its own, so that no phrase crosses it."""
APART = 6
"""How often, so that words of two lines do not stand near each other: assets/js/ways.js."""


def shadow(records: Iterable[Found]) -> Iterator[Artifact]:
    """One page per record; its path is the record's address.

    1. No language: Pagefind would cut words by it.
    2. No metadata and no title: Pagefind makes them searchable, cut at blanks only.
    3. Inline elements only: Pagefind would write a full stop behind a block.
    """
    for found in records:
        yield Artifact(_path(found.url), _page(found).encode())


def _path(url: str) -> str:
    """Pagefind takes a page's address from its path: `x/#kpi-y/index.html` is `x/#kpi-y/`."""
    return f"{url.strip('/')}/index.html"


def _page(found: Found) -> str:
    marks = (
        f'<i data-pagefind-filter="{escape(f"{name}:{value}")}"></i>'
        for name, values in found.facets.items()
        for value in values
    )
    parts = (
        f'<b data-pagefind-weight="{field.weight}"> {_tokens(field, lines)} </b>'
        for field, lines in groupby(found.lines, key=lambda line: line[0])
    )
    return (
        f"<!doctype html><html><body data-pagefind-body>{''.join([*marks, *parts])}</body></html>"
    )


def _tokens(field: Field, lines: Iterator[tuple[Field, str]]) -> str:
    """Tokens between blanks; a sign that touches no letter needs no escape in HTML."""
    return " ".join(" ".join([*_MARKS[field] * APART, *tokens_of(text)]) for _, text in lines)
