"""Makes what one area of a large catalogue shows: all of its plans, in a process of its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dxsite import cards, exports, urls
from dxsite.assets import Artifact, Assets, read_assets
from dxsite.catalog import Catalog, Plan, read_catalog
from dxsite.checks import check_catalog
from dxsite.diagnostics import Report
from dxsite.earlier import Piece
from dxsite.inspections import look_at
from dxsite.memory import Memory
from dxsite.model import Measure, PlanFile
from dxsite.pieces import ANCHORS, BODY, Before, Body, Desk, Leaf, Task, parts_name
from dxsite.reading import read_file
from dxsite.rendering import render
from dxsite.site import (
    Area,
    Gist,
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
from dxsite.sources import CONTENT, Source, read_common, read_folder
from dxsite.spooling import Spooled, spool

if TYPE_CHECKING:
    from dxsite.search.parts import Parts


class Worker:
    """One process: reads an area's plans, checks them, puts all their files aside."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.memory = Memory()
        self.assets: Assets = read_assets(desk.order.root)
        self.common = tuple(read_common(desk.order.root, Report()))
        self.parts = self._parts() if desk.order.index else None

    def _parts(self) -> "Parts":
        # Late: a build without an index needs no dictionary of Japanese.
        from dxsite.search.parts import Parts, kept_beside

        content = read_catalog(self.common, Report(), drafts=False)
        store = kept_beside(self.desk.order.root)
        return Parts(content.search_words, content.themes, store)

    def make(self, task: Task) -> Leaf:
        """Everything that an area shows; only findings where its content has faults."""
        order, report, earlier = self.desk.order, Report(), self.desk.earlier
        before = Before.of(task, earlier)
        catalog = self._read(task.area.slugs, report)
        check_catalog(catalog, report, order.today)
        if task.is_vain or report.errors or (order.strict and report.warnings):
            return Leaf(task.name, Body(report.findings), Spooled())
        named = {plan.slug: tuple(sorted(self._named(plan, task.area))) for plan in catalog.plans}
        fresh = [plan for plan in catalog.plans if plan.slug not in before.plans]
        around = self._around(named, catalog)
        site = self._site(task, catalog, fresh, around)
        artifacts = list(self._artifacts(task, site, catalog, fresh))
        look = look_at(site, artifacts, self.memory)
        drawn, keys = self._drawn(site)
        found = {plan.slug: self.parts.of_plan(plan) for plan in fresh if self.parts}
        texts = chain.from_iterable(texts for _, texts in found.values())
        spooled = spool(
            [*artifacts, *drawn, *texts],
            order.output,
            self.desk.folder,
            task.name,
            clean=order.clean,
        )
        parts = {plan.slug: self._keep_parts(task, plan) for plan in fresh}
        self.memory.end_round()
        entries = chain.from_iterable(map(exports.entries_of, catalog.plans))
        body = Body(
            report.findings,
            self._gists(task, catalog),
            tuple(map(exports.listed, site.pages)),
            exports.worth_keeping(entries, catalog.themes),
            look.questions,
            keys,
            named,
            {
                slug: (part, tuple(text.path for text in texts))
                for slug, (part, texts) in found.items()
            },
            parts,
        )
        anchors = {**before.anchors, **look.anchors}
        leaf = before.added_to(Leaf(task.name, body, spooled))
        earlier.keep_thing(task.name, ANCHORS, task.mark, anchors)
        earlier.keep_thing(task.name, BODY, task.mark, leaf.body)
        return leaf

    def _read(self, slugs: Iterable[str], report: Report) -> Catalog:
        root, drafts = self.desk.order.root, self.desk.order.drafts
        folders = (read_folder(root, slug, report) for slug in slugs)
        sources = chain(self.common, *folders)
        past = self.desk.order.provenance
        catalog = read_catalog(sources, report, self.memory, drafts=drafts, provenance=past)
        return replace(catalog, elsewhere=self.desk.measures)

    def _named(self, plan: Plan, area: Area) -> Iterator[str]:
        """Measures of other areas that a plan names."""
        if named_by(plan) - set(area.slugs):
            names = {str(name) for m in plan.measures for name in m.related}
            yield from (name for name in names if name.partition("/")[0] not in area.slugs)

    def _around(self, named: Mapping[str, Iterable[str]], catalog: Catalog) -> tuple[Plan, ...]:
        """The area's own plans, and as much of others as its pages name."""
        wanted: dict[str, set[str]] = {}
        for name in chain.from_iterable(named.values()):
            slug, _, id_ = name.partition("/")
            wanted.setdefault(slug, set()).add(id_)
        others = (self._neighbour(slug, ids) for slug, ids in sorted(wanted.items()))
        return (*catalog.plans, *(plan for plan in others if plan))

    def _neighbour(self, slug: str, ids: Iterable[str]) -> Plan | None:
        """Another area's plan with only the measures that are named; None where it has faults."""
        file, _ = read_file(PlanFile, self._source(f"{slug}/plan"), {"slug": slug}, True)
        if file is None or not file.is_whole:
            return None
        told = ((f"{slug}/measures/{id_}", {"id": id_, "plan": slug}) for id_ in ids)
        read = [read_file(Measure, self._source(path), names, True)[0] for path, names in told]
        shown = (m for m in read if m and (self.desk.order.drafts or not m.draft))
        return Plan(file, tuple(shown), ())

    def _source(self, name: str) -> Source:
        path = f"{CONTENT}/{name}.yaml"
        return Source(path, (self.desk.order.root / path).read_bytes())

    def _site(
        self, task: Task, catalog: Catalog, fresh: Iterable[Plan], around: Iterable[Plan]
    ) -> Site:
        frame, drawn = task.frame, self.desk.order.cards
        finders = {plan.slug: finder_of_plan(plan) for plan in catalog.plans}
        gists = tuple(gist_of(plan, frame.this_year) for plan in around)
        sites = [site_of_area(task.area, catalog, finders, frame)]
        for plan in fresh:
            surroundings = surroundings_of(plan, task.area, gists)
            sites.append(site_of_plan(plan, surroundings, catalog, frame, self.memory, cards=drawn))
        return joined_site(frame, sites)

    def _artifacts(
        self, task: Task, site: Site, catalog: Catalog, fresh: Iterable[Plan]
    ) -> Iterator[Artifact]:
        """Pages and what stands beside them."""
        finders = {plan.slug: finder_of_plan(plan) for plan in catalog.plans}
        finders[task.area.branch.prefix] = finder_of_area(catalog.plans)
        home = {urls.HOME: task.home} if task.home else {}
        whole = replace(site, cards={**home, **site.cards})
        templates = self.desk.order.root / "templates"
        yield from render(whole, templates, self.assets, finders, self.memory)
        for plan in fresh:
            yield from exports.of_plan(plan, site.frame, self.memory)
        yield from exports.pictures_of(site, self.assets, self.memory)

    def _drawn(self, site: Site) -> tuple[list[Artifact], tuple[tuple[str, str], ...]]:
        """The picture cards, drawn here, and what they are kept under, by plan."""
        pictures = cards.pictures_of(tuple(site.cards.values()), self.desk.order.root)
        slugs = (page.split("/")[1] for page in site.cards)
        return list(pictures.artifacts()), tuple(zip(slugs, pictures.keys, strict=True))

    def _gists(self, task: Task, catalog: Catalog) -> tuple[Gist, ...]:
        return tuple(gist_of(plan, task.frame.this_year) for plan in catalog.plans)

    def _keep_parts(self, task: Task, plan: Plan) -> dict[str, Piece]:
        """Write a plan's part of each file in which all plans stand."""
        parts = exports.parts_of(plan, task.frame)
        name = parts_name(plan.slug, task.marks[plan.slug])
        made = (part.make() for part in parts.values())
        pieces = self.desk.earlier.keep_pieces(task.name, name, made)
        return dict(zip(parts, pieces, strict=True))


_worker: list[Worker] = []
"""The worker of this process: it begins once, and then takes one task after the other."""


def begin(desk: Desk) -> None:
    """Make this process fit for tasks."""
    _worker[:] = [Worker(desk)]


def make(task: Task) -> Leaf:
    """Do one task."""
    return _worker[0].make(task)
