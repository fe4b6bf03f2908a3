"""Builds a large catalogue area by area, in several processes, and only what changed."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dxsite import cards, leaves, urls, whole
from dxsite.catalog import read_catalog
from dxsite.checks import check_catalog, check_codes, check_gone, check_whole
from dxsite.crew import Crew
from dxsite.diagnostics import Report
from dxsite.earlier import Earlier, Head
from dxsite.faults import Damaged
from dxsite.inspections import tell
from dxsite.keys import key_of_all, key_of_part, keys_of_plans, mark_of, youngest_shared
from dxsite.order import Order, Progress
from dxsite.pieces import BODY, Body, Desk, Leaf, Task
from dxsite.plainly import Known, known_of, known_plans
from dxsite.publishing import Publication, Published
from dxsite.site import Area, areas_of, card_of_site, frame_of
from dxsite.sources import read_common
from dxsite.spooling import Spooled, are_there
from dxsite.survey import Survey
from dxsite.whole import Gathered, Whole

_KNOWN = "known"
_STEP = 50
"""So many plan files are read by a process at a time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A build that succeeded."""

    pages: int
    published: Published


def build_divided(
    order: Order, looked: Survey, report: Report, progress: Progress, publication: Publication
) -> Outcome | None:
    """Publish everything; None, and nothing touched, where the content has faults.

    Where something that earlier builds kept turns out damaged, all of it is forgotten.
    """
    build = DividedBuild(order, looked, report, progress)
    try:
        return build.build(publication)
    except Damaged:
        build.earlier.forget()
    return DividedBuild(order, looked, report, progress).build(publication)


class DividedBuild:
    """One build of a large catalogue.

    1. The plans' own files say to which area each belongs.
    2. Each area is read, checked and put aside by one process, unless nothing of it changed;
       then it counts as it was published.
    3. The whole is made from gists of all plans, and from each plan's parts of common files.
    4. Only then is anything published.
    """

    def __init__(self, order: Order, looked: Survey, report: Report, progress: Progress) -> None:
        self.order, self.looked, self.report, self.progress = order, looked, report, progress
        self.began = time.time_ns()
        self.earlier = Earlier(order.root, order.output)
        common = tuple(read_common(order.root, report))
        self.content = read_catalog(
            common, report, drafts=order.drafts, provenance=order.provenance
        )
        check_catalog(self.content, report, order.today)
        self.base = key_of_all(order, common)
        self.heads: dict[str, Head | None] = {}
        """Of each area, as an earlier build left it."""

    def build(self, publication: Publication) -> Outcome | None:
        """Publish everything; None, and nothing touched, where the content has faults."""
        measures = {slug: self.looked.measures_of(slug) for slug in self.looked.plans}
        desk = Desk(self.order, measures, publication.folder, self.earlier)
        with Crew(self.order.jobs, leaves.begin, desk) as crew:
            known = self._known(crew)
            check_codes((one.code for one in known if one.code), self.report)
            content = self.content
            check_gone(content.addresses, content.gone, self.looked.plans.keys(), self.report)
            gists = sorted((k.gist for k in known if k.gist), key=lambda g: (g.code, g.slug))
            tree = areas_of(gists, self.order.limits)
            tasks = list(self._tasks(tree, known))
            good = {task.name: head for task in tasks if (head := self._good(task))}
            if len(good) == len(tasks) and (outcome := self._as_it_was(good, publication)):
                return outcome
            gathered = Gathered(self.earlier, self.content.themes)
            heads = self._gather(crew, tasks, good, gathered)
        pages = (page.id for page in content.pages)
        check_whole(content.addresses, gathered.ids(), pages, self.report)
        if self._is_faulty():
            return None
        made = Whole(self.order, self.content, tree, gathered, tasks[0].frame)
        return self._publish(made, heads, publication)

    def _known(self, crew: Crew) -> tuple[Known, ...]:
        """What each plan.yaml tells; what an earlier build knew where the file is the same."""
        self.progress("計画を調べています…")
        kept = self.earlier.thing(_KNOWN, _KNOWN, self.base) or {}
        read = partial(known_of, self.order.root, self.order.today)
        known = known_plans(self.looked, kept, lambda slugs: crew.each(read, slugs, _STEP))
        settled = {stamp: one for stamp, one in known.items() if self._is_settled(stamp[2])}
        self.earlier.keep_thing(_KNOWN, _KNOWN, self.base, settled)
        told = {one.slug for one in known.values()}
        absent = (Known(slug, None, None) for slug in self.looked.plans.keys() - told)
        return (*known.values(), *absent)

    def _tasks(self, tree: Area, known: Sequence[Known]) -> Iterator[Task]:
        """Every area, and as another what could not be read well enough to know where it lies."""
        order, site = self.order, self.content.site
        base_url = (order.base_url or site.url or "").rstrip("/")
        frame = frame_of(site, tree, order.today, base_url, preview=order.preview)
        # The card's alternative text does not count towns: no page changes with their number.
        card = replace(card_of_site((), site), town=str(site.title)) if order.cards else None
        unknown = tuple(sorted(one.slug for one in known if one.gist is None))
        areas = {area.branch.prefix.strip("/").replace("/", "-"): area for area in tree.leaves}
        if unknown:
            areas["unknown"] = Area(urls.WHOLE, "", unknown, ())
        for name, area in areas.items():
            marks = {s: mark_of(self.base, self.looked.plans[s]) for s in area.slugs}
            mark = mark_of(self.base, tuple((m, 0, 0) for m in marks.values()))
            head = self.heads[name] = None if order.clean else self.earlier.head(name)
            kept: frozenset[str] = frozenset()
            if head and are_there(head.files, order.output):
                keys = self._keys(area, head.named)
                kept = frozenset(s for s, k in keys.items() if k and head.plans.get(s) == k)
            before = head.mark if head else ""
            yield Task(area, name, frame, card, marks, mark, kept, before, self._is_faulty())

    def _good(self, task: Task) -> Head | None:
        """The head of an area of which nothing changed."""
        if task.kept != set(task.area.slugs) or task.before != task.mark:
            return None
        return self.heads[task.name]

    def _as_it_was(self, good: Mapping[str, Head], publication: Publication) -> Outcome | None:
        """What there is to say where nothing at all changed; None where the whole is not there."""
        key = _key_of_whole(good)
        head = self.earlier.head(whole.NAME)
        pages = self.earlier.thing(whole.NAME, BODY, key) if key else None
        if head is None or pages is None or head.key != key:
            return None
        if not are_there(head.files, self.order.output):
            return None
        for one in good.values():
            self._tell(one)
        if self._is_faulty():
            return None
        spooled = Spooled(dict(head.files))
        for one in good.values():
            spooled.files.update(one.files)
        return Outcome(pages, publication.publish(spooled))

    def _gather(
        self, crew: Crew, tasks: Sequence[Task], good: Mapping[str, Head], gathered: Gathered
    ) -> dict[str, Head]:
        """Make each area that changed; take all of them in."""
        heads = {}
        bodies = {name: self.earlier.thing(name, BODY, head.mark) for name, head in good.items()}
        stale = [task for task in tasks if bodies.get(task.name) is None]
        made = crew.each(leaves.make, stale)
        for number, task in enumerate(tasks, 1):
            body: Body | None = bodies.pop(task.name, None)
            if body is None:
                leaf: Leaf = next(made)
                body, head = leaf.body, self._head_of(task, leaf)
                gathered.add(task.name, body, leaf.spooled, task.marks)
                self.progress(f"ページを作っています…（{number}/{len(tasks)} {task.area.name}）")
            else:
                head = good[task.name]
                gathered.add(task.name, body, Spooled(dict(head.files)), task.marks)
            self._tell(head)
            heads[task.name] = head
        return heads

    def _head_of(self, task: Task, leaf: Leaf) -> Head:
        plans = self._keys(task.area, leaf.body.named)
        return Head(
            key_of_part(*plans.values()),
            task.mark,
            leaf.spooled.files,
            leaf.body.findings,
            plans,
            leaf.body.named,
        )

    def _keys(self, area: Area, named: Mapping[str, Sequence[str]]) -> dict[str, str]:
        return keys_of_plans(self.base, area, self.looked, named, self.order.provenance, self.began)

    def _publish(
        self, made: Whole, heads: dict[str, Head], publication: Publication
    ) -> Outcome | None:
        self.progress("全体のページをまとめています…")
        spooled = made.make(publication, self.progress)
        gathered = made.gathered
        tell(gathered.dead(heads), self.report)
        if self._is_faulty():
            return None
        self.progress("書き出しています…")
        published = publication.publish(gathered.spooled)
        cards.keep_only(gathered.pictures, self.order.root)
        outcome = Outcome(len(gathered.pages), published)
        if not self._is_settled(youngest_shared(self.order.root)):
            self.earlier.forget()  # pages may say what was there for a moment only
            return outcome
        key = _key_of_whole(heads)
        self.earlier.keep_thing(whole.NAME, BODY, key, len(gathered.pages))
        heads[whole.NAME] = Head(key, key, spooled.files, joined=made.joined)
        for name, head in heads.items():
            self.earlier.keep_head(name, head)
        self.earlier.keep_only([*heads, _KNOWN])
        gathered.forget_other_parts()
        return outcome

    def _tell(self, head: Head) -> None:
        for finding in head.findings:
            self.report.add(finding)

    def _is_faulty(self) -> bool:
        return bool(self.report.errors or (self.order.strict and self.report.warnings))

    def _is_settled(self, changed: int) -> bool:
        return changed < self.began - 2_000_000_000


def _key_of_whole(heads: Mapping[str, Head]) -> str:
    """Everything that the whole is made from lies in the areas or in what all areas share."""
    return key_of_part(*(f"{name}{head.key}" if head.key else "" for name, head in heads.items()))
