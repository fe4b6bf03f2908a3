"""The steps of a plan: from each of its revisions to the next."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dxsite import urls
from dxsite.addresses import gone_of, last, ways_of
from dxsite.changes import Change, Op, compare
from dxsite.changes.reports import summary
from dxsite.changes.words import plain
from dxsite.history import measures, plans
from dxsite.history.groups import GROUPS, Sort, sort_of
from dxsite.history.wording import value_of
from dxsite.plandata import plan_json
from dxsite.plans import Plan

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that changed.

    1. `lead` is the title of the measure or the term, and `rest` goes on behind it; of a plan as
       a whole there is no lead.
    2. `url` is the page that tells of it today; None where there is none any more.
    3. `text` says the same as `dxsite diff` does.
    """

    sort: Sort
    kind: str
    record: str
    id: str
    lead: str
    rest: str
    text: str
    url: str | None
    by: int | float | None
    before: str | None
    """The value that changed, where it is a text or a figure."""
    after: str | None
    other: str | None
    """A second measure that it concerns."""
    onward: tuple[tuple[str, str], ...]
    """(title, address) of the measures that took over, or from which it came."""
    updated: str
    """The day on which the later state was last edited here, ISO."""
    departments: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        head = {"measure": "", "term": "用語"}.get(self.record, "")
        return f"{head}「{self.lead}」{self.rest}" if self.lead else self.rest

    @property
    def beneath(self) -> str:
        """The sentence where the title stands above it."""
        return self.rest[1:] if self.rest.startswith("の") else f"この施策{self.rest}"


@dataclass(frozen=True, slots=True)
class Step:
    """From one revision of a plan to the next.

    `name` is that of the earlier one: it stays when the later one becomes a revision too.
    """

    slug: str
    name: str
    begins: str
    """The month of the earlier revision, ISO."""
    ends: str
    """The month of the later one."""
    version: str | None
    """Of the later one."""
    updated: str
    """The day on which the later one was last edited here, ISO."""
    summary: str
    """The most important in one line."""
    items: tuple[Item, ...]
    """In the order of GROUPS, then of the plan."""

    @property
    def url(self) -> str:
        """Where it is told."""
        return urls.step(self.slug, self.name)


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """The newest first; none where no earlier revision is kept."""
    if not plan.revisions:
        return ()
    steps: tuple[Step, ...] | None = plan.worked_out.get("steps")
    if steps is None:
        states = (*plan.revisions, plan)
        steps = tuple(_step(one, other, plan) for one, other in pairwise(states))[::-1]
        plan.worked_out["steps"] = steps
    return steps


def counts_of(items: Iterable[Item]) -> dict[Sort, int]:
    """How many items of each sort, in the order of GROUPS."""
    counted = Counter(item.sort for item in items)
    return {sort: counted[sort] for sort in GROUPS if counted[sort]}


def _step(one: Plan, other: Plan, now: Plan) -> Step:
    before, after = _as_named_now(one, now), _as_named_now(other, now)
    changes = compare({"plans": [before]}, {"plans": [after]})
    told = [change for change in changes if sort_of(change)]
    order = list(GROUPS)
    items = sorted(_items(told, before, after, now), key=lambda item: order.index(item.sort))
    days = (other.file.updated, *(m.updated for m in other.measures))
    return Step(
        str(now.slug),
        one.revision,
        one.dated,
        other.dated,
        str(other.file.version) if other.file.version else None,
        max(str(day) for day in days),
        summary(told) if told else "",
        tuple(items),
    )


def _as_named_now(state: Plan, now: Plan) -> Json:
    """A plan as it was, its measures under the ids that they have since."""
    told = plan_json(state)
    ways = ways_of(now.addresses, "measure")
    for measure in told["measures"]:
        measure["id"] = last(str(measure["id"]), ways) or measure["id"]
    return told


def _items(changes: Iterable[Change], before: Json, after: Json, now: Plan) -> Iterator[Item]:
    old = {m["id"]: m for m in before["measures"]}
    new = {m["id"]: m for m in after["measures"]}
    by_title = {m["title"]: m for m in after["measures"]}
    titles = {id_: str(m["title"]) for id_, m in {**old, **new}.items()}
    for change in changes:
        sort = sort_of(change)
        assert sort is not None
        lead, rest = "", ""
        measure: Json = {}
        if change.record == "measure":
            then = old.get(str(change.path[3])) or {}
            measure = new.get(change.id) or by_title.get(change.title) or then
            lead, rest = (
                str(measure["title"]),
                _said_of_measure(change, then, measure, titles, after),
            )
        elif change.record == "term":
            lead, rest = change.title, plans.of_term(change)
        else:
            rest = plans.of_plan(change, titles)
        yield Item(
            sort,
            change.kind.value,
            change.record,
            str(change.id),
            plain(lead),
            rest,
            change.text,
            _page_now(change, now),
            change.by,
            value_of(change.before),
            value_of(change.after),
            change.other,
            _onward(change, after["reviews"], now),
            str((new.get(change.id) or after)["updated"]),
            tuple(
                sorted(
                    {str(d) for m in (old.get(change.id), measure) if m for d in m["departments"]}
                )
            ),
            tuple(str(theme) for theme in measure.get("themes", ())),
        )


def _said_of_measure(
    change: Change, then: Json, now: Json, titles: dict[str, str], after: Json
) -> str:
    if change.whole:
        return measures.whole(change, titles, after["reviews"])
    nodes = {
        n["code"]: f"「{n['code']} {n['title'] or ''}」".replace(" 」", "」")
        for n in after["structure"]
    }
    return measures.inside(change, then, now, nodes, titles) or f"：{change.text}。"


def _onward(change: Change, reviews: list[Json], now: Plan) -> tuple[tuple[str, str], ...]:
    ids = [change.other] if change.other else []
    gone = change.before if change.whole and change.op is Op.DELETE else None
    for review in reviews:
        if review is change.after or (gone and gone.get("title") == review["title"]):
            ids = review["successors"]
    titles = {str(m.id): str(m.title) for m in now.measures}
    return tuple((titles[i], urls.measure(now.slug, i)) for i in map(str, ids) if i in titles)


def _page_now(change: Change, now: Plan) -> str | None:
    """Pages of today only: what an earlier step tells of may be gone since."""
    if change.record == "term":
        return urls.plan_glossary(now.slug) if change.id in now.term_ids else None
    if change.record == "plan":
        return urls.plan(now.slug)
    if change.op is Op.DELETE and change.whole:  # unless its address says what was there
        known = set(gone_of(now.addresses, "measure"))
    else:
        known = {str(measure.id) for measure in now.measures}
    return urls.measure(now.slug, change.id) if change.id in known else None
