"""A preview of a large catalogue: a plan is read when somebody looks at it or edits it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from dxsite.assets import Assets, read_assets
from dxsite.catalog import Catalog, read_catalog
from dxsite.checks import check_catalog, check_codes, check_gone
from dxsite.counting import Count, Counted
from dxsite.crew import Crew
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.fiscal import fiscal_year_of
from dxsite.inspections import look_at, tell
from dxsite.keys import key_of_all
from dxsite.making import Maker
from dxsite.memory import Memory
from dxsite.order import Order, Progress
from dxsite.plainly import Known, known_of, known_plans
from dxsite.shelves import ABOVE, SITE, Scene, Shelf, Shelves
from dxsite.site import Gist, Limits, areas_of, card_of_site, frame_of, gist_of
from dxsite.sources import CONTENT, Source, read_common
from dxsite.survey import Survey, plans_in, survey, survey_again

IsStale = Callable[[], bool]
_STEP = 50
"""So many plan files are read by a process at a time."""
_OPEN = 8
"""So many plans and areas stay in memory; the others are read again when they are looked at."""
_ASSETS = "assets"
_KNOWN = "known"


def is_large(root: Path, limits: Limits) -> bool:
    """Whether the content has more plans than one page can span."""
    return len(plans_in(root)) > limits.whole


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed since the last look."""

    plans: frozenset[str] = frozenset()
    assets: bool = False
    all: bool = False
    """Whether anything may have."""

    @classmethod
    def of(cls, root: Path, paths: Iterable[str]) -> "Changes":
        """What lies at these paths, below the root."""
        names = [Path(path).relative_to(root).parts for path in paths]
        plans = {name[1] for name in names if name[0] == CONTENT and len(name) > 1}
        return cls(
            frozenset(plans),
            any(name[0] == _ASSETS for name in names),
            any(name == (CONTENT,) for name in names),
        )


