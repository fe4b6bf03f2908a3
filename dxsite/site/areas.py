"""Divides a catalogue into areas: parts so small that one page can span all plans of one.

A small catalogue is one area. A large one is a tree: the whole, its prefectures, and where a
prefecture has many plans, numbered parts of it. The leaves of the tree get the pages of a small
catalogue, each under its own prefix and from its own plans alone; all above are made from gists.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.site.gists import Gist, related_of
from dxsite.site.overview import MeasureRow, Overview
from dxsite.site.pages import Link
from dxsite.site.prefectures import Prefecture
from dxsite.urls import Branch

_HOME = Link("ホーム", urls.HOME)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many plans fit on one page."""

    whole: int = 24
    """Up to so many plans, the site is one area."""
    area: int = 8
    """So many at most has an area of a larger site: of 30 measures each, a theme's page of them
    weighs as much as that of five plans with all their measures."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the catalogue, up to the whole of it.

    1. `slugs` are its plans in the order of the catalogue.
    2. `areas` are its parts; none where its pages span its plans themselves.
    """

    branch: Branch
    name: str
    """In titles, as in 「用語集（山形県）」; empty for the whole."""
    slugs: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    """Names of its municipalities with how they are read; empty where it has parts."""
    prefecture: Prefecture | None = None
    areas: "tuple[Area, ...]" = ()
    trail: tuple[Link, ...] = (_HOME,)
    """From the home page to its pages."""
    trail_to_plans: tuple[Link, ...] = (_HOME,)
    """From the home page to the pages of its plans."""

    @property
    def is_whole(self) -> bool:
        """Whether it holds every plan."""
        return not self.branch.prefix

    @property
    def is_large(self) -> bool:
        """Whether it has parts."""
        return bool(self.areas)

    @property
    def leaves(self) -> "Iterator[Area]":
        """The areas that have no parts, in order; itself where it has none."""
        if not self.areas:
            yield self
        for area in self.areas:
            yield from area.leaves

    @property
    def branches(self) -> "Iterator[Area]":
        """The areas below the whole that have parts."""
        return (area for area in self.areas if area.areas)

    def of_plans(self) -> "Mapping[str, Area]":
        """Slug of a plan → the leaf that holds it."""
        return {slug: leaf for leaf in self.leaves for slug in leaf.slugs}

    def titled(self, title: str) -> str:
        """The title of a page of this area, which the same page of another has not."""
        return f"{title}（{self.name}）" if self.name else title

    def told(self, description: str) -> str:
        """The description of such a page."""
        return f"{self.name}の計画から。{description}" if self.name else description


def areas_of(gists: Iterable[Gist], limits: Limits = LIMITS) -> Area:
    """The tree of areas; its root is the whole catalogue."""
    ordered = tuple(gists)
    slugs = tuple(gist.slug for gist in ordered)
    if len(ordered) <= limits.whole:
        return Area(urls.WHOLE, "", slugs, _readings(ordered))
    by_code = sorted(ordered, key=lambda gist: gist.prefecture.code)
    groups = groupby(by_code, key=lambda gist: gist.prefecture)
    prefectures = (_prefecture(prefecture, tuple(group), limits) for prefecture, group in groups)
    return Area(urls.WHOLE, "", slugs, (), areas=tuple(prefectures))


def _prefecture(prefecture: Prefecture, gists: Sequence[Gist], limits: Limits) -> Area:
    branch = urls.prefecture(prefecture.slug)
    slugs = tuple(gist.slug for gist in gists)
    trail = (_HOME, Link(prefecture.name, branch.home))
    if len(gists) <= limits.area:
        readings = _readings(gists)
        return Area(branch, prefecture.name, slugs, readings, prefecture, (), trail, trail)
    count = -(-len(gists) // limits.area)
    parts = []
    for number in range(1, count + 1):
        first, last = ((number - 1) * len(gists) // count, number * len(gists) // count)
        some = gists[first:last]
        name = f"{prefecture.name}その{number}"
        own = urls.prefecture(prefecture.slug, number)
        parts.append(
            Area(
                own,
                name,
                tuple(gist.slug for gist in some),
                _readings(some),
                prefecture,
                (),
                (*trail, Link(name, own.home)),
                trail,
            )
        )
    return Area(branch, prefecture.name, slugs, (), prefecture, tuple(parts), trail, trail)


def _readings(gists: Iterable[Gist]) -> tuple[tuple[str, str], ...]:
    return tuple((gist.row.plan.label, gist.row.reading) for gist in gists)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the pages of one plan know of the world around it.

    In a large catalogue that is where things lie and what things are called, but not what the
    neighbours plan: so an edit of one plan touches no page of another.
    """

    branch: Branch
    trail: tuple[Link, ...]
    readings: tuple[tuple[str, str], ...]
    others: Mapping[str, tuple[MeasureRow, ...]] | None
    """Theme → measures of other plans; None where the area's page of the theme tells them."""
    related: Mapping[str, Link]
    """Name (`plan/measure`) → link."""


def surroundings_of(
    plan: Plan, area: Area, named: Iterable[Gist], overview: Overview | None = None
) -> Surroundings:
    """Of a plan in a leaf; `named` are the gists of the plans that it names, its own among them.

    `overview`: all rows of the site, where it is so small that each plan's pages show some of
    the others'.
    """
    own = ((str(plan.file.municipality), str(plan.file.reading)),)
    return Surroundings(
        area.branch,
        area.trail_to_plans,
        area.readings if area.is_whole else own,
        _others(plan, overview) if overview else None,
        related_of(plan, named),
    )


_OTHERS = 3  # a plan; the theme's own page, one link away, has all


def _others(plan: Plan, overview: Overview) -> Mapping[str, tuple[MeasureRow, ...]]:
    themes = {str(theme) for measure in plan.measures for theme in measure.themes}
    return {theme: tuple(_first_of_each(plan, theme, overview)) for theme in sorted(themes)}


def _first_of_each(plan: Plan, theme: str, overview: Overview) -> Iterator[MeasureRow]:
    rows = (row for row in overview.of_theme(theme) if row.plan_slug != plan.slug)
    for _, group in groupby(rows, key=lambda row: row.plan_slug):
        yield from list(group)[:_OTHERS]
