"""What can be found that no single plan owns: terms and themes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.model import Theme
from dxsite.search.prose import plain
from dxsite.search.records import Field, Found, found

EXPLANATIONS = 40
"""A term that more plans explain is found by the words of the first so many explanations."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """How one plan explains a term: small enough to be kept of every plan."""

    id: str
    plan: str
    municipality: str
    title: str
    meaning: str
    """The id of the term to which it leads, or its own."""
    names: tuple[str, ...]
    """The title, the long form, other names."""
    reading: str | None
    spellings: tuple[str, ...]
    """All of these."""
    text: tuple[str, ...]
    """The explanation without its Markdown, paragraph by paragraph."""


def term_rows(plan: Plan) -> tuple[TermRow, ...]:
    """The terms that a plan explains."""
    return tuple(
        TermRow(
            str(term.id),
            plan.slug,
            str(plan.file.municipality),
            str(term.term),
            str(term.see or term.id),
            tuple(str(w) for w in (term.term, term.long_form, *term.aliases) if w),
            str(term.reading) if term.reading else None,
            tuple(str(w) for w in (term.term, term.long_form, term.reading, *term.aliases) if w),
            tuple(plain(term.text)) if term.text else (),
        )
        for term in plan.terms
    )


def terms_of(rows: Iterable[TermRow]) -> Iterator[Found]:
    """One record a term, whichever plans explain it; rows of plans in order."""
    explained: dict[str, list[TermRow]] = {}
    for row in rows:
        explained.setdefault(row.id, []).append(row)
    for id_, same in sorted(explained.items()):
        title, told = same[0].title, same[:EXPLANATIONS]
        spellings = dict.fromkeys(word for row in same for word in row.spellings)
        yield found(
            urls.term(id_),
            "term",
            {
                Field.TITLE: [title],
                Field.PLACE: [row.municipality for row in told],
                Field.HEADING: [word for word in spellings if word != title],
                Field.BODY: [line for row in told for line in row.text],
            },
            plans=[row.plan for row in same],
        )


def theme_of(theme: Theme) -> Found:
    """The page of a theme."""
    return found(
        urls.theme(theme.id),
        "page",
        {
            Field.TITLE: [theme.title],
            Field.BODY: plain(theme.text),
            Field.SOURCE_WORDS: theme.words,
            Field.LABEL: [theme.national],
        },
        themes=[theme.id],
    )
