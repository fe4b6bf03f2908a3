"""Records as the pages that Pagefind indexes: never published, never seen."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.search.records import Field, Found, records_of
from dxsite.tokens import tokens_of

_FIRST_MARK = 0xE000
_MARKS = {field: chr(_FIRST_MARK + number) for number, field in enumerate(Field)}
"""Begins each line of a field: a sign of its own, so that no phrase crosses it."""


def shadow(catalog: Catalog) -> Iterator[Artifact]:
    """One page per record; its path is the record's address.

    1. No language: Pagefind would cut words by it.
    2. No metadata and no title: Pagefind makes them searchable, cut at blanks only.
    3. Inline elements only: Pagefind would write a full stop behind a block.
    """
    for found in records_of(catalog):
        yield Artifact(_path(found.url), _page(found).encode())


def _path(url: str) -> str:
    """Pagefind takes a page's address from its path: `x/#kpi-y/index.html` is `x/#kpi-y/`."""
    return f"{url.strip('/')}/index.html"


def _page(found: Found) -> str:
    filters = [
        *(("plan", plan) for plan in found.plans),
        ("kind", found.kind),
        *(("theme", theme) for theme in found.themes),
        *(("department", department) for department in found.departments),
        *(("fy", str(int(year))) for year in found.years),
        *(("status", status) for status in found.statuses),
    ]
    marks = (
        f'<i data-pagefind-filter="{escape(f"{name}:{value}")}"></i>' for name, value in filters
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
    return " ".join(" ".join([_MARKS[field], *tokens_of(text)]) for _, text in lines)
