"""Plans the pages of terms of an area with parts: how many explain a term, in which words, where."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxsite import urls
from dxsite.site.areas import Area
from dxsite.site.branches import Part, view_of
from dxsite.site.gists import Gist, TermGist
from dxsite.site.glossary import ROWS, GlossaryView, TermGroup, TermRow, row_of, sort_key
from dxsite.site.pages import Link, Page
from dxsite.site.parts import PartsView

_ON_ONE_PAGE = 240
"""So many terms stand on one page; more are divided by the rows of the kana table."""
_COMMONEST = 60
_WORDINGS = 5

Found = Mapping[str, Sequence[tuple[Gist, TermGist]]]
"""Term → the plans that explain it, with what they say."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The beginning of an explanation, and the plan that gives it."""

    plan: Link
    prefecture: str
    lead: str
    more: int
    """How many other plans begin with the same words."""


@dataclass(frozen=True, slots=True)
class TermParts:
    """A term that the plans of many parts explain."""

    long_form: str | None
    reading: str | None
    wordings: tuple[Wording, ...]
    parts: PartsView
    total: int


def vocabulary_pages(area: Area, parts: Sequence[Part]) -> Iterator[Page]:
    """The list of terms, in rows where it is long, then a page per term."""
    found: dict[str, list[tuple[Gist, TermGist]]] = {}
    for part in parts:
        for gist in part.gists:
            for term in gist.terms:
                found.setdefault(term.id, []).append((gist, term))
    trail = (*area.trail, Link("用語集", area.branch.glossary))
    lists = _lists(area, found, trail)
    for page in (*lists, *(_page(area, id_, found[id_], parts, trail) for id_ in sorted(found))):
        yield replace(page, branch=area.branch)


def commonest(gists: Sequence[Gist], count: int = 200) -> dict[str, str]:
    """Spelling → id of the terms that the most plans explain: those which pages above all plans
    link, since a finder of every term would grow with the catalogue."""
    plans = Counter(term.id for gist in gists for term in gist.terms)
    chosen = {id_ for id_, _ in sorted(plans.items(), key=lambda item: (-item[1], item[0]))[:count]}
    return {term.term: term.id for gist in gists for term in gist.terms if term.id in chosen}


def _lists(area: Area, found: Found, trail: tuple[Link, ...]) -> Iterator[Page]:
    groups = _groups(area, found)
    page = Page(
        area.branch.glossary,
        "glossary.html",
        area.titled("用語集"),
        area.told("自治体の計画に出てくるデジタルの用語を、計画ごとの説明とともに載せています。"),
        area.trail,
        GlossaryView(groups, len(found)),
        section=urls.GLOSSARY,
    )
    if len(found) <= _ON_ONE_PAGE:
        yield page
        return
    sheets = [sheet for group in groups for sheet in _sheets(area, group)]
    often = sorted(found, key=lambda id_: (-len(found[id_]), id_))[:_COMMONEST]
    rows = {id_: found[id_] for id_ in often}
    named = [_row(area, id_, rows[id_]) for id_ in often]
    first = TermGroup("多くの計画が説明している用語", tuple(named))
    links = tuple((Link(title, url), len(terms)) for title, url, terms in sheets)
    yield replace(page, view=GlossaryView((first,), len(found), links))
    for title, url, terms in sheets:
        yield replace(
            page,
            url=url,
            title=area.titled(f"用語集「{title}」"),
            description=area.told(f"用語集のうち「{title}」の用語の一覧です。"),
            crumbs=trail,
            view=GlossaryView((TermGroup(title, terms),), len(terms)),
        )


def _sheets(area: Area, group: TermGroup) -> Iterator[tuple[str, str, tuple[TermRow, ...]]]:
    """Title, address, terms: one page for most rows, numbered ones for a long row."""
    slug = ROWS[group.title]
    count = -(-len(group.terms) // _ON_ONE_PAGE)
    for number in range(count):
        terms = group.terms[number * _ON_ONE_PAGE : (number + 1) * _ON_ONE_PAGE]
        if number:
            yield f"{group.title} {number + 1}", area.branch.terms_in(f"{slug}-{number + 1}"), terms
        else:
            yield group.title, area.branch.terms_in(slug), terms


def _groups(area: Area, found: Found) -> tuple[TermGroup, ...]:
    groups: dict[str, list[tuple[str, TermRow]]] = {}
    for id_, entries in found.items():
        first = entries[0][1]
        reading = first.reading or first.term
        key = sort_key(first.term, reading)
        groups.setdefault(row_of(first.term, reading), []).append((key, _row(area, id_, entries)))
    return tuple(
        TermGroup(title, tuple(row for _, row in sorted(groups[title], key=lambda r: r[0])))
        for title in ROWS
        if title in groups
    )


def _row(area: Area, id_: str, entries: Sequence[tuple[Gist, TermGist]]) -> TermRow:
    return TermRow(
        Link(entries[0][1].term, area.branch.term(id_)),
        next((term.long_form for _, term in entries if term.long_form), None),
        next((term.lead for _, term in entries if term.lead), ""),
        (f"{len(entries)}自治体",),
    )


def _page(
    area: Area,
    id_: str,
    entries: Sequence[tuple[Gist, TermGist]],
    parts: Sequence[Part],
    trail: tuple[Link, ...],
) -> Page:
    first = entries[0][1]
    lead = next((term.lead for _, term in entries if term.lead), None)
    where = Counter(gist.slug for gist, _ in entries)
    there = [
        (part, part.area.branch.term(id_), (count,))
        for part in parts
        if (count := sum(where[slug] for slug in part.area.slugs))
    ]
    return Page(
        area.branch.term(id_),
        "term-parts.html",
        area.titled(first.term),
        area.told(lead or f"「{first.term}」の説明です。"),
        trail,
        TermParts(
            next((term.long_form for _, term in entries if term.long_form), None),
            next((term.reading for _, term in entries if term.reading), None),
            tuple(_wordings(entries)),
            view_of(area, f"「{first.term}」を説明している計画", ("計画",), there),
            len(entries),
        ),
        section=urls.GLOSSARY,
        term=id_,
    )


def _wordings(entries: Sequence[tuple[Gist, TermGist]]) -> Iterator[Wording]:
    """The beginnings of explanations, those that most plans share first."""
    counts = Counter(term.lead for _, term in entries if term.lead)
    givers = {term.lead: gist for gist, term in reversed(entries)}
    for lead, count in sorted(counts.items(), key=lambda item: -item[1])[:_WORDINGS]:
        row = givers[lead].row
        yield Wording(row.plan, row.prefecture, lead, count - 1)
