"""What the whole catalogue knows of one plan: enough for its lists, little enough for 1,788 of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dxsite import urls
from dxsite.addresses import formers
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear
from dxsite.site import words
from dxsite.site.changes import StepGist, fates_of, step_gists
from dxsite.site.overview import PlanRow, plan_row
from dxsite.site.pages import Link
from dxsite.site.prefectures import Prefecture, prefecture_of
from dxsite.site.timelines import years_of


@dataclass(frozen=True, slots=True)
class TermGist:
    """A term that the plan explains, or of which it says where it does."""

    id: str
    term: str
    reading: str | None
    long_form: str | None
    lead: str
    """The explanation's first sentence; empty where there is none."""


@dataclass(frozen=True, slots=True)
class MeasureGist:
    """A measure as other plans name it."""

    id: str
    title: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gist:
    """One plan in a few words and numbers; small, and fit to be handed between processes.

    1. Its texts are plain: they forgot where they were written.
    2. It changes only with what it holds: another sentence in the middle of a summary leaves it
       equal, and with it every page that is made from gists.
    """

    code: str
    row: PlanRow
    measures: tuple[MeasureGist, ...]
    terms: tuple[TermGist, ...]
    departments: tuple[str, ...]
    statuses: tuple[str, ...]
    years: tuple[FiscalYear, ...]
    steps: tuple[StepGist, ...]
    fates: tuple[tuple[str, int], ...]
    """Result → how many items of an earlier plan had it."""
    former: tuple[tuple[str, str], ...]
    """Former id of a measure → the id at whose address something stands instead."""

    @property
    def slug(self) -> str:
        """The plan's folder and address."""
        return self.row.slug

    @property
    def prefecture(self) -> Prefecture:
        """Where the municipality lies."""
        return prefecture_of(self.row.prefecture, self.code)

    @property
    def themes(self) -> Counter[str]:
        """Theme → how many of the plan's measures have it."""
        return Counter(theme for measure in self.measures for theme in measure.themes)


def gist_of(plan: Plan, now: FiscalYear) -> Gist:
    """The gist of a plan as of the fiscal year `now`."""
    statuses = {str(s) for s in _statuses(plan) if s}
    return Gist(
        str(plan.file.code),
        plan_row(plan, now),
        tuple(
            MeasureGist(str(m.id), str(m.title), tuple(map(str, m.themes))) for m in plan.measures
        ),
        tuple(_terms(plan)),
        tuple(sorted({str(name) for m in plan.measures for name in m.departments})),
        tuple(sorted(statuses)),
        tuple(sorted({year for m in plan.measures for year in years_of(m, plan)})),
        tuple(step_gists(plan)),
        fates_of(plan),
        tuple(_former(plan)),
    )


def _former(plan: Plan) -> Iterator[tuple[str, str]]:
    shown = {measure.id for measure in plan.measures}
    for former in formers(plan.addresses):
        if former.removed:
            yield former.id, former.id
        elif former.now in shown:
            yield former.id, former.now


def _terms(plan: Plan) -> Iterator[TermGist]:
    for term in plan.terms:
        yield TermGist(
            str(term.id),
            str(term.term),
            str(term.reading) if term.reading else None,
            str(term.long_form) if term.long_form else None,
            words.first_sentence(term.text) if term.text else "",
        )


def _statuses(plan: Plan) -> Iterator[str | None]:
    yield from (measure.status for measure in plan.measures)
    yield from (review.status for review in plan.file.reviews)


def named_by(plan: Plan) -> frozenset[str]:
    """The plans, by slug, whose measures the measures of a plan name as related."""
    return frozenset(name.partition("/")[0] for m in plan.measures for name in m.related)


def related_of(plan: Plan, gists: Iterable[Gist]) -> Mapping[str, Link]:
    """Name (`plan/measure`) → link, of what a plan's measures name as related.

    `gists` must hold those that `named_by` names; a draft may be named before it is published.
    """
    wanted = {str(name) for measure in plan.measures for name in measure.related}
    links = {}
    for gist in gists:
        town = "" if gist.slug == plan.slug else f"（{gist.row.plan.label}）"
        for measure in gist.measures:
            name = f"{gist.slug}/{measure.id}"
            if name in wanted:
                links[name] = Link(measure.title + town, urls.measure(gist.slug, measure.id))
    return links
