"""What a plan holds for the fiscal year of the build."""

from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear
from dxsite.model import Measure
from dxsite.site import words
from dxsite.site.measures import grouped_by_structure
from dxsite.site.pages import Link
from dxsite.site.promises import Promise, promises_of, stage_of


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """Promises under one top node of the structure."""

    title: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class ThisYearView:
    """A plan's fiscal year. `stage` is `before`, `during` or `after` the plan's period."""

    plan: Link
    plan_title: str
    year: FiscalYear
    period: str
    stage: str
    groups: tuple[PromiseGroup, ...]
    measures: int
    """How many measures have something this year."""
    begun: tuple[Link, ...]
    """Begun earlier with an end that the print lost: perhaps still under way."""
    undated: tuple[Link, ...]
    """Measures of which the print gives no year at all."""
    roadmap_url: str


def this_year_of(plan: Plan, now: FiscalYear) -> ThisYearView:
    """What the print puts into the fiscal year `now`; what it leaves open is listed apart."""
    found = promises_of(plan, now)
    groups = []
    for title, measures in grouped_by_structure(plan):
        promises = tuple(found[measure.id] for measure in measures if measure.id in found)
        if promises:
            groups.append(PromiseGroup(title, promises))
    silent = (measure for measure in plan.measures if measure.id not in found)
    rest = [(m, Link(m.title, urls.measure(plan.slug, m.id))) for m in silent]
    return ThisYearView(
        plan=Link(plan.file.municipality, urls.plan(plan.slug)),
        plan_title=plan.file.title,
        year=now,
        period=words.period(plan.file.period),
        stage=stage_of(plan.file.period, now),
        groups=tuple(groups),
        measures=len(found),
        begun=tuple(link for m, link in rest if _is_perhaps_under_way(m, plan, now)),
        undated=tuple(link for m, link in rest if _is_undated(m)),
        roadmap_url=urls.roadmap(plan.slug),
    )


def _is_perhaps_under_way(measure: Measure, plan: Plan, now: FiscalYear) -> bool:
    last = plan.file.period.last
    return (last is None or now <= last) and any(
        not span.certain and span.last is None and span.first is not None and span.first < now
        for span in (entry.span for entry in measure.schedule)
    )


def _is_undated(measure: Measure) -> bool:
    years = [key.year for kpi in measure.kpis for key, _ in kpi.targets]
    return all(e.span.first is None and not e.span.always for e in measure.schedule) and not any(
        years
    )