@dataclass
class Browsing:
    """A large catalogue as it is now, and what was read of it.

    1. A plan's pages are planned from its own files, an area's from those of its plans, when one
       of them is first asked for; the pages above from gists, once every plan has been read.
    2. What was changed is read at once, and so are plans that somebody looked at: their faults
       are told at once.
    3. There is no search index, and no file in which all plans stand.
    """

    said: Progress
    memory: Memory = field(default_factory=Memory)
    """Of what is no single plan's."""
    rooms: dict[str, Memory] = field(default_factory=dict)
    """Of each shelf that somebody looked at; the newest comes last."""
    plain: dict[str, Known] = field(default_factory=dict)
    """Plan → what its plan.yaml alone tells."""
    turns: dict[str, int] = field(default_factory=dict)
    """Plan → how often it changed."""
    looked: Survey = field(default_factory=lambda: Survey((), {}))
    measures: dict[str, frozenset[str]] = field(default_factory=dict)
    """Plan → ids of its measures, by their files' names."""
    assets: Assets | None = None
    count: Count | None = None
    opened: list[Finding] = field(default_factory=list)
    """What is wrong with plans that were opened since the last look."""

    def look(self, order: Order, changes: Changes, report: Report) -> Shelves | None:
        """The catalogue after changes; None where what somebody looks at has faults."""
        common = tuple(read_common(order.root, report))
        content = read_catalog(common, report, self.memory, drafts=order.drafts)
        check_catalog(content, report, order.today, self.memory)
        count = self._begin(order, changes)
        is_first = not self.plain
        self._know(order, common, count)
        check_codes((one.code for one in self.plain.values() if one.code), report)
        check_gone(content.addresses, content.gone, self.looked.plans.keys(), report)
        scene = self._scene(order, common, content)
        if is_first:
            count.take(scene.tree.leaves, self.looked, self._base(order, common))
        self.opened = []
        for slug in sorted((changes.plans | self.rooms.keys()) & self.looked.plans.keys()):
            for finding in self._examined(scene, slug, count)[1]:
                report.add(finding)
        if report.errors or (order.strict and report.warnings):
            return None
        return self._shelves(scene, count)

    def finish(self, shelves: Shelves, report: Report, is_stale: IsStale) -> Shelves | None:
        """Hold the links of open plans against their pages, and read every plan once.

        The catalogue with what that adds; None where it adds nothing, or became stale.
        """
        scene, count = shelves.scene, shelves.count
        for slug in [name for name in list(self.rooms) if name in scene.areas]:
            if is_stale():
                return None
            shelf = shelves.shelf(slug)
            look = look_at(shelf.site, shelf.artifacts, Memory())
            tell((q for q in look.questions if q.path.startswith(f"{slug}/")), report)
        if report.errors or count.knows(scene.tree.slugs):
            return None
        leaves, base = tuple(scene.tree.leaves), self._base(scene.maker.order, scene.maker.common)
        for done, all_ in count.go_on(leaves, scene.maker, scene.looked, base, is_stale):
            self.said(f"すべての計画を読んでいます…（{done}/{all_}）")
        if not count.knows(scene.tree.slugs):
            return None
        for slug in scene.tree.slugs:
            for finding in count.plans[slug].findings:
                report.add(finding)
        return self._shelves(scene, count)

    def _begin(self, order: Order, changes: Changes) -> Count:
        """Look at what changed."""
        if self.count is None or changes.all:
            self.said("計画を調べています…")
            self.count = Count.beside(order.root)
            self.looked = survey(order.root)
            self.plain, self.measures, self.rooms = {}, {}, {}
        else:
            self.looked = survey_again(self.looked, order.root, changes.plans)
        for slug in changes.plans:
            self.turns[slug] = self.turns.get(slug, 0) + 1
            self.plain.pop(slug, None)
            self.measures.pop(slug, None)
        if self.assets is None or changes.assets:
            self.assets = read_assets(order.root)
        measures = {
            slug: self.measures.get(slug) or self.looked.measures_of(slug)
            for slug in self.looked.plans
        }
        self.measures = self.memory.recall("measures", measures, lambda: measures)
        return self.count

    def _know(self, order: Order, common: tuple[Source, ...], count: Count) -> None:
        """What each plan.yaml tells; at first, much of it may be kept."""
        plans, read = self.looked.plans, partial(known_of, order.root, order.today)
        if self.plain:
            missing = plans.keys() - self.plain.keys()
            self.plain |= {slug: read(slug) for slug in missing}
            self.plain = {slug: self.plain[slug] for slug in plans}
            return
        base = self._base(order, common)
        kept = count.earlier.thing(_KNOWN, _KNOWN, base) or {}
        with Crew(order.jobs) as crew:
            known = known_plans(self.looked, kept, lambda slugs: crew.each(read, slugs, _STEP))
        settled = {stamp: one for stamp, one in known.items() if count.is_settled((stamp,))}
        count.earlier.keep_thing(_KNOWN, _KNOWN, base, settled)
        absent = {slug: Known(slug, None, None) for slug in plans}
        self.plain = absent | {one.slug: one for one in known.values()}

    def _base(self, order: Order, common: tuple[Source, ...]) -> str:
        """A name for all that a gist depends on beside its plan: of days, only their year."""
        begun = replace(order, today=date(fiscal_year_of(order.today), 4, 1))
        return self.memory.recall("base", (begun, common), partial(key_of_all, begun, common))

    def _scene(self, order: Order, common: tuple[Source, ...], content: Catalog) -> Scene:
        assert self.assets
        found = (known.gist for known in self.plain.values() if known.gist)
        gists = tuple(sorted(found, key=lambda gist: (gist.code, gist.slug)))
        went_in = gists, order.limits
        tree = self.memory.recall("tree", went_in, partial(areas_of, *went_in))
        site = content.site
        base_url = (order.base_url or site.url or "").rstrip("/")
        frame = frame_of(site, tree, order.today, base_url, preview=order.preview)
        home = replace(card_of_site((), site), town=str(site.title)) if order.cards else None
        maker = Maker(order, common, self.assets, self.measures, self.memory)
        return Scene(maker, self.looked, content, tree, frame, home)

    def _shelves(self, scene: Scene, count: Count) -> Shelves:
        slugs = scene.tree.slugs
        if not count.knows(slugs):
            return Shelves(scene, count, None, partial(self._make, count))
        counted = (count.plans[slug].gist or self.plain[slug].gist for slug in slugs)
        gists = tuple(gist for gist in counted if gist)
        return Shelves(scene, count, gists, partial(self._make, count))

    def _make(self, count: Count, scene: Scene, name: str, gists: Sequence[Gist]) -> Shelf:
        """A shelf that somebody looks at."""
        if name == SITE:
            return scene.of_site(self.memory)
        if name == ABOVE:
            return scene.above(gists, self.memory)
        if name in scene.prefixes:
            return scene.of_area(name, self._room(name))
        room = self._room(name)
        catalog, findings = self._examined(scene, name, count)
        self.opened += (f for f in findings if f.severity is Severity.ERROR)
        return scene.of_plan(name, catalog, room)

    def _examined(
        self, scene: Scene, slug: str, count: Count
    ) -> tuple[Catalog, tuple[Finding, ...]]:
        """One plan as it is now, and what is wrong with it; it counts from now on."""
        room, maker = self.rooms.get(slug) or self._room(slug), scene.maker
        went_in = self.turns.get(slug, 0), scene.content, maker.measures, maker.order.today
        examine = partial(_examine, replace(maker, memory=room), slug)
        catalog, findings = room.recall("examined", went_in, examine)
        now = scene.frame.this_year
        gists = [
            room.recall("gist", (plan, now), partial(gist_of, plan, now)) for plan in catalog.plans
        ]
        count.plans[slug] = Counted(gists[0] if gists else None, findings)
        return catalog, findings

    def _room(self, name: str) -> Memory:
        """What is remembered of a shelf; that which nobody looked at for longest is let go."""
        room = self.rooms.pop(name, None) or Memory()
        self.rooms[name] = room
        for oldest in list(self.rooms)[:-_OPEN]:
            self.rooms.pop(oldest, None)
        return room


def _examine(maker: Maker, slug: str) -> tuple[Catalog, tuple[Finding, ...]]:
    report = Report()
    catalog = maker.read((slug,), report)
    check_catalog(catalog, report, maker.order.today, maker.memory)
    return catalog, report.findings
