"""Reads some plans of a large catalogue, and makes what they show."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from dxsite import exports, urls
from dxsite.assets import Artifact, Assets
from dxsite.catalog import Catalog, Plan, read_catalog
from dxsite.diagnostics import Report
from dxsite.memory import Memory
from dxsite.model import Measure, PlanFile, Record
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
from dxsite.terms import TermFinder

R = TypeVar("R", bound=Record)


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

    def named_elsewhere(self, plan: Plan, known: Collection[str]) -> Iterator[str]:
        """Measures (`plan/measure`) that a plan names, of plans other than those that are known."""
        if named_by(plan) - set(known):
            names = {str(name) for m in plan.measures for name in m.related}
            yield from (name for name in names if name.partition("/")[0] not in known)

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
        file = self._record(PlanFile, f"{slug}/plan", {"slug": slug})
        if file is None or not file.is_whole:
            return None
        told = ((f"{slug}/measures/{id_}", {"id": id_, "plan": slug}) for id_ in ids)
        read = (self._record(Measure, path, names) for path, names in told)
        shown = (m for m in read if m and (self.order.drafts or not m.draft))
        return Plan(file, tuple(shown), ())

    def _record(self, kind: type[R], name: str, told: dict[str, str]) -> R | None:
        path = f"{CONTENT}/{name}.yaml"
        source = Source(path, (self.order.root / path).read_bytes())
        record, _ = self.memory.recall(
            f"read {path}", source, lambda: read_file(kind, source, told, True)
        )
        return record

    def site_of_area(self, area: Area, catalog: Catalog, frame: Frame) -> Site:
        """The pages that span the plans of an area."""
        return site_of_area(area, catalog, self._finders(catalog), frame)

    def _finders(self, catalog: Catalog) -> dict[str, TermFinder]:
        return {
            plan.slug: self.memory.recall(
                f"terms {plan.slug}", plan.terms, partial(finder_of_plan, plan)
            )
            for plan in catalog.plans
        }

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
        finders = self._finders(catalog)
        finders[area.branch.prefix] = finder_of_area(catalog.plans)
        cards = {urls.HOME: home} if home else {}
        whole = replace(site, cards={**cards, **site.cards})
        templates = self.order.root / "templates"
        yield from render(whole, templates, self.assets, finders, self.memory)
        for plan in plans:
            yield from exports.of_plan(plan, site.frame, self.memory)
        yield from exports.pictures_of(site, self.assets, self.memory)
