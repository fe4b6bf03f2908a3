"""Makes what one area of a large catalogue shows: all of its plans, in a process of its own."""

from itertools import chain
from typing import TYPE_CHECKING

from dxsite import cards, exports
from dxsite.assets import Artifact, read_assets
from dxsite.catalog import Catalog, Plan, read_catalog
from dxsite.checks import check_catalog
from dxsite.diagnostics import Report
from dxsite.earlier import Piece
from dxsite.inspections import look_at
from dxsite.making import Maker
from dxsite.memory import Memory
from dxsite.pieces import ANCHORS, BODY, Before, Body, Desk, Leaf, Task, parts_name
from dxsite.site import Gist, Site, gist_of, joined_site
from dxsite.sources import read_common
from dxsite.spooling import Spooled, spool

if TYPE_CHECKING:
    from dxsite.search.parts import Parts


class Worker:
    """One process: reads an area's plans, checks them, puts all their files aside."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.memory = Memory()
        root = desk.order.root
        common = tuple(read_common(root, Report()))
        self.maker = Maker(desk.order, common, read_assets(root), desk.measures, self.memory)
        self.parts = self._parts() if desk.order.index else None

    def _parts(self) -> "Parts":
        # Late: a build without an index needs no dictionary of Japanese.
        from dxsite.search.parts import Parts, kept_beside

        content = read_catalog(self.maker.common, Report(), drafts=False)
        store = kept_beside(self.desk.order.root)
        return Parts(content.search_words, content.themes, store)

    def make(self, task: Task) -> Leaf:
        """Everything that an area shows; only findings where its content has faults."""
        order, report, earlier = self.desk.order, Report(), self.desk.earlier
        before, maker, area = Before.of(task, earlier), self.maker, task.area
        catalog = maker.read(area.slugs, report)
        check_catalog(catalog, report, order.today)
        if task.is_vain or report.errors or (order.strict and report.warnings):
            return Leaf(task.name, Body(report.findings), Spooled())
        named = {p.slug: tuple(sorted(maker.named_elsewhere(p, area.slugs))) for p in catalog.plans}
        fresh = [plan for plan in catalog.plans if plan.slug not in before.plans]
        around = maker.around(catalog.plans, chain.from_iterable(named.values()))
        shared = maker.site_of_area(area, catalog, task.frame)
        own = maker.site_of_plans(area, fresh, around, catalog, task.frame)
        site = joined_site(task.frame, [shared, own])
        artifacts = list(maker.files(site, area, catalog, fresh, task.home))
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
