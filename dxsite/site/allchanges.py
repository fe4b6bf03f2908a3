"""Plans the page of what changed in many plans: of the whole catalogue, of a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.site.areas import Area
from dxsite.site.changes import StepGist, fates_of, step_gists
from dxsite.site.gists import Gist
from dxsite.site.pages import Link, Page
from dxsite.site.parts import PartsView

_MOST = 50
"""So many steps stand on a page above parts, which have the others."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A step of some plan."""

    town: str
    plan: str
    step: StepGist


@dataclass(frozen=True, slots=True)
class FateRow:
    """A plan that looks back at an earlier one."""

    plan: Link
    title: str
    total: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What changed in many plans, the newest first."""

    rows: tuple[ChangeRow, ...]
    more: int
    """Steps that are not shown here, but in the parts."""
    fates: tuple[FateRow, ...]
    feed: str | None
    """Of the whole catalogue; a part has none of its own."""
    parts: PartsView | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan gives to such a list; its texts are plain."""

    town: str
    title: str
    slug: str
    steps: tuple[StepGist, ...]
    fates: tuple[tuple[str, int], ...]


def told_by(plan: Plan) -> Told:
    """What a plan at hand gives."""
    file = plan.file
    return Told(
        str(file.municipality),
        str(file.title),
        plan.slug,
        tuple(step_gists(plan)),
        fates_of(plan),
    )


def of_gist(gist: Gist) -> Told:
    """What a plan gives of which only the gist is at hand."""
    row = gist.row
    return Told(row.plan.label, row.title, gist.slug, gist.steps, gist.fates)


def changes_page(area: Area, plans: Sequence[Told], parts: PartsView | None = None) -> Page:
    """The newest of an area's changes first; one with `parts` leaves the rest to them."""
    return Page(
        area.branch.changes,
        "changes.html",
        area.titled("計画の変更"),
        area.told(
            "計画が改定されて何が変わったか、前の計画の取組がどうなったかを、新しい順に並べます。"
        ),
        area.trail,
        _view(area, plans, parts),
        section=urls.CHANGES,
        branch=area.branch,
    )


def _view(area: Area, plans: Sequence[Told], parts: PartsView | None) -> ChangesView:
    most = _MOST if parts else None
    rows = [ChangeRow(plan.town, plan.title, step) for plan in plans for step in plan.steps]
    rows.sort(key=lambda row: row.step.ends, reverse=True)  # in the order of plans within a month
    shown = rows if most is None else rows[:most]
    fates = [
        FateRow(
            Link(plan.town, urls.plan_changes(plan.slug)),
            plan.title,
            sum(count for _, count in plan.fates),
            plan.fates,
        )
        for plan in plans
        if plan.fates
    ]
    return ChangesView(
        tuple(shown),
        len(rows) - len(shown),
        tuple(fates[:most]),
        urls.CHANGES_FEED if area.is_whole else None,
        parts,
    )
