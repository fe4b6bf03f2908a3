"""Plans the pages of terms across plans."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.model import Term
from dxsite.site import words
from dxsite.site.areas import Area
from dxsite.site.pages import Later, Link, Page
from dxsite.terms import TermFinder
from dxsite.urls import Branch


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one plan says of a term."""

    plan: Link
    term: Term
    see: Link | None
    inside: Link | None


@dataclass(frozen=True, slots=True)
class Usage:
    """Measures of one plan in which a term is used."""

    plan: Link
    measures: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """Everything that a term's page shows."""

    long_form: str | None
    reading: str | None
    aliases: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in a list."""

    term: Link
    long_form: str | None
    lead: str
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms under one heading: あ行 … or アルファベット."""

    title: str
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """All terms of all plans."""

    groups: tuple[TermGroup, ...]
    total: int
    pages: tuple[tuple[Link, int], ...] = ()
    """Where the terms are too many for one page: pages of them, with how many each has."""


def glossary_pages(
    catalog: Catalog, area: Area, finders: Mapping[str, TermFinder]
) -> Iterator[Page]:
    """The list of an area's terms, then a page per term."""
    branch = area.branch
    found: dict[str, list[tuple[Plan, Term]]] = {}
    for plan in catalog.plans:
        for term in plan.terms:
            found.setdefault(term.id, []).append((plan, term))
    usages = Later(_usages, catalog, finders)
    yield Page(
        branch.glossary,
        "glossary.html",
        area.titled("用語集"),
        area.told("自治体の計画に出てくるデジタルの用語を、計画ごとの説明とともに載せています。"),
        area.trail,
        Later(_list_view, found, branch),
        section=urls.GLOSSARY,
    )
    for id_, entries in sorted(found.items()):
        first = entries[0][1]
        lead = next((t.text for _, t in entries if t.text), None)
        text = words.first_sentence(lead) if lead else f"「{first.term}」の説明です。"
        yield Page(
            branch.term(id_),
            "term.html",
            area.titled(first.term),
            area.told(text),
            (*area.trail, Link("用語集", branch.glossary)),
            Later(_view, id_, entries, usages, branch),
            section=urls.GLOSSARY,
            term=id_,
            origin=first.place,
        )


def _view(id_: str, entries: list[tuple[Plan, Term]], usages: Later, branch: Branch) -> TermView:
    terms = [term for _, term in entries]
    spellings = {str(word) for term in terms for word in (term.term, *term.aliases)}
    return TermView(
        long_form=next((t.long_form for t in terms if t.long_form), None),
        reading=next((t.reading for t in terms if t.reading), None),
        aliases=tuple(sorted(spellings - {str(terms[0].term)})),
        explanations=tuple(_explanation(plan, term, branch) for plan, term in entries),
        usages=usages.seen().get(id_, ()),
    )


def _explanation(plan: Plan, term: Term, branch: Branch) -> Explanation:
    names = {str(t.id): t.term for t in plan.terms}
    return Explanation(
        Link(plan.file.municipality, urls.plan(plan.slug)),
        term,
        Link(names[term.see], branch.term(term.see)) if term.see else None,
        Link(names[term.inside], branch.term(term.inside)) if term.inside else None,
    )


def _usages(catalog: Catalog, finders: Mapping[str, TermFinder]) -> dict[str, tuple[Usage, ...]]:
    """Term → the measures whose words hold it or that name it."""
    usages: dict[str, list[Usage]] = {}
    for plan in catalog.plans:
        town = Link(plan.file.municipality, urls.plan(plan.slug))
        used = plan.once("terms used", partial(_used, finder=finders[plan.slug]))
        for id_, measures in used.items():
            usages.setdefault(id_, []).append(Usage(town, tuple(measures)))
    return {id_: tuple(by_plan) for id_, by_plan in usages.items()}


def _used(plan: Plan, finder: TermFinder) -> dict[str, list[Link]]:
    """Term → the measures of a plan; its finder knows that plan's terms."""
    links: dict[str, list[Link]] = {}
    for measure in plan.measures:
        text = "\n".join((measure.title, measure.summary, *(t for _, t in measure.sections)))
        link = Link(measure.title, urls.measure(plan.slug, measure.id))
        for id_ in finder.ids_in(text) | {str(term) for term in measure.terms}:
            links.setdefault(id_, []).append(link)
    return links


def _list_view(found: dict[str, list[tuple[Plan, Term]]], branch: Branch) -> GlossaryView:
    groups: dict[str, list[tuple[str, TermRow]]] = {}
    for id_, entries in found.items():
        first = entries[0][1]
        row = TermRow(
            Link(first.term, branch.term(id_)),
            next((t.long_form for _, t in entries if t.long_form), None),
            words.first_sentence(next((t.text for _, t in entries if t.text), "")),
            tuple(plan.file.municipality for plan, _ in entries),
        )
        reading = first.reading or first.term
        groups.setdefault(row_of(first.term, reading), []).append(
            (sort_key(first.term, reading), row)
        )
    ordered = sorted(groups.items(), key=lambda g: [*ROWS].index(g[0]))
    return GlossaryView(
        tuple(
            TermGroup(title, tuple(row for _, row in sorted(rows, key=lambda r: r[0])))
            for title, rows in ordered
        ),
        len(found),
    )


_ROWS = {
    "あ行": "あいうえお",
    "か行": "かきくけこ",
    "さ行": "さしすせそ",
    "た行": "たちつてと",
    "な行": "なにぬねの",
    "は行": "はひふへほ",
    "ま行": "まみむめも",
    "や行": "やゆよ",
    "ら行": "らりるれろ",
    "わ行": "わをん",
}
_LATIN, _OTHER = "アルファベットと数字", "そのほか"
_SLUGS = ("a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa", "latin", "other")
ROWS = dict(zip((*_ROWS, _LATIN, _OTHER), _SLUGS, strict=True))
"""The headings of a list by reading, in order → their names in addresses."""


def by_reading(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of one plan in the order in which readers look them up."""
    return tuple(sorted(terms, key=lambda t: (sort_key(t.term, t.reading or t.term), t.id)))


def sort_key(term: str, reading: str) -> str:
    """Latin by letters, Japanese by reading in hiragana."""
    return _hiragana(term if term.isascii() else reading).casefold()


def row_of(term: str, reading: str) -> str:
    """The heading under which a word stands."""
    if unicodedata.normalize("NFKC", term[:1]).isascii():
        return _LATIN
    first = unicodedata.normalize("NFD", _hiragana(reading)[:1])[:1]
    return next((title for title, kana in _ROWS.items() if first in kana), _OTHER)


def _hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)
