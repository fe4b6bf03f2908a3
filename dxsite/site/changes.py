"""Plans the pages of what changed: from one revision of a plan to the next, and over all plans."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.history import GROUPS, Item, Sort, Step, counts_of, steps_of
from dxsite.site import words
from dxsite.site.pages import Link
from dxsite.site.reviews import ReviewView, reviews_of

ASIDE = frozenset({Sort.TERMS, Sort.WORDS})
"""What is told to those who ask for it: it changes no promise."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one sort; `is_aside` where it is folded."""

    anchor: str
    title: str
    items: tuple[Item, ...]
    is_aside: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """From one revision to the next."""

    anchor: str
    title: str
    since: str
    """The month of the earlier revision, in words."""
    version: str | None
    groups: tuple[ChangeGroup, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Feed:
    """What a reader can follow."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PlanChangesView:
    """All that is known of how a plan changed."""

    plan: Link
    steps: tuple[StepView, ...]
    reviews: tuple[ReviewView, ...]
    """Empty where the newest step tells them."""
    feed: str
    departments: tuple[Feed, ...]
    json_url: str
    title: str
    """Of the plan."""
    dated: str
    """Of the plan as it is now."""


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What one step changed in a measure."""

    step: Link
    items: tuple[Item, ...]
    of_others: tuple[Item, ...]
    """Of measures that went into this one, or came out of it."""


@dataclass(frozen=True, slots=True)
class StepGist:
    """A step in a few words, for lists over all plans."""

    slug: str
    ends: str
    title: str
    url: str
    counts: tuple[tuple[str, int, str], ...]
    """Heading, number of changes, where they are told; without what changes no promise."""
    count: int


def changes_of(plan: Plan) -> PlanChangesView:
    """What a plan's page of changes shows."""
    steps = steps_of(plan)
    told = bool(steps) and any(item.sort is Sort.FATES for item in steps[0].items)
    names = sorted({str(name) for m in plan.measures for name in m.departments})
    return PlanChangesView(
        Link(plan.file.municipality, urls.plan(plan.slug)),
        tuple(map(_step, steps)),
        () if told else tuple(reviews_of(plan)),
        urls.feed_of_changes(urls.plan_changes(plan.slug)),
        tuple(Feed(name, urls.department_changes(plan.slug, name)) for name in names)
        if steps
        else (),
        urls.plan_changes_json(plan.slug),
        plan.file.title,
        words.month(plan.dated),
    )


def title_of(step: Step) -> str:
    """令和7年5月（2025年5月）の改定"""
    return f"{words.month(step.ends)}の改定"


def _step(step: Step) -> StepView:
    groups = tuple(
        ChangeGroup(
            _anchor(urls.change(step.slug, step.name, sort)),
            title,
            items,
            sort in ASIDE,
        )
        for sort, title in GROUPS.items()
        if (items := tuple(item for item in step.items if item.sort is sort))
    )
    return StepView(
        _anchor(step.url),
        title_of(step),
        words.month(step.begins),
        step.version,
        groups,
        len(step.items),
    )


def _anchor(url: str) -> str:
    return url.partition("#")[2]


def of_measure(id_: str, plan: Plan) -> tuple[MeasureChange, ...]:
    """What each step changed in one measure, the newest first."""
    return tuple(
        MeasureChange(
            Link(title_of(step), step.url),
            tuple(item for item in items if item.id == id_),
            tuple(item for item in items if item.id != id_),
        )
        for step in steps_of(plan)
        if (items := tuple(item for item in step.items if _concerns(item, id_)))
    )


def _concerns(item: Item, id_: str) -> bool:
    return item.record == "measure" and id_ in (item.id, item.other)


def step_gists(plan: Plan) -> Iterator[StepGist]:
    """The steps of a plan, as lists over all plans tell them."""
    for step in steps_of(plan):
        counts = counts_of(step.items)
        yield StepGist(
            step.slug,
            step.ends,
            title_of(step),
            step.url,
            tuple(
                (GROUPS[sort], count, urls.change(step.slug, step.name, sort))
                for sort, count in counts.items()
                if sort not in ASIDE
            ),
            len(step.items),
        )


def fates_of(plan: Plan) -> tuple[tuple[str, int], ...]:
    """What a plan says became of an earlier plan's items: result → how many, the most first."""
    counted = Counter(str(r.status) if r.status else words.NOT_STATED for r in plan.file.reviews)
    return tuple(counted.most_common())
