"""Reads some plans of a large catalogue, and makes what they show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from dxsite import exports, urls
from dxsite.assets import Artifact, Assets
from dxsite.catalog import Catalog, Plan, read_catalog
from dxsite.diagnostics import Report
from dxsite.memory import Memory
from dxsite.model import Measure, PlanFile
from dxsite.order import Order
from dxsite.reading import read_file
from dxsite.rendering import render
from dxsite.site import (
    Area,
    Card,
    Frame,
    Site,
    finder_of_area,
    finder_of_plan,
    gist_of,
    joined_site,
    named_by,
    site_of_area,
    site_of_plan,
    surroundings_of,
)
from dxsite.sources import CONTENT, Source, read_folder


@dataclass(frozen=True, slots=True)
class Maker:
    """What it takes to read plans of a large catalogue and to make their files."""

    order: Order
    common: tuple[Source, ...]
    """The files that belong to no plan."""
    assets: Assets
    measures: Mapping[str, frozenset[str]]
    """Plan → ids of its measures, of all plans."""
    memory: Memory

    def read(self, slugs: Iterable[str], report: Report) -> Catalog:
        """Some plans, and what all share."""
        root, past = self.order.root, self.order.provenance
        folders = (read_folder(root, slug, report) for slug in slugs)
        catalog = read_catalog(
            chain(self.common, *folders),
            report,
            self.memory,
            drafts=self.order.drafts,
            provenance=past,
        )
        return replace(catalog, elsewhere=self.measures)

    def named_elsewhere(self, plan: Plan, area: Area) -> Iterator[str]:
        """Measures of other areas (`plan/measure`) that a plan names."""
        if named_by(plan) - set(area.slugs):
            names = {str(name) for m in plan.measures for name in m.related}
            yield from (name for name in names if name.partition("/")[0] not in area.slugs)

    def around(self, plans: Sequence[Plan], named: Iterable[str]) -> tuple[Plan, ...]:
        """Plans, and as much of others as is `named` by them (`plan/measure`)."""
        wanted: dict[str, set[str]] = {}
        for name in named:
            slug, _, id_ = name.partition("/")
            wanted.setdefault(slug, set()).add(id_)
        others = (self._neighbour(slug, ids) for slug, ids in sorted(wanted.items()))
        return (*plans, *(plan for plan in others if plan))

    def _neighbour(self, slug: str, ids: Iterable[str]) -> Plan | None:
        """Another plan with only the measures that are named; None where it has faults."""
        file, _ = read_file(PlanFile, self._source(f"{slug}/plan"), {"slug": slug}, True)
        if file is None or not file.is_whole:
            return None
        told = ((f"{slug}/measures/{id_}", {"id": id_, "plan": slug}) for id_ in ids)
        read = [read_file(Measure, self._source(path), names, True)[0] for path, names in told]
        shown = (m for m in read if m and (self.order.drafts or not m.draft))
        return Plan(file, tuple(shown), ())

    def _source(self, name: str) -> Source:
        path = f"{CONTENT}/{name}.yaml"
        return Source(path, (self.order.root / path).read_bytes())

    def site_of_area(self, area: Area, catalog: Catalog, frame: Frame) -> Site:
        """The pages that span the plans of an area."""
        finders = {plan.slug: finder_of_plan(plan) for plan in catalog.plans}
        return site_of_area(area, catalog, finders, frame)

    def site_of_plans(
        self,
        area: Area,
        plans: Iterable[Plan],
        around: Iterable[Plan],
        catalog: Catalog,
        frame: Frame,
    ) -> Site:
        """The pages of some plans of an area."""
        gists = tuple(gist_of(plan, frame.this_year) for plan in around)
        drawn = self.order.cards
        sites = [
            site_of_plan(
                plan,
                surroundings_of(plan, area, gists),
                catalog,
                frame,
                self.memory,
                cards=drawn,
            )
            for plan in plans
        ]
        return joined_site(frame, sites)

    def files(
        self,
        site: Site,
        area: Area,
        catalog: Catalog,
        plans: Iterable[Plan],
        home: Card | None,
    ) -> Iterator[Artifact]:
        """Pages, and what stands beside those of `plans`."""
        finders = {plan.slug: finder_of_plan(plan) for plan in catalog.plans}
        finders[area.branch.prefix] = finder_of_area(catalog.plans)
        cards = {urls.HOME: home} if home else {}
        whole = replace(site, cards={**cards, **site.cards})
        templates = self.order.root / "templates"
        yield from render(whole, templates, self.assets, finders, self.memory)
        for plan in plans:
            yield from exports.of_plan(plan, site.frame, self.memory)
        yield from exports.pictures_of(site, self.assets, self.memory)
